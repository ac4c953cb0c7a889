"""What speaks for and against each sentence: one number between 0 and 1 per feature and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.article.model import Article
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.terms import TermMatrix
from service.summarization.wording import Wording

SHORTEST, LONGEST = 8, 13  # words; outside of this a sentence says too little or too much at once


@dataclass(frozen=True, slots=True)
class Features:
    """Arrays of shape (sentences,)."""

    position: np.ndarray
    opening: np.ndarray
    centrality: np.ndarray
    title: np.ndarray
    entities: np.ndarray
    length: np.ndarray
    own_words: np.ndarray


def measure(
    article: Article,
    sentences: Sequence[Sentence],
    wordings: Sequence[Wording],
    terms: TermMatrix,
    entities: Sequence[Entity],
) -> Features:
    """The features of an article's candidate sentences; `terms` holds one row for each."""
    return Features(
        position=1.0 / (1.0 + np.arange(len(sentences))),  # news is written so that it can be cut from below
        opening=_opens_block(sentences),
        centrality=_scaled(terms.similarity(terms.centroid())),
        title=terms.similarity(terms.vector(_titles(article))),
        entities=_entity_weight(sentences, entities),
        length=np.array([_fitting_length(wording.words) for wording in wordings]),
        own_words=np.array([1.0 - wording.quoted for wording in wordings]),
    )


def _opens_block(sentences: Sequence[Sentence]) -> np.ndarray:
    later = [float(before.block != sentence.block) for before, sentence in pairwise(sentences)]
    return np.array([1.0, *later])


def _titles(article: Article) -> list[str]:
    headlines = [article.text[block.start : block.end] for block in article.blocks if block.kind == "headline"]
    return [article.title, *headlines] if article.title else headlines


def _entity_weight(sentences: Sequence[Sentence], entities: Sequence[Entity]) -> np.ndarray:
    """Sentences that hold the names the article speaks of most; a name counts once a sentence."""
    starts = np.array([sentence.start for sentence in sentences])
    ends = np.array([sentence.end for sentence in sentences])
    weight = np.zeros(len(sentences))
    for entity in entities:
        offsets = np.array([mention.start for mention in entity.mentions], dtype=np.int64)
        holders = np.searchsorted(starts, offsets, side="right") - 1
        inside = (holders >= 0) & (offsets < ends[holders])
        weight[np.unique(holders[inside])] += len(entity.mentions)
    return _scaled(weight)


def _fitting_length(words: int) -> float:
    if words < SHORTEST:
        return words / SHORTEST
    return min(1.0, LONGEST / words)


def _scaled(values: np.ndarray) -> np.ndarray:
    highest = values.max(initial=0.0)
    return values / highest if highest > 0 else values
