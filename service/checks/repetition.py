"""A decoder that loops says the same words again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.model import Finding
from service.entities.model import Entity

_WORD: Final = re.compile(r"\w+")
# The same words, up to eight, twice or more in a row; white space and punctuation may stand between.
_LONGEST: Final = 8
_CERTAIN_COUNT: Final = 3
_SMALL_NUMBER: Final = 2  # digits: "261, 261" is no table


class RepetitionCheck:
    """Words repeated in a row that the German does not repeat as often: three times block, twice is reviewed."""

    kind: ClassVar[str] = "repetition"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        loop = longest_loop(pair.english)
        if loop is None:
            return [Finding(self.kind, "pass")]
        start, end, count = loop
        own = longest_loop(pair.source.text)
        if own is not None and own[2] >= count:
            return [Finding(self.kind, "pass")]
        verdict = "blocked" if count >= _CERTAIN_COUNT else "review"
        return [Finding(self.kind, verdict, None, (start, end), f"the same words {count} times in a row")]


def longest_loop(text: str) -> tuple[int, int, int] | None:
    """Start, end and count of the words that are repeated most often in a row; None when nothing is."""
    words = list(_WORD.finditer(text))
    forms = [word.group().lower() for word in words]
    best: tuple[int, int, int] | None = None
    for size in range(1, min(_LONGEST, len(forms) // 2) + 1):
        run = 0
        for index in range(len(forms) - size):
            run = run + 1 if forms[index] == forms[index + size] else 0
            count = run // size + 1
            if count >= 2 and (best is None or count > best[2]) and not _may_double(forms, index, size, count):
                first = index + size - count * size + 1
                best = (words[first].start(), words[index + size].end(), count)
    return best


def _may_double(forms: list[str], index: int, size: int, count: int) -> bool:
    """English doubles some words rightly: had had, that that, very very, and small numbers in a table."""
    form = forms[index]
    small_number = form.isdigit() and len(form) <= _SMALL_NUMBER
    return size == 1 and count == 2 and (form in ("had", "that", "very", "so", "bye", "ha") or small_number)
