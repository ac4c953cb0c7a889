"""A suspicion stays a suspicion: what the German only presumes, the English does not state as fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.lexicons.hedges import HEDGES, HedgeKind
from service.checks.lexicons.patterns import any_of
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


class HedgesCheck:
    """Mutmaßlich, angeblich, unter Verdacht, soll (hearsay) and offenbar find a hedge of their kind in the English."""

    kind: ClassVar[str] = "hedges"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        faults = [fault for search in _SEARCHES if (fault := self._lost(search, pair)) is not None]
        return faults or [Finding(self.kind, "pass")]

    def _lost(self, search: _Search, pair: SentencePair) -> Finding | None:
        hedges = list(search.german.finditer(pair.source.text))
        kept = len(search.english.findall(pair.english))
        if kept >= len(hedges):
            return None
        lost = hedges[-1]
        verdict = _LOST.get(search.kind, "review") if not kept else "review"
        return Finding(self.kind, verdict, lost.span(), None, f"“{lost.group()}” has no counterpart in the English")
