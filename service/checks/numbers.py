"""Numbers keep their value and their unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.alignment.model import SentencePair
from service.checks.figures.faults import figure_findings
from service.checks.model import Finding
from service.entities.model import Entity


class NumbersCheck:
    """Digits and number words, percent, money, units, ranges, ordinals: the same value stands on both sides."""

    kind: ClassVar[str] = "numbers"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        return figure_findings(self.kind, "number", pair)
