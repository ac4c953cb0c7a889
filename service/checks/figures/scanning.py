"""Reads a sentence token by token; what a figure has taken up is not read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from service.checks.figures.model import Figure, number_key


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


def with_shared_scales(text: str, figures: list[Figure], between: re.Pattern[str]) -> tuple[Figure, ...]:
    """In "2 bis 3 Milliarden" the two is two billion as well; `between` matches what stands between such figures."""
    shared = list(figures)
    for index, (left, right) in enumerate(pairwise(figures)):
        power = next((value for kind, value in right.keys if kind == "magnitude"), None)
        if power is None or right.mantissa is None or left.topic != "number" or left.certainty == "soft":
            continue
        if between.fullmatch(text, left.end, right.start):
            both = left.keys | {number_key(value * 10.0**power) for kind, value in left.keys if kind == "number"}
            shared[index] = replace(left, keys=both)
    return tuple(shared)
