"""A sentence that the summary keeps."""

from __future__ import annotations

from dataclasses import dataclass

from service.segmentation.model import Sentence


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """`rank` is the sentence's score between 0 and 1; chosen sentences keep the article's order."""

    sentence: Sentence
    rank: float
