"""A translated segment with the soft alignment that its decoding produced."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """The English piece `target[target_start:target_end]` looks most at `source[source_start:source_end]`.

    Code points within the segment's own two strings. `weight` is the attention mass between 0 and 1. Links come one per
    target piece, in target order; a piece may be part of a word.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Translation:
    """One German segment and its English; `score` is the mean log-probability of a target piece.

    `parts` is how many stretches the segment was cut into because it was too long for the model.
    """

    source: str
    target: str
    links: tuple[Link, ...]
    score: float
    parts: int = 1
