"""A suspicion stays a suspicion: what the German only presumes, the English does not state as fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.lexicons.hedges import HEDGES, HedgeKind
from service.checks.lexicons.patterns import any_of, places
from service.checks.model import Finding, Verdict
from service.entities.model import Entity

# Presumption of innocence: a suspicion told as a fact can harm a person, a missing "probably" cannot.
_LOST: Final[dict[HedgeKind, Verdict]] = {"suspicion": "blocked", "hearsay": "blocked"}


@dataclass(frozen=True, slots=True)
class _Search:
    kind: HedgeKind
    german: re.Pattern[str]
    english: re.Pattern[str]


_SEARCHES: Final = tuple(_Search(hedge.kind, any_of(hedge.german), any_of(hedge.english)) for hedge in HEDGES)


def german_hedges(text: str) -> dict[HedgeKind, str]:
    """The kinds of hedge in a German sentence, each with the last that stands there."""
    found = ((search.kind, places(search.german, text)) for search in _SEARCHES)
    return {kind: text[slice(*hedges[-1])] for kind, hedges in found if hedges}


class HedgesCheck:
    """Mutmaßlich, angeblich, unter Verdacht, soll (hearsay) and offenbar find a hedge of their kind in the English."""

    kind: ClassVar[str] = "hedges"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        faults = [fault for search in _SEARCHES if (fault := self._lost(search, pair)) is not None]
        return faults or [Finding(self.kind, "pass")]

    def _lost(self, search: _Search, pair: SentencePair) -> Finding | None:
        hedges = places(search.german, pair.source.text)
        if not hedges:
            return None
        kept = len(search.english.findall(pair.english))
        if kept >= len(hedges):
            return None
        word = pair.source.text[slice(*hedges[-1])]
        verdict = _LOST.get(search.kind, "review") if not kept else "review"
        return Finding(self.kind, verdict, hedges[-1], None, f"“{word}” has no counterpart in the English")
