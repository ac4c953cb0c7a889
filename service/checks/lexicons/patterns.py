"""Turns a list of words into one search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Span = tuple[int, int]


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the expressions as whole words, whatever their case."""
    return re.compile(rf"\b(?:{'|'.join(expressions)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=256)  # a German sentence is checked as often as it is translated
def places(search: re.Pattern[str], text: str) -> tuple[Span, ...]:
    """Where the search finds something."""
    return tuple(match.span() for match in search.finditer(text))
