"""Texts of fixed length in both languages, from the sentences of a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from service.entities.model import Entity
from service.pipeline.results import CheckedSentence
from service.summarization.slots import SlotSentence, SlotText, fill_slots, slot_names


def fill(
    slots: Sequence[str], sentences: Sequence[CheckedSentence], entities: Sequence[Entity]
) -> tuple[SlotText, ...]:
    """Texts of fixed length from the sentences that no check blocked. Raises UnknownSlot."""
    by_id = {entity.id: entity for entity in entities}
    kept = [index for index, sentence in enumerate(sentences) if sentence.verdict != "blocked"]
    texts = fill_slots(slots, [slot_sentence(sentences[index], by_id) for index in kept])
    return tuple(replace(text, sentences=tuple(kept[index] for index in text.sentences)) for text in texts)


def slot_sentence(sentence: CheckedSentence, entities: Mapping[str, Entity]) -> SlotSentence:
    pair = sentence.pair
    german = [
        name
        for mention in pair.mentions
        for name in slot_names(entities[mention.entity], pair.source.text, [mention.source], "de")
    ]
    english = [
        name
        for mention in pair.mentions
        if mention.target
        for name in slot_names(entities[mention.entity], pair.english, [mention.target], "en")
    ]
    in_order = attrgetter("start")
    return SlotSentence(
        pair.source.text,
        pair.english,
        sentence.rank,
        tuple(sorted(german, key=in_order)),
        tuple(sorted(english, key=in_order)),
    )
