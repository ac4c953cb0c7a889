"""Content words without a counterpart on the other side, as far as a dictionary tells (counterparts.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.entities.model import Entity
from service.translation.model import Span

_MOST_TOLD: Final = 5  # words; all are marked in the answer


class ContentCheck:
    """Reviews words that nothing in the German stands for, and German words that the English leaves out."""

    kind: ClassVar[str] = "content"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        faults = []
        if pair.unexplained:
            words = _told(pair.english, pair.unexplained)
            faults.append(
                Finding(self.kind, "review", None, pair.unexplained[0], f"{words}: nothing in the German says so")
            )
        if pair.omissions:
            words = _told(pair.source.text, pair.omissions)
            faults.append(Finding(self.kind, "review", pair.omissions[0], None, f"{words}: not found in the English"))
        return faults or [Finding(self.kind, "pass")]


def _told(text: str, spans: Sequence[Span]) -> str:
    words = [f"“{text[slice(*span)]}”" for span in spans[:_MOST_TOLD]]
    return ", ".join([*words, *(["…"] if len(spans) > _MOST_TOLD else [])])
