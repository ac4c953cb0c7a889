"""What rises does not fall: a word of the German does not become its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.lexicons import opposites as lexicon
from service.checks.lexicons.patterns import any_of
from service.checks.model import Finding
from service.entities.model import Entity


@dataclass(frozen=True, slots=True)
class _Swap:
    """What the German says, and the English that says the opposite; the other sense beside it excuses either."""

    said: re.Pattern[str]
    opposed: re.Pattern[str] | None
    opposite: re.Pattern[str]
    kept: re.Pattern[str]

    def find(self, german: str, english: str) -> tuple[re.Match[str], re.Match[str]] | None:
        said = self.said.search(german)
        if said is None or self.kept.search(english) or (self.opposed and self.opposed.search(german)):
            return None
        opposite = self.opposite.search(english)
        return None if opposite is None else (said, opposite)


def _swaps() -> Iterator[_Swap]:
    for pair in lexicon.OPPOSITES:
        for pole, other in (pair, pair[::-1]):
            yield _Swap(any_of(pole.german), any_of(other.german), any_of(other.english), any_of(pole.english))
    denying = any_of(lexicon.DENYING)
    for german, english in lexicon.UNDENIED:
        yield _Swap(any_of((german,)), None, any_of((english,)), denying)


_SWAPS: Final = tuple(_swaps())


class OppositesCheck:
    """Rose and fell, killed and injured, won and lost, north and south: the one for the other is blocked.

    Only where the German says one of the two alone, and the English the other alone.
    """

    kind: ClassVar[str] = "opposites"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        found = (swap.find(pair.source.text, pair.english) for swap in _SWAPS)
        faults = [
            Finding(self.kind, "blocked", said.span(), opposite.span(), f"“{said[0]}” became “{opposite[0]}”")
            for said, opposite in filter(None, found)
        ]
        return faults or [Finding(self.kind, "pass")]
