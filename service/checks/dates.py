"""Days, months and clock times stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.alignment.model import SentencePair
from service.checks.figures.faults import figure_findings
from service.checks.figures.moments import broken_dates, other_halves
from service.checks.model import Finding
from service.entities.model import Entity


class DatesCheck:
    """Weekdays, months, dates in digits and clock times: the same moment stands on both sides.

    Half past nine in the evening is not half past nine in the morning, and a day stays beside its month.
    """

    kind: ClassVar[str] = "dates"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german, english = pair.source.text, pair.english
        faults = [fault for fault in figure_findings(self.kind, "date", pair) if fault.verdict != "pass"]
        for ours, theirs in other_halves(german, english):
            detail = f"“{german[slice(*ours)]}” became “{english[slice(*theirs)]}”"
            faults.append(Finding(self.kind, "blocked", ours, theirs, detail))
        for ours, theirs in broken_dates(german, english):
            detail = f"“{german[slice(*ours)]}” is torn apart in the English"
            faults.append(Finding(self.kind, "review", ours, theirs, detail))
        return faults or [Finding(self.kind, "pass")]
