"""A translated segment with the soft alignment that its decoding produced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]  # code points


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether the span has a character in common with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)


# How the decoder looks for a translation: along the likeliest path, along several, or clause by clause along several.
Manner = Literal["plain", "wide", "careful"]


Manners = Manner | Sequence[Manner]  # for all segments, or one for each


def manners_of(segments: Sequence[str], manner: Manners) -> Sequence[Manner]:
    """One manner for each segment."""
    return [manner] * len(segments) if isinstance(manner, str) else manner


@dataclass(frozen=True, slots=True)
class Link:
    """The English piece `target[target_start:target_end]` looks most at `source[source_start:source_end]`.

    Code points within the segment's own two strings. `weight` is the attention mass between 0 and 1. Links come one per
    target piece, in target order; a piece may be part of a word. `log_prob` is the natural logarithm of the piece's
    probability, None where the search does not tell.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    weight: float
    log_prob: float | None = None

    def moved(self, source: int = 0, target: int = 0) -> Link:
        """The same link where so many code points more stand before it on each side."""
        return Link(
            self.source_start + source,
            self.source_end + source,
            self.target_start + target,
            self.target_end + target,
            self.weight,
            self.log_prob,
        )


@dataclass(frozen=True, slots=True)
class Translation:
    """One German segment and its English; `score` is the mean log-probability of a target piece.

    `confidence` is the share of news sentences of which the model was less sure, `doubts` are the words of `target`
    that it was unsure of; None where that is not known.
    `parts` is how many stretches the segment was cut into because it was too long for the model. `others` are further
    translations that a careful search found, best first.
    `unexplained` are words of `target` that nothing in `source` stands for, `omissions` words of `source` that `target`
    leaves out, `uncovered` is how many of those have no certain counterpart, as far as somebody looked.
    """

    source: str
    target: str
    links: tuple[Link, ...]
    score: float
    parts: int = 1
    confidence: float | None = None
    doubts: tuple[Span, ...] | None = None
    others: Sequence[Translation] = ()
    unexplained: tuple[Span, ...] = ()
    omissions: tuple[Span, ...] = ()
    uncovered: int = 0

    @property
    def is_measured(self) -> bool:
        """Whether it is a model's whose wording was measured on held-out news."""
        return self.confidence is not None
