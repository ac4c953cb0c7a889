"""Splits an article into German sentences, by rules: abbreviations, ordinals, initials, quotation marks.

Every decision looks at a bounded window around one mark, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from service.article.characters import BLANK, trim
from service.article.model import Article
from service.segmentation.model import Sentence

# How far a decision looks, in code points; longer than any German abbreviation, date or opening bracket.
_WINDOW = 48

# A run of end marks, what closes with it (quotation marks, brackets, footnote numbers, emoji), then white space.
# The look-behind keeps the search from trying every mark of a run again.
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<marks>[.!?…]++)"
    r"(?P<closing>[\"'“”»«‘’›‹)\]\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]*+(?:\[\d{1,3}\])*+[¹²³⁰-⁹]*+)"
    rf"(?=[{BLANK}])"
)
_OPENING = re.compile(rf"[\"'„“”»«‚‘›‹(\[–—{BLANK}•-]*")
_ROMAN = re.compile(r"[IVXL]+$")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$")
_NUMBER = re.compile(r"(?:.*[^\w.,])?(\d+)$", re.DOTALL)
# Ordinals of days, months and centuries; larger ones need an article or "am" in front ("der 100. Geburtstag").
_LARGEST_BARE_ORDINAL = 31
_LARGEST_ORDINAL = 999


def segment(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the article, in order. They cover every block but for white space, and cross none."""
    return tuple(
        Sentence(article.text[start:end], start, end, index)
        for index, block in enumerate(article.blocks)
        for start, end in sentence_spans(article.text, block.start, block.end)
    )


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in `text[start:end]`, without blanks at their ends."""
    end = len(text) if end is None else end
    for candidate in _CANDIDATE.finditer(text, start, end):
        if _ends_sentence(text, start, candidate, end):
            yield from _printing(text, start, candidate.end())
            start = candidate.end()
    yield from _printing(text, start, end)


def _printing(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trim(text, start, end)
    if start < end:
        yield start, end


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of `words.toml`."""

    never_end: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    after_ordinal: frozenset[str]
    before_ordinal: frozenset[str]
    before_letter: frozenset[str]


@cache
def _words() -> _Words:
    lists = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return _Words(**{name: frozenset(words.split()) for name, words in lists.items()})


def _ends_sentence(text: str, start: int, candidate: re.Match[str], end: int) -> bool:
    """Whether the mark that `candidate` found ends the sentence that began at `start`."""
    rest = text[candidate.end() : min(end, candidate.end() + _WINDOW)]
    opened = rest[_OPENING.match(rest).end() :]
    if not opened:
        return True
    if opened[0].islower() or opened[0] in ",;:":
        return False
    marks, closing = candidate["marks"], candidate["closing"]
    if marks != "." or closing:
        return True
    before = text[max(start, candidate.start() - _WINDOW) : candidate.start()]
    return _full_stop_ends(before, opened)


def _full_stop_ends(before: str, after: str) -> bool:
    """Whether a single full stop between `before` and `after` ends a sentence; `after` opens with no lower case."""
    words = before.split()
    if not words or before[-1:].isspace():
        return bool(words)
    token = words[-1].lstrip("\"'„“”»«‚‘›‹([-–")
    previous = words[-2].lower() if len(words) > 1 else ""
    following = re.split(r"[^\w-]", after, maxsplit=1)[0]
    if token.isdecimal():
        return _number_ends(int(token[:4]), previous, following)
    return not _abbreviates(token, previous, following)


def _number_ends(number: int, previous: str, following: str) -> bool:
    words = _words()
    if following.lower() in words.after_ordinal or following[:1].isdigit():
        return False
    if not previous:
        return False
    if number <= _LARGEST_ORDINAL and previous in words.before_ordinal:
        return following in words.openers
    return number > _LARGEST_BARE_ORDINAL or following in words.openers


def _abbreviates(token: str, previous: str, following: str) -> bool:
    """Whether the stop belongs to `token` and the sentence goes on with `following`."""
    words = _words()
    opens = following in words.openers
    folded = token.lower()
    if folded in words.never_end and not (token[:1].isupper() and folded in words.may_end):
        return True
    if folded in words.may_end or _LETTERS_WITH_STOPS.fullmatch(token):
        return not opens
    if len(token) == 1 and token.isalpha():
        return not (opens and (token.islower() or previous in words.before_letter))
    if _ROMAN.fullmatch(token):
        return not opens
    return False
