"""What a check says about a sentence pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "review", "blocked"]
SEVERITY: dict[Verdict, int] = {"pass": 0, "review": 1, "blocked": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's verdict. Spans are code points within the sentence's German and English strings, or None."""

    kind: str
    verdict: Verdict
    de: tuple[int, int] | None = None
    en: tuple[int, int] | None = None
    detail: str | None = None


def worst(findings: tuple[Finding, ...] | list[Finding]) -> Verdict:
    """The verdict of a sentence is its worst finding's."""
    return max((finding.verdict for finding in findings), key=SEVERITY.__getitem__, default="pass")
