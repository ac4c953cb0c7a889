"""The small interface behind which every recogniser of names stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from service.entities.model import Mention


class Recognizer(Protocol):
    """Finds names in German or English text, bundled or fetched. Safe to call from several threads at once."""

    def recognize(self, text: str) -> list[Mention]:
        """The names in `text` in order, none overlapping; code points in exactly this text."""
        ...

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """The same for each text, in one batch."""
        ...
