"""Remembers how sentences came out of translation and the gate: an article that comes back is judged where it changed.

What comes out follows from the sentence, the names in it, and what stand-ins the article's names leave free; where it
stands in the article has no part in it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from dataclasses import replace
from typing import Self

from service.alignment.stand_ins import STAND_IN_WORDS, words_of
from service.cache import Cache, CacheFigures
from service.checks.attempts import Account, Attempt
from service.entities.model import Entity
from service.entities.placed import PlacedMentions
from service.patience import Patience
from service.segmentation.model import Sentence

# Measured on CPython 3.11 with tracemalloc: 5.5 kB an outcome with some twelve findings, besides the texts; rounded up.
ENTRY_BYTES = 1_500
PART_BYTES = 300

Outcome = tuple[Attempt, Account]


class SentenceMemory:
    """Outcomes by `keys_of`, bounded in bytes. One memory belongs to one set of models."""

    def __init__(self, max_bytes: int = 0) -> None:
        self._outcomes: Cache[Hashable, Outcome] = Cache(max_bytes, bytes_of)
        self._patience = Patience()

    def within(self, patience: Patience) -> Self:
        """This memory for one request."""
        bound = copy(self)
        bound._patience = patience
        return bound

    def recall(self, key: Hashable, number: int, sentence: Sentence) -> Outcome | None:
        """The outcome, as that of sentence `number` of a request."""
        found = self._outcomes.get(key) if self._patience.recall else None
        if found is None:
            return None
        attempt, account = found
        plan = replace(attempt.plan, number=number, sentence=sentence)
        return replace(attempt, plan=plan, pair=replace(attempt.pair, source=sentence)), account

    def remember(self, key: Hashable, outcome: Outcome) -> None:
        if self._patience.remember:
            self._outcomes.put(key, outcome)

    def cache_figures(self) -> CacheFigures:
        return self._outcomes.figures()


def bytes_of(_: Hashable, outcome: Outcome) -> int:
    attempt, _account = outcome
    text = 4 * len(attempt.pair.source.text) + 2 * len(attempt.pair.english)
    return ENTRY_BYTES + text + PART_BYTES * (len(attempt.findings) + len(attempt.pair.mentions))


def keys_of(sentences: Sequence[Sentence], entities: Sequence[Entity]) -> list[Hashable]:
    """For each sentence, everything that its outcome follows from."""
    placed = PlacedMentions(entities)
    taken = words_of(entities) & STAND_IN_WORDS
    return [
        (
            sentence.text,
            taken,
            tuple(
                (mention.start - sentence.start, mention.end - sentence.start, *forms(entity))
                for mention, entity in placed.within(sentence)
            ),
        )
        for sentence in sentences
    ]


def forms(entity: Entity) -> Sequence[Hashable]:
    return entity.id, entity.type, entity.canonical_de, entity.canonical_en, entity.variants, entity.fixed
