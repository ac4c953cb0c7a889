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
from service.segmentation.long_sentences import split_long
from service.segmentation.model import Sentence

__all__ = ["segment", "sentence_spans", "split_long"]

# How far a decision looks, in code points; longer than any German abbreviation, date or opening bracket.
_WINDOW = 48

_CLOSING = r"\"'“”»«‘’›‹)\]\u2600-\u27bf\U0001f300-\U0001faff\ufe0f"

# A run of end marks, what closes with it (quotation marks, brackets, emoji, footnote numbers), then white space; or
# no white space, where an editor forgot it ("schnell und unblutig.Die Ausbrecher").
# The look-behind keeps the search from trying every mark of a run again.
_CANDIDATE = re.compile(
    rf"(?<![.!?…])(?P<marks>[.!?…]++)(?P<closing>[{_CLOSING}]*+(?:\[\d{{1,3}}\])*+[¹²³⁰-⁹]*+)"
    rf"(?:(?P<space>(?=[{BLANK}]))|(?=[A-ZÄÖÜ„][a-zäöüßA-ZÄÖÜ]))"
)
_OPENING = re.compile(rf"[\"'„“”»«‚‘›‹(\[–—{BLANK}•-]*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_FORGOTTEN_SPACE = re.compile(r"(?:^|.*\s)[„\"]?[a-zäöüß]{3,}$", re.DOTALL)
# In 112,730 aligned sentences 32 of 42 stops between a word this long and a lower-case letter end a sentence that was
# written without capitals; what is shorter is mostly an abbreviation.
_LONG_WORD = re.compile(r"[^\W\d_]{5,}$")
_ROMAN = re.compile(r"[IVXL]+$")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}$")
_BULLETS = frozenset("-–—*•·▪▫■□●○◦‣⁃►▶➤✓✔")
# "Der 125. Geburtstag"; larger numbers are years and sums.
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
    """The lists of `words.toml`, where their meaning stands; `openers` also holds the learned `openers.txt`."""

    never_end: frozenset[str]
    may_end: frozenset[str]
    before_number: frozenset[str]
    openers: frozenset[str]
    before_cardinal: frozenset[str]


@cache
def _words() -> _Words:
    folder = resources.files(__package__)
    lists = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    lists["openers"] += folder.joinpath("openers.txt").read_text(encoding="utf-8")
    return _Words(**{name: frozenset(words.split()) for name, words in lists.items()})


def _ends_sentence(text: str, start: int, candidate: re.Match[str], end: int) -> bool:
    """Whether the mark that `candidate` found ends the sentence that began at `start`."""
    before = text[max(start, candidate.start() - _WINDOW) : candidate.start()]
    rest = text[candidate.end() : min(end, candidate.end() + _WINDOW)]
    opened = rest[_OPENING.match(rest).end() :]
    if not opened:  # only closing marks are left of the block, or more blanks than the window holds
        return len(rest) == _WINDOW
    if before.endswith(("[", "(")) or not before.strip():
        return False
    if opened.startswith(("...", "…")):
        return candidate["marks"] == "."
    if opened[0] in ",;:.!?)]":
        return False
    if candidate["space"] is None:
        return _space_forgotten(before, candidate["closing"], opened)
    if candidate["marks"] == "." and not candidate["closing"]:
        return _full_stop_ends(before, opened)
    return not opened[0].islower()


def _space_forgotten(before: str, closing: str, opened: str) -> bool:
    """Whether two sentences touch; web addresses, file names and brands (`Spiegel.TV`) do too."""
    opens = _first_word(opened) in _words().openers
    return bool(closing.endswith("“") or _FORGOTTEN_SPACE.match(before)) and (opens or opened[1:2].islower())


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match.group() if match else ""


def _full_stop_ends(before: str, after: str) -> bool:
    """Whether a single full stop between `before` and `after` ends a sentence."""
    words = before.split()
    if not words or before[-1].isspace():
        return bool(words)
    token = words[-1].lstrip("\"'„“”»«‚‘›‹([:/–—-")
    previous = words[-2] if len(words) > 1 and words[-2] not in _BULLETS else ""
    following = _first_word(after)
    if following[:1].islower() and not _LONG_WORD.match(token):
        return False
    if token.isdecimal():
        return _number_ends(int(token[:4]), previous, following)
    return not _abbreviates(token, previous, following)


def _number_ends(number: int, previous: str, following: str) -> bool:
    """Whether the stop behind a number ends the sentence, and makes no ordinal of it."""
    if not previous:
        return False
    if number > _LARGEST_ORDINAL:
        return True
    return following in _words().openers or (previous in _words().before_cardinal and not following[:1].isdecimal())


def _abbreviates(token: str, previous: str, following: str) -> bool:
    """Whether the stop belongs to `token` and the sentence goes on with `following`."""
    words = _words()
    if len(previous) == 2 and previous[0].isalpha() and previous[1] == ".":
        token = previous + token
    forms = {token, token[:1].lower() + token[1:], token.rsplit("-", 1)[-1]}
    if token.isupper() and len(token) > 1:
        forms.add(token.lower())
    if token.endswith(("str", "Str")):
        forms.add("Str")
    if forms & words.never_end:
        return True
    if forms & words.before_number:
        return following[:1].isdecimal() or len(following) == 1 or _ROMAN.match(following) is not None
    initial = len(token) == 1 and token.isalpha()
    if forms & words.may_end or initial or _LETTERS_WITH_STOPS.match(token) or _ROMAN.match(token):
        return following not in words.openers or not previous
    return False
