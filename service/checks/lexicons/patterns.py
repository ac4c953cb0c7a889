"""Turns a list of words into one search."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the expressions as whole words, whatever their case."""
    return re.compile(rf"\b(?:{'|'.join(expressions)})(?!\w)", re.IGNORECASE)
