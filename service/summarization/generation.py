"""The small interface behind which every model stands that writes a summary in sentences of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.article.model import Warning
from service.patience import Patience


class CannotWrite(Exception):
    """No summary could be written that holds against the article; the message is a reason for the caller.

    `warnings` tell what became of the sentences that were written.
    """

    def __init__(self, reason: str, warnings: tuple[Warning, ...] = ()) -> None:
        super().__init__(reason)
        self.warnings = warnings


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """What a model wrote about the first `read` of the sentences that it was given."""

    text: str
    read: int


class Generator(Protocol):
    """Writes a German text about German sentences. Safe to call from several threads at once."""

    def generate(self, sentences: Sequence[str], patience: Patience) -> GeneratedText:
        """A text about as many of the sentences, from the first, as can be read at once.

        Raises CannotWrite, also where it would leave the request no time to go on, and Cancelled.
        """
        ...
