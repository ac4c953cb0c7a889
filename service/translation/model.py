"""A translated segment with the soft alignment that its decoding produced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# How the decoder looks for a translation: along the likeliest path, or clause by clause along several.
Manner = Literal["plain", "careful"]


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

    def moved(self, source: int = 0, target: int = 0) -> Link:
        """The same link where so many code points more stand before it on each side."""
        return Link(
            self.source_start + source,
            self.source_end + source,
            self.target_start + target,
            self.target_end + target,
            self.weight,
        )


@dataclass(frozen=True, slots=True)
class Translation:
    """One German segment and its English; `score` is the mean log-probability of a target piece.

    `parts` is how many stretches the segment was cut into because it was too long for the model. `others` are further
    translations that a careful search found, best first.
    """

    source: str
    target: str
    links: tuple[Link, ...]
    score: float
    parts: int = 1
    others: Sequence[Translation] = ()
