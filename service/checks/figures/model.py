"""A figure in a text: everything that has a value which a translation must keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Topic = Literal["number", "scale", "date"]
Certainty = Literal["digits", "word", "ordinal", "soft"]
Key = tuple[str, float]

MINUTES_IN_HALF_A_DAY = 720


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure at `text[start:end]`, code points.

    `keys` are the values it may have, in plain units; two figures agree when they share a key. Certainty tells how much
    a missing counterpart means: `digits` and `word` are missed, an `ordinal` word may only be wrong, and what is `soft`
    (half, both, a) may only answer the other side.
    `parts` stand in for a figure that has no counterpart as a whole (9:30 may be a time or a result).
    """

    start: int
    end: int
    keys: frozenset[Key]
    certainty: Certainty
    topic: Topic = "number"
    mantissa: float | None = None
    unit: str | None = None
    parts: tuple[Figure, ...] = ()


def number_key(value: float) -> Key:
    """Numbers compare on nine significant digits, so that 3.2 * 10**9 equals 3200 * 10**6."""
    return ("number", float(f"{value:.9g}"))


def time_key(hours: int, minutes: int) -> Key:
    """A time of day, with or without a.m. and p.m.: minutes in half a day."""
    return ("clock", float((60 * hours + minutes) % MINUTES_IN_HALF_A_DAY))


def number(start: int, end: int, values: tuple[float, ...], certainty: Certainty) -> Figure:
    """A plain number that may be read as any of `values`."""
    return Figure(start, end, frozenset(map(number_key, values)), certainty, mantissa=values[0])


def scaled(figure: Figure, power: int, end: int) -> Figure:
    """`figure` followed by a scale word that ends at `end`: 3,2 Milliarden."""
    keys = frozenset(number_key(value * 10.0**power) for kind, value in figure.keys if kind == "number")
    topic: Topic = "scale" if power >= 3 else figure.topic
    return replace(figure, end=end, keys=keys | {("magnitude", float(power))}, topic=topic)


def magnitude(start: int, end: int, powers: tuple[int, ...], certainty: Certainty = "word") -> Figure:
    """A scale without a number: Millionen, billions; Hunderttausende is two at once."""
    return Figure(start, end, frozenset(("magnitude", float(power)) for power in powers), certainty, topic="scale")


def round_number(start: int, end: int, power: int) -> Figure:
    """tausend, a hundred: a number and a scale in one."""
    return Figure(start, end, frozenset({("magnitude", float(power)), number_key(10.0**power)}), "word", topic="scale")


def calendar(start: int, end: int, kind: str, value: float) -> Figure:
    """A month (1-12), a weekday (0 is Monday) or a clock time (minutes, modulo twelve hours)."""
    return Figure(start, end, frozenset({(kind, float(value))}), "word", topic="date")


def clock(start: int, end: int, surface: str, topic: Topic = "number") -> Figure:
    """9:30 or 21.30: a time of day, or else, as far as `topic` knows, the two numbers of a result."""
    left, right = (int(part) for part in re.split(r"[.:]", surface))
    parts = tuple(replace(number(start, end, (float(part),), "digits"), topic=topic) for part in (left, right))
    if left > 24 or right > 59:
        return Figure(start, end, frozenset(), "digits", parts=parts)
    return Figure(start, end, frozenset({time_key(left, right)}), "digits", topic="date", parts=parts)
