"""The translation model's own doubt: it sees what no other check does, words that are right English and wrong here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.entities.model import Entity

DOUBTFUL: Final = 0.2  # of the news sentences that the model was measured with (docs/checks.md)


class ConfidenceCheck:
    """Reviews what the model is less sure of than of four news sentences in five; silent where it was not measured."""

    kind: ClassVar[str] = "confidence"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        if pair.confidence is None or pair.confidence >= DOUBTFUL:
            return [Finding(self.kind, "pass")]
        surer = f"{1 - pair.confidence:.0%}"
        return [Finding(self.kind, "review", detail=f"the model was surer of {surer} of other news sentences")]
