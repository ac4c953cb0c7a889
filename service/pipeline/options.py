"""What the caller of a summary may choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.summarization.budget import BY_LENGTH, Budget

SummaryEngine = Literal["extractive", "abstractive"]


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """How long the summary may be, what makes it, and what is made of it.

    `slots` are texts of fixed length besides. With `edits`, persons are introduced by their full names.
    """

    budget: Budget = BY_LENGTH
    engine: SummaryEngine = "extractive"
    edits: bool = True
    slots: Sequence[str] = ()


DEFAULT = SummaryOptions()
