"""A sentence that the summary keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.segmentation.model import Sentence

Role = Literal["chosen", "antecedent"]


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """`rank` is the sentence's score between 0 and 1; chosen sentences keep the article's order.

    An `antecedent` was taken because a later sentence cannot be understood without it. `support` are the article's
    sentences that a written one rests on, the best first; empty for the article's own.
    """

    sentence: Sentence
    rank: float
    role: Role = "chosen"
    support: tuple[Sentence, ...] = ()
