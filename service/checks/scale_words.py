"""Milliarde is billion, Billion is trillion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.alignment.model import SentencePair
from service.checks.figures.faults import figure_findings
from service.checks.model import Finding
from service.entities.model import Entity


class ScaleWordsCheck:
    """Scale words with a number (3,2 Mrd.) and without one (Millionen, Milliardär) keep their power of ten."""

    kind: ClassVar[str] = "scale_words"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        return figure_findings(self.kind, "scale", pair)
