"""Reads a sentence token by token; what a figure has taken up is not read again."""

from __future__ import annotations

import re
from collections.abc import Callable

from service.checks.figures.model import Figure


def scan(text: str, token: re.Pattern[str], read: Callable[[str, re.Match[str]], Figure | None]) -> list[Figure]:
    """The figures that `read` makes of the tokens of `text`, in its order."""
    figures: list[Figure] = []
    resume = 0
    for match in token.finditer(text):
        if match.start() < resume:
            continue
        figure = read(text, match)
        if figure is not None:
            figures.append(figure)
            resume = figure.end
    return figures
