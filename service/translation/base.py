"""The small interface behind which every translation engine stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.translation.model import Translation


class TranslationEngine(Protocol):
    """Translates German segments. Safe to call from several threads at once."""

    def translate(self, segments: Sequence[str]) -> list[Translation]:
        """Translate each segment as one unit, in order; an empty segment gives an empty translation."""
        ...
