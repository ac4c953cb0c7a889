"""Turns mismatched figures into findings: what is certain blocks, what is doubtful asks for review."""

from __future__ import annotations

from typing import Final

from service.alignment.model import SentencePair
from service.checks.figures.comparison import Mismatch, compare
from service.checks.figures.model import Figure, Topic
from service.checks.model import Finding, Verdict

_MOST_FINDINGS: Final = 20  # a garbled table has hundreds, and one is enough to stop it
_DIGITS: Final = 2
_WORD: Final = 1


def figure_findings(kind: str, topic: Topic, pair: SentencePair) -> list[Finding]:
    """The findings of one check, which looks after the mismatches of one topic."""
    german, english = pair.source.text, pair.english
    faults = [
        Finding(kind, verdict, _span(mismatch.german), _span(mismatch.english), _detail(mismatch, german, english))
        for mismatch in compare(german, english)
        if mismatch.topic == topic and (verdict := judge(mismatch)) != "pass"
    ]
    return faults[:_MOST_FINDINGS] or [Finding(kind, "pass")]


def judge(mismatch: Mismatch) -> Verdict:
    """How bad a mismatch is. Words that only resemble numbers are never faults by themselves."""
    match mismatch.fault:
        case "scale":
            return "blocked" if mismatch.certainty >= _WORD else "review"
        case "changed":
            return "blocked" if mismatch.certainty >= _WORD else "review"
        case "missing":
            return _missing(mismatch)
        case "invented":
            return _invented(mismatch)
        case "unit":
            return "review"


def _missing(mismatch: Mismatch) -> Verdict:
    if mismatch.certainty == _DIGITS:
        return "blocked"
    return "review" if mismatch.certainty == _WORD else "pass"


def _invented(mismatch: Mismatch) -> Verdict:
    """English says "the two sides" where German has no number: a spelled-out two alone is no fault."""
    spelled_two = mismatch.certainty == _WORD and mismatch.english is not None and mismatch.english.mantissa == 2.0
    return "review" if mismatch.certainty >= _WORD and not spelled_two else "pass"


def _span(figure: Figure | None) -> tuple[int, int] | None:
    return (figure.start, figure.end) if figure else None


def _detail(mismatch: Mismatch, german: str, english: str) -> str:
    source = german[mismatch.german.start : mismatch.german.end] if mismatch.german else ""
    target = english[mismatch.english.start : mismatch.english.end] if mismatch.english else ""
    match mismatch.fault:
        case "missing":
            return f"“{source}” has no counterpart in the English"
        case "invented":
            return f"“{target}” has no counterpart in the German"
        case "unit":
            return f"“{source}” is counted in {mismatch.german.unit}, “{target}” in {mismatch.english.unit}"  # type: ignore[union-attr]
        case _:
            return f"“{source}” became “{target}”"
