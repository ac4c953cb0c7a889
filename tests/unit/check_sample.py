"""A German sentence beside an English one, for the tests of the checks."""

from __future__ import annotations

from service.alignment.model import SentencePair
from service.checks.base import Check
from service.checks.model import Finding
from service.segmentation.model import Sentence


def pair(german: str, english: str, confidence: float | None = None) -> SentencePair:
    return SentencePair(Sentence(german, 0, len(german), 0), english, confidence=confidence)


def verdicts(check: Check, german: str, english: str) -> list[str]:
    return [finding.verdict for finding in check.check(pair(german, english), {})]


def only_fault(check: Check, german: str, english: str) -> Finding:
    (finding,) = check.check(pair(german, english), {})
    assert finding.verdict != "pass"
    return finding
