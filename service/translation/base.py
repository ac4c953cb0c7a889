"""The small interface behind which every translation engine stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from service.translation.model import Manners, Translation


class TranslationEngine(Protocol):
    """Translates German segments. Safe to call from several threads at once."""

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        """Translate each segment as one unit, in order; an empty segment gives an empty translation.

        `manner` is that of all segments, or one for each.
        `wide` and `careful` take about three times as long: for what came out wrong at first.
        """
        ...


@runtime_checkable
class EagerEngine(TranslationEngine, Protocol):
    """One request's engine, which can work while the request does something else."""

    def begin(self, segments: Sequence[str]) -> None:
        """Start on what will probably be asked for; `translate` then waits for what is left to do."""
        ...


@runtime_checkable
class MeasuredEngine(TranslationEngine, Protocol):
    """An engine that knows whether it was measured on held-out news: if so, its training texts tell of its words."""

    @property
    def is_measured(self) -> bool: ...


def is_measured(engine: TranslationEngine) -> bool:
    return isinstance(engine, MeasuredEngine) and engine.is_measured
