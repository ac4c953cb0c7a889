"""Direct speech opens and closes, and is neither lost nor made up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.entities.model import Entity

# Every double mark, and the single guillemets; a single high comma is an apostrophe far more often than a quote.
_DOUBLE: Final = re.compile(r"[\"“”„‟«»″]|''|,,|``")
_SINGLE: Final = re.compile(
    r"‚[^‘’']{2,300}[‘’']"
    r"|(?<!\w)['‘][^'‘’]{2,300}?(?:['’]\w[^'‘’]{0,300}?){0,9}['’](?!\w)"
    r"|[‹›][^‹›]{1,300}[‹›]"
)
# What German calls sogenannt, English puts in marks.
_SO_CALLED: Final = re.compile(r"\bsogenannt|\bso genannt")

Span = tuple[int, int]


class QuotesCheck:
    """An odd number of marks where the German has pairs, and a different number of quotations, are reviewed."""

    kind: ClassVar[str] = "quotes"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german, english = marks(pair.source.text), marks(pair.english)
        if len(german) % 2 == 0 and len(english) % 2:
            return [self._fault(german, english, "a quotation opens or closes only in the English")]
        if len(german) % 2 and len(german) - len(english) == 1:
            return [
                self._fault(german, english, "a quotation that opens or closes in the German does not in the English")
            ]
        missing = (len(german) - len(english)) // 2 - _kept_without_marks(pair.source.text, german, pair.english)
        if missing > 0:
            return [self._fault(german, english, f"{missing} of {(len(german) + 1) // 2} quotations lost its marks")]
        added = (len(english) - len(german)) // 2 - _kept_without_marks(pair.english, english, pair.source.text)
        if added > 0 and not _SO_CALLED.search(pair.source.text):
            return [self._fault(german, english, "the English quotes what the German does not")]
        return [Finding(self.kind, "pass")]

    def _fault(self, german: list[Span], english: list[Span], detail: str) -> Finding:
        return Finding(self.kind, "review", _whole(german), _whole(english), detail)


def _whole(spans: list[Span]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def _kept_without_marks(text: str, spans: list[Span], other_text: str) -> int:
    """Titles and names in marks that the other side writes as they are, without marks: Sea Watch 3."""
    if len(spans) % 2:
        return 0
    inside = (text[left[1] : right[0]].strip(" ,.") for left, right in zip(spans[::2], spans[1::2], strict=True))
    bare = _DOUBLE.sub("", other_text).lower()
    return sum(bool(words) and words.lower() in bare for words in inside)


def marks(text: str) -> list[Span]:
    """The place of every quotation mark; a pair of single marks counts as two."""
    spans = [match.span() for match in _DOUBLE.finditer(text)]
    for match in _SINGLE.finditer(text):
        spans += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    return sorted(spans)
