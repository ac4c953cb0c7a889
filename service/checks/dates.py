"""Days, months and clock times stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.alignment.model import SentencePair
from service.checks.figures.faults import figure_findings
from service.checks.model import Finding
from service.entities.model import Entity


class DatesCheck:
    """Weekdays, months, dates in digits and clock times: the same moment stands on both sides."""

    kind: ClassVar[str] = "dates"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        return figure_findings(self.kind, "date", pair)
