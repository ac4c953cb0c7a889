"""The mentions of an article as they stand in its text, for stages that go through it sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.entities.model import Entity, Mention
from service.segmentation.model import Sentence


class PlacedMentions:
    """Every mention of the entities with its entity, in text order."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        placed = [(mention, entity) for entity in entities for mention in entity.mentions]
        self._placed = sorted(placed, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._placed]

    def within(self, sentence: Sentence) -> Iterator[tuple[Mention, Entity]]:
        """Those that lie in the sentence as a whole; takes time for these alone."""
        first = bisect_left(self._starts, sentence.start)
        last = bisect_left(self._starts, sentence.end)
        return (placed for placed in self._placed[first:last] if placed[0].end <= sentence.end)
