"""An English sentence much shorter or longer than its German has lost or gained something."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding, Verdict
from service.entities.model import Entity

# Logarithm of English characters over German characters, measured on human news translations (bench/checks.py):
# mean -0.04, and a spread that shrinks with the length of the sentence.
_MEAN: Final = -0.04
_SPREAD: Final = 1.9
_FLOOR: Final = 0.10
_REVIEW_BEYOND: Final = 3.0  # deviations
_BLOCKED_BEYOND: Final = 4.5


def deviation(german: str, english: str) -> float:
    """How many spreads the length of `english` lies from what `german` lets expect; negative when too short."""
    spread = math.hypot(_FLOOR, _SPREAD / math.sqrt(max(len(german), 1)) / 2)
    return (math.log(max(len(english), 1) / max(len(german), 1)) - _MEAN) / spread


class LengthCheck:
    """Empty English blocks; lengths that human translations hardly ever show are reviewed or blocked."""

    kind: ClassVar[str] = "length"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german, english = pair.source.text.strip(), pair.english.strip()
        if not german:
            return [Finding(self.kind, "pass")]
        if not any(character.isalnum() for character in english) and any(c.isalnum() for c in german):
            return [Finding(self.kind, "blocked", (0, len(pair.source.text)), None, "the English is empty")]
        distance = deviation(german, english)
        verdict: Verdict = "pass"
        if abs(distance) > _REVIEW_BEYOND:
            verdict = "blocked" if abs(distance) > _BLOCKED_BEYOND else "review"
        if verdict == "pass":
            return [Finding(self.kind, "pass")]
        word = "short" if distance < 0 else "long"
        detail = f"{len(english)} characters are {word} for {len(german)} German ones"
        return [Finding(self.kind, verdict, (0, len(pair.source.text)), (0, len(pair.english)), detail)]
