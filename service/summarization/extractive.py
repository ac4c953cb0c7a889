"""Chooses the sentences that tell a German news article: the article's own, each readable where it then stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from service.article.model import Article
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.budget import Budget
from service.summarization.candidates import Candidates, find_candidates
from service.summarization.features import Features, measure
from service.summarization.model import ChosenSentence
from service.summarization.selection import NEAR_DUPLICATE, select
from service.summarization.terms import TermMatrix, term_matrix, terms

STANDFIRST, STANDFIRST_REACH = 2, 4  # sentences: how long a standfirst is, and how soon the body repeats it


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts; they add up to 1, so that a rank lies between 0 and 1.

    Tuned on wikinews-de train and dev (docs/summarization.md). `redundancy` is what similarity to an already
    chosen sentence takes off (MMR: Carbonell and Goldstein 1998).
    """

    position: float = 0.46
    opening: float = 0.02
    centrality: float = 0.08
    title: float = 0.10
    entities: float = 0.08
    length: float = 0.14
    own_words: float = 0.12
    redundancy: float = 0.35


class ExtractiveSummarizer:
    """Greedy maximal marginal relevance over bundles of sentences; deterministic, linear in the article's length."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()

    def choose(
        self, article: Article, sentences: Sequence[Sentence], entities: Sequence[Entity], budget: Budget
    ) -> tuple[ChosenSentence, ...]:
        """Sentences in the article's order that keep the budget, `default_budget` of them when it is open.

        Fewer come back when the article has no more prose or only repeats itself. A chosen sentence may start later
        than the one given, after a dateline, a bullet or a time stamp; its offsets stay exact.
        """
        candidates = find_candidates(article, sentences)
        if not candidates.sentences:
            return ()
        budget = default_budget(candidates) if budget.is_open else budget
        candidates, matrix, scores = self.rank(article, candidates, entities)
        roles = select(candidates, matrix, scores, budget, self.weights.redundancy)
        return tuple(
            ChosenSentence(candidates.sentences[index], round(float(scores[index]), 4), role)
            for index, role in sorted(roles.items())
        )

    def rank(
        self, article: Article, candidates: Candidates, entities: Sequence[Entity]
    ) -> tuple[Candidates, TermMatrix, np.ndarray]:
        """Every candidate's score between 0 and 1, shape (sentences,), before anything is chosen."""
        matrix = term_matrix([terms(sentence.text) for sentence in candidates.sentences])
        features = measure(article, candidates.sentences, candidates.wordings, matrix, entities)
        candidates, scores = _drop_standfirst(candidates, matrix, self._scores(features))
        return candidates, matrix, scores

    def _scores(self, features: Features) -> np.ndarray:
        parts = [getattr(self.weights, field.name) * getattr(features, field.name) for field in fields(features)]
        return np.clip(np.sum(parts, axis=0), 0.0, 1.0)


def default_budget(candidates: Candidates) -> Budget:
    """One sentence and another for every 125 words, at most 7, and never more than half of a short article.

    230 words give 3 sentences, 550 words 5.
    """
    words = sum(wording.words for wording in candidates.wordings)
    half = (len(candidates.sentences) + 1) // 2
    return Budget(sentences=min(max(2, 1 + round(words / 125)), 7, half))


def _drop_standfirst(candidates: Candidates, matrix: TermMatrix, scores: np.ndarray) -> tuple[Candidates, np.ndarray]:
    """A standfirst that the body says again gives its score to the body's sentence, which has its names introduced."""
    bundles, scores = list(candidates.bundles), scores.copy()
    for index in range(min(STANDFIRST, len(bundles))):
        likeness = matrix.similarity(matrix.row(index))[index + 1 : index + 1 + STANDFIRST_REACH]
        repeated = np.flatnonzero(likeness >= NEAR_DUPLICATE)
        if len(repeated) and bundles[index + 1 + repeated[0]]:
            body = index + 1 + int(repeated[0])
            scores[body] = max(scores[body], scores[index])
            bundles[index] = ()
    return replace(candidates, bundles=tuple(bundles)), scores
