"""How sure a model is of a translation and of its words, compared with what it is of other news.

The log-probability of what a model wrote says little by itself; beside the same figures for some hundred sentences of
news it says which translations and which words to doubt. `training.mt.confidence` measures them for a model, and keeps
them in its folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy

from service.translation.later import Later
from service.translation.model import Manner, Span, Translation

CONFIDENCE_FILE = "confidence.json"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Confidence:
    """What was measured on held-out news.

    `scores`: the mean log-probabilities of translations at evenly spaced quantiles, from the lowest to the highest, for
    each manner (a wider search always finds higher ones). `word`: below it lies the least likely piece of a doubtful
    word.
    """

    scores: Mapping[Manner, tuple[float, ...]]
    word: float

    def of(self, score: float, manner: Manner) -> float:
        """The share, between 0 and 1, of news sentences of which the model was less sure."""
        known = self.scores[manner]
        return float(numpy.interp(score, known, numpy.linspace(0.0, 1.0, len(known))))

    def doubts(self, translation: Translation) -> tuple[Span, ...] | None:
        """The words of the English that the model was unsure of; None where the search did not tell."""
        links = [link for link in translation.links if link.log_prob is not None]
        if not links:
            return None
        unsure = [link for link in links if link.log_prob < self.word]
        return tuple(
            match.span()
            for match in (WORD.finditer(translation.target) if unsure else ())
            if any(link.target_start < match.end() and match.start() < link.target_end for link in unsure)
        )

    def judge(self, translation: Translation, manner: Manner) -> Translation:
        """The translation and its others with what is known about them."""
        others = translation.others
        return replace(
            translation,
            confidence=self.of(translation.score, manner),
            doubts=self.doubts(translation),
            others=Later(len(others), lambda at: self.judge(others[at], manner)) if others else (),
        )


def confidence_in(folder: Path) -> Confidence | None:
    """What was measured for the model in `folder`; None where nothing was."""
    path = folder / CONFIDENCE_FILE
    if not path.is_file():
        return None
    measured = json.loads(path.read_text(encoding="utf-8"))
    scores = {manner: tuple(known) for manner, known in measured["scores"].items()}
    return Confidence(scores, measured["word"])
