"""German that was left standing in the English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.alignment.vocabulary import is_everyday
from service.checks.lexicons.leftovers import GERMAN_ONLY, WEAK
from service.checks.model import Finding
from service.entities.model import Entity

_WORD: Final = re.compile(r"[^\W\d_]+")
_UMLAUT: Final = re.compile(r"[äöüß]")
# A whole sentence left in German shows this share of German words; a title of a work inside a sentence does not.
_UNTRANSLATED_SHARE: Final = 0.2
_FEW_WORDS: Final = 3
_LONG_WORD: Final = 5
_LONG_MIXTURE: Final = 8
_SHARED_END: Final = 5
_LONG_NOUN: Final = 11
_GERMAN_NOUN: Final = re.compile(r"\w{5,}(?:ung|ungen|keit|keiten|heit|heiten|schaft|schaften|igkeit|nisse?)s?")

Span = tuple[int, int]


class LeftoversCheck:
    """One or two German or half-translated words are reviewed; a sentence that is mostly German is blocked."""

    kind: ClassVar[str] = "leftovers"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        words = list(_WORD.finditer(pair.english))
        names = [mention.target for mention in pair.mentions if mention.target is not None]
        own = {match.group() for match in _WORD.finditer(pair.source.text)}
        found = [word for word in words if _is_german(word.group(), own) and not _inside(word.span(), names)]
        strong = [word for word in found if word.group() not in WEAK]
        if not strong and len(found) < _FEW_WORDS:
            return self._half_translated(words, own)
        span = (found[0].start(), found[-1].end())
        mostly = len(found) >= _FEW_WORDS and len(found) >= _UNTRANSLATED_SHARE * len(words)
        detail = f"left in German: “{', '.join(word.group() for word in found[:5])}”"
        return [Finding(self.kind, "blocked" if mostly else "review", None, span, detail)]

    def _half_translated(self, words: list[re.Match[str]], own: set[str]) -> list[Finding]:
        half = next((word for word in words if _is_half_translated(word.group(), own)), None)
        if half is None:
            return [Finding(self.kind, "pass")]
        return [Finding(self.kind, "review", None, half.span(), f"“{half.group()}” is half German")]


def _is_half_translated(word: str, own: set[str]) -> bool:
    """ "powerhaber" for Machthaber: no English word, and it ends like a German one that it is not."""
    if len(word) < _LONG_MIXTURE or not word.islower() or is_everyday(word):
        return False
    return any(_SHARED_END <= _shared_end(word, german.lower()) < min(len(word), len(german)) for german in own)


def _shared_end(left: str, right: str) -> int:
    pairs = zip(reversed(left), reversed(right), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_german(word: str, own: set[str]) -> bool:
    """A German word in lower case, one that the German holds and English does not, or a long untranslated noun."""
    if word.islower():
        return word in GERMAN_ONLY or (word in own and _is_not_english(word))
    return word in own and len(word) >= _LONG_NOUN and bool(_GERMAN_NOUN.fullmatch(word)) and not is_everyday(word)


def _is_not_english(word: str) -> bool:
    return bool(_UMLAUT.search(word)) or (len(word) >= _LONG_WORD and not is_everyday(word))


def _inside(span: Span, places: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in places)
