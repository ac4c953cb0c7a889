"""Finds the figures that one side has and the other has not."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import isclose
from typing import Final, Literal

from service.checks.figures.english import read_english
from service.checks.figures.german import read_german
from service.checks.figures.model import Figure, Key, Topic
from service.checks.lexicons.figures import CONVERSIONS, DIMENSIONS

Fault = Literal["changed", "missing", "invented", "scale", "unit"]
_SAME_IN_BOTH: Final = frozenset({"April", "August", "September", "November"})
# A table of thousands of figures must not cost thousands times thousands of looks.
_LOOK_AHEAD: Final = 50
_CERTAINTY: Final = {"digits": 2, "word": 1, "ordinal": 0, "soft": -1}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure without its counterpart; `changed` and `scale` name the two that stand for each other."""

    fault: Fault
    german: Figure | None
    english: Figure | None

    @property
    def topic(self) -> Topic:
        """What the figure is about: a scale fault is a scale's, whatever the number beside it."""
        if self.fault == "scale":
            return "scale"
        figure = self.german or self.english
        assert figure is not None
        return figure.topic

    @property
    def certainty(self) -> int:
        """2 for digits, 1 for words, 0 for ordinal words, -1 for what only resembles a number; of the weaker side."""
        return min(_CERTAINTY[figure.certainty] for figure in (self.german, self.english) if figure is not None)


# The checks for numbers, scale words and dates look at the same comparison, one after the other.
@lru_cache(maxsize=64)
def compare(german: str, english: str) -> tuple[Mismatch, ...]:
    """Every figure of `german` or `english` that the other text does not have."""
    german_figures = _without_names(german, read_german(german), english)
    english_figures = _without_names(english, read_english(english), german)
    pairs, german_left, english_left = _match(german_figures, english_figures)
    more, german_left, english_left = _match(_explode(german_left), _explode(english_left))
    pairs += more
    german_left = _not_said_before(_firm(german_left), english_figures)
    english_left = _not_said_before(_firm(english_left), german_figures)
    changed, german_left, english_left = _stand_for_each_other(german_left, english_left)
    missing = [Mismatch("missing", figure, None) for figure in german_left]
    invented = [Mismatch("invented", None, figure) for figure in english_left]
    return tuple(changed + missing + invented + _wrong_units(pairs))


def without_support(source: str, written: str) -> tuple[Figure, ...]:
    """The figures of a German text that another German text does not have, or has in another unit."""
    source_figures, written_figures = read_german(source), read_german(written)
    pairs, source_left, written_left = _match(source_figures, written_figures)
    more, _, written_left = _match(_explode(source_left), _explode(written_left))
    left = _not_said_before(_firm(written_left), source_figures)
    wrong = [mismatch.english for mismatch in _wrong_units(pairs + more) if mismatch.english is not None]
    return (*left, *wrong)


def _without_names(text: str, figures: tuple[Figure, ...], other_text: str) -> tuple[Figure, ...]:
    """Theresa May, Bild am Sonntag, Fridays for Future: a month or day left as it is on the other side is a name."""
    return tuple(figure for figure in figures if not _is_name(text[figure.start : figure.end], figure, other_text))


def _is_name(surface: str, figure: Figure, other_text: str) -> bool:
    if figure.topic != "date" or figure.certainty == "digits" or surface in _SAME_IN_BOTH or surface not in other_text:
        return False
    return re.search(rf"\b{re.escape(surface)}\b", other_text) is not None


def _match(
    german: Iterable[Figure], english: Iterable[Figure]
) -> tuple[list[tuple[Figure, Figure]], list[Figure], list[Figure]]:
    """Pairs up figures that share a key: digits first, and the ones with fewest readings first."""
    free: dict[Key, deque[Figure]] = defaultdict(deque)
    for figure in sorted(english, key=_hardness):
        for key in figure.keys:
            free[key].append(figure)
    pairs: list[tuple[Figure, Figure]] = []
    used: set[int] = set()
    left: list[Figure] = []
    for figure in sorted(german, key=_hardness):
        other = _partner(figure, free, used)
        if other is None:
            left.append(figure)
        else:
            used.add(id(other))
            pairs.append((figure, other))
    return pairs, left, [figure for figure in english if id(figure) not in used]


def _partner(figure: Figure, free: dict[Key, deque[Figure]], used: set[int]) -> Figure | None:
    candidates = []
    for key in figure.keys:
        queue = free[key]
        while queue and id(queue[0]) in used:
            queue.popleft()
        if queue and not _share_only_the_scale(figure, queue[0]):
            candidates.append(queue[0])
    return min(candidates, key=lambda other: (_is_magnitude_only(figure, other), _hardness(other)), default=None)


def _share_only_the_scale(figure: Figure, other: Figure) -> bool:
    """3 million is no partner of 5 million, though both are millions."""
    return _is_magnitude_only(figure, other) and figure.mantissa is not None and other.mantissa is not None


def _hardness(figure: Figure) -> tuple[int, int, int]:
    return (-_CERTAINTY[figure.certainty], len(figure.keys), figure.start)


def _is_magnitude_only(figure: Figure, other: Figure) -> bool:
    return all(kind == "magnitude" for kind, _ in figure.keys & other.keys)


def _explode(figures: list[Figure]) -> list[Figure]:
    return [part for figure in figures for part in (figure.parts or (figure,))]


def _firm(figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.certainty != "soft"]


def _not_said_before(left: list[Figure], other_side: tuple[Figure, ...]) -> list[Figure]:
    """A figure said twice on one side and once on the other is no fault."""
    known = {key for figure in other_side for part in (figure, *figure.parts) for key in part.keys}
    return [figure for figure in left if not (_identity(figure) & known)]


def _identity(figure: Figure) -> frozenset[Key]:
    """A scaled number is known by its number, a bare scale by its magnitude."""
    numbers = frozenset(key for key in figure.keys if key[0] != "magnitude")
    return numbers or figure.keys


def _stand_for_each_other(
    german: list[Figure], english: list[Figure]
) -> tuple[list[Mismatch], list[Figure], list[Figure]]:
    mismatches: list[Mismatch] = []
    german_left: list[Figure] = []
    english_left = list(english)
    for figure in sorted(german, key=lambda figure: figure.start):
        other = _rival(figure, english_left)
        if other is None:
            german_left.append(figure)
            continue
        english_left.remove(other)
        mismatches.append(Mismatch(_fault(figure, other), figure, other))
    return mismatches, german_left, english_left


def _fault(figure: Figure, other: Figure) -> Fault:
    if _differs_in_scale(figure, other):
        return "scale"
    return "unit" if _converted(figure, other) else "changed"


def _converted(figure: Figure, other: Figure) -> bool:
    """550 metres became 1,800 feet: the same length, rounded."""
    factor = CONVERSIONS.get((figure.unit or "", other.unit or ""))
    if factor is None or not figure.mantissa or not other.mantissa:
        return False
    return isclose(figure.mantissa * factor, other.mantissa, rel_tol=0.1)


def _rival(figure: Figure, candidates: list[Figure]) -> Figure | None:
    """The leftover that most likely stands where `figure` should: same mantissa, then same kind."""
    near = candidates[:_LOOK_AHEAD]
    same = (other for other in near if _differs_in_scale(figure, other))
    alike = (other for other in near if _kind(other) == _kind(figure))
    return next(same, None) or next(alike, None)


def _differs_in_scale(figure: Figure, other: Figure) -> bool:
    """3.2 million for 3,2 Milliarden, or millions for Milliarden."""
    scales = (_power(figure), _power(other))
    if scales[0] == scales[1] or (None in scales and figure.mantissa is None):
        return False
    return figure.mantissa == other.mantissa


def _power(figure: Figure) -> float | None:
    return next((value for kind, value in figure.keys if kind == "magnitude"), None)


def _kind(figure: Figure) -> str:
    if figure.certainty == "ordinal":
        return "ordinal"
    return "number" if figure.mantissa is not None else max((kind for kind, _ in figure.keys), default="number")


def _wrong_units(pairs: list[tuple[Figure, Figure]]) -> list[Mismatch]:
    return [
        Mismatch("unit", german, english)
        for german, english in pairs
        if german.unit and english.unit and german.unit != english.unit
        and DIMENSIONS.get(german.unit) == DIMENSIONS.get(english.unit)
    ]  # fmt: skip
