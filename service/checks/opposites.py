"""What rises does not fall: a word of the German does not become its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
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

    def in_german(self, text: str) -> re.Match[str] | None:
        """Where the German says it, if it says it alone."""
        said = self.said.search(text)
        return None if said is None or (self.opposed and self.opposed.search(text)) else said

    def in_english(self, text: str) -> re.Match[str] | None:
        """Where the English says the opposite alone."""
        return None if self.kept.search(text) else self.opposite.search(text)


def _swaps() -> Iterator[_Swap]:
    """What can be swapped, both ways."""
    for pair in lexicon.OPPOSITES:
        for pole, other in (pair, pair[::-1]):
            yield _Swap(any_of(pole.german), any_of(other.german), any_of(other.english), any_of(pole.english))
    denying = any_of(lexicon.DENYING)
    for german, english in lexicon.UNDENIED:
        yield _Swap(any_of((german,)), None, any_of((english,)), denying)


_SWAPS: Final = tuple(_swaps())
_ANY_SAID: Final = any_of(word for pair in lexicon.OPPOSITES for pole in pair for word in pole.german)
_ANY_UNDENIED: Final = any_of(german for german, _ in lexicon.UNDENIED)


@lru_cache(maxsize=64)  # a sentence is checked as often as it is translated
def _said(german: str) -> tuple[tuple[_Swap, re.Match[str]], ...]:
    """What the German says that has an opposite; most sentences say nothing of the kind."""
    if not (_ANY_SAID.search(german) or _ANY_UNDENIED.search(german)):
        return ()
    return tuple((swap, said) for swap in _SWAPS if (said := swap.in_german(german)))


class OppositesCheck:
    """Rose and fell, killed and injured, won and lost, north and south: the one for the other is blocked.

    Only where the German says one of the two alone, and the English the other alone.
    """

    kind: ClassVar[str] = "opposites"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        faults = [
            Finding(self.kind, "blocked", said.span(), opposite.span(), f"“{said[0]}” became “{opposite[0]}”")
            for swap, said in _said(pair.source.text)
            if (opposite := swap.in_english(pair.english))
        ]
        return faults or [Finding(self.kind, "pass")]
