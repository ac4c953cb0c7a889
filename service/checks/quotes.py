"""Direct speech opens and closes, is neither lost nor made up, and keeps its speaker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.checks.speakers import other_speaker
from service.entities.model import Entity

# Every double mark, and the single guillemets; a single high comma is an apostrophe far more often than a quote.
_DOUBLE: Final = re.compile(r"[\"“”„‟«»″ʺ]|''|,,|``")
_SINGLE: Final = re.compile(
    r"‚[^‘’']{2,300}[‘’']"
    r"|(?<!\w)['‘][^'‘’]{2,300}?(?:['’]\w[^'‘’]{0,300}?){0,9}['’](?!\w)"
    r"|[‹›][^‹›]{1,300}[‹›]"
)
# A single mark alone, where no apostrophe stands: before a comma, after the end of a sentence, in front of one.
_LONE: Final = re.compile(r"(?<=\w)[’'](?=,)|(?<=[.,!?])[’'](?!\w)|^[‘'](?=[A-Z])")
# What German calls sogenannt, English puts in marks; it calls a wet lease what German calls a sogenannten „Wetlease“.
_SO_CALLED: Final = re.compile(r"\bsogenannt|\bso genannt")

Span = tuple[int, int]


class QuotesCheck:
    """An odd number of marks where the German has pairs, another number of quotations, another speaker: reviewed."""

    kind: ClassVar[str] = "quotes"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german, english = marks(pair.source.text), marks(pair.english)
        if len(german) % 2 == 0 and len(english) % 2:
            return [self._fault(german, english, "a quotation opens or closes only in the English")]
        if len(german) % 2 and len(german) - len(english) == 1 and not _LONE.search(pair.english):
            return [
                self._fault(german, english, "a quotation that opens or closes in the German does not in the English")
            ]
        missing = (len(german) - len(english)) // 2 - _kept_without_marks(pair.source.text, german, pair.english)
        if missing > 0 and not (missing == 1 and _SO_CALLED.search(pair.source.text)):
            return [self._fault(german, english, f"{missing} of {(len(german) + 1) // 2} quotations lost its marks")]
        added = (len(english) - len(german)) // 2 - _kept_without_marks(pair.english, english, pair.source.text)
        if added > 0 and not _SO_CALLED.search(pair.source.text):
            return [self._fault(german, english, "the English quotes what the German does not")]
        if german and (speakers := other_speaker(pair, entities)):
            return [Finding(self.kind, "review", *speakers, "the English puts the quotation into another mouth")]
        return [Finding(self.kind, "pass")]

    def _fault(self, german: Sequence[Span], english: Sequence[Span], detail: str) -> Finding:
        return Finding(self.kind, "review", _whole(german), _whole(english), detail)


def _whole(spans: Sequence[Span]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def _kept_without_marks(text: str, spans: Sequence[Span], other_text: str) -> int:
    """Titles and names in marks that the other side writes as they are, without marks: Sea Watch 3."""
    if len(spans) % 2:
        return 0
    inside = (text[left[1] : right[0]].strip(" ,.") for left, right in zip(spans[::2], spans[1::2], strict=True))
    bare = _comparable(_DOUBLE.sub("", other_text))
    return sum(bool(words) and _comparable(words) in bare for words in inside)


def _comparable(words: str) -> str:
    return words.lower().replace("’", "'")


@lru_cache(maxsize=64)  # a German sentence is checked as often as it is translated
def marks(text: str) -> tuple[Span, ...]:
    """The place of every quotation mark; a pair of single marks counts as two."""
    spans = [match.span() for match in _DOUBLE.finditer(text)]
    for match in _SINGLE.finditer(text):
        spans += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    return tuple(sorted(spans))
