"""German that was left standing in the English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.english_words import is_english
from service.checks.lexicons.leftovers import GERMAN_ONLY, PLACES, WEAK
from service.checks.model import Finding
from service.entities.german_words import is_replaced
from service.entities.model import Entity

_WORD: Final = re.compile(r"[^\W\d_]+")
_UMLAUT: Final = re.compile(r"[äöüß]")
# A whole sentence left in German shows this share of German words; a title of a work inside a sentence does not.
_UNTRANSLATED_SHARE: Final = 0.2
_FEW_WORDS: Final = 3
_LONG_WORD: Final = 5
_LONGEST_TITLE: Final = 6  # words
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ]{2,}")
_ADDRESS: Final = re.compile(r"[@#/]\w|\w\.[a-z]{2}")
_QUOTATION: Final = re.compile(r"[\"“„‘'»«]([^\"“”„‘’'»«]+)[\"”“’'«»]")

Span = tuple[int, int]


class LeftoversCheck:
    """One or two German words are reviewed; a sentence that is mostly German is blocked."""

    kind: ClassVar[str] = "leftovers"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        words = list(_WORD.finditer(pair.english))
        names = [mention.target for mention in pair.mentions if mention.target is not None]
        names += _titles(pair)
        own = {match.group() for match in _WORD.finditer(pair.source.text)}
        found = [
            word
            for number, word in enumerate(words)
            if _is_german(word.group(), own)
            and not _inside(word.span(), names)
            and not _is_part_of_a_name(word, words[max(0, number - 1) : number + 2], pair.english, own)
        ]
        strong = [word for word in found if word.group() not in WEAK]
        if not strong and len(found) < _FEW_WORDS:
            return [Finding(self.kind, "pass")]
        span = (found[0].start(), found[-1].end())
        mostly = len(found) >= _FEW_WORDS and len(found) >= _UNTRANSLATED_SHARE * len(words)
        detail = f"left in German: “{', '.join(word.group() for word in found[:5])}”"
        return [Finding(self.kind, "blocked" if mostly else "review", None, span, detail)]


def _titles(pair: SentencePair) -> list[Span]:
    """Short quotations that both sides have word by word: a film, a book, a Latin name."""
    return [
        quotation.span()
        for quotation in _QUOTATION.finditer(pair.english)
        if quotation.group(1).rstrip(",.") in pair.source.text and len(quotation.group(1).split()) <= _LONGEST_TITLE
    ]


def _is_german(word: str, own: set[str]) -> bool:
    """A German word in lower case, or one that the German holds, English does not, and translators replace."""
    if word in GERMAN_ONLY:
        return True
    if word not in own or is_english(word):
        return False
    return is_replaced(word) or (word.islower() and _is_not_english(word))


def _is_part_of_a_name(word: re.Match[str], around: list[re.Match[str]], english: str, own: set[str]) -> bool:
    """ "Neckermann Reisen", "Christuskirche", "merkur.de": a capital beside a capital, a place, an address."""
    if _ADDRESS.search(english, max(0, word.start() - 1), word.end() + 3) is not None:
        return True
    if not word.group()[0].isupper():
        return False
    beside = [
        other.group()
        for other in around
        if other is not word and english[min(other.end(), word.end()) : max(other.start(), word.start())] in (" ", "-")
    ]
    named = any(other in own and (_ACRONYM.fullmatch(other) or _is_foreign_name(other)) for other in beside)
    return named or word.group().lower().endswith(PLACES)


def _is_foreign_name(word: str) -> bool:
    return word[0].isupper() and not is_english(word)


def _is_not_english(word: str) -> bool:
    return bool(_UMLAUT.search(word)) or (len(word) >= _LONG_WORD and not is_english(word))


def _inside(span: Span, places: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in places)
