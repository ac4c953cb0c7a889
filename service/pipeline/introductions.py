"""Persons by their full names where a summary first has them, within the length that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.checks.editing import edited
from service.entities.model import Entity
from service.pipeline.results import CheckedSentence
from service.summarization.budget import Budget, within
from service.summarization.context import Edit, full_names


def introduced_within(
    sentences: Sequence[CheckedSentence], entities: Sequence[Entity], budget: Budget
) -> tuple[CheckedSentence, ...]:
    """The sentences that keep the budget, with persons introduced by their full names if there is room for these."""
    kept = keep_budget(sentences, budget)
    shown = introduced(kept, entities)
    return shown if len(keep_budget(shown, budget)) == len(shown) else kept


def introduced(sentences: Sequence[CheckedSentence], entities: Sequence[Entity]) -> tuple[CheckedSentence, ...]:
    """The sentences of a summary, in which each person is first called by the full name."""
    full = full_names([sentence.pair.source for sentence in sentences], entities)
    return tuple(introduce(sentence, number, full, entities) for number, sentence in enumerate(sentences))


def introduce(
    sentence: CheckedSentence, number: int, edits: Sequence[Edit], entities: Sequence[Entity]
) -> CheckedSentence:
    own = [edit for edit in edits if edit.sentence == number]
    if not own:
        return sentence
    made = edited(sentence.pair, sentence.findings, own, {entity.id: entity for entity in entities})
    return replace(sentence, pair=made.pair, findings=made.findings, edits=made.edits, unedited=sentence.pair.source)


def keep_budget(sentences: Sequence[CheckedSentence], budget: Budget) -> tuple[CheckedSentence, ...]:
    """The sentences that keep the budget in English too, which is often longer than the German it was spent on."""
    sides = [[sentence.pair.source.text for sentence in sentences], [sentence.pair.english for sentence in sentences]]
    return tuple(sentences[index] for index in within(budget, sides, [sentence.rank for sentence in sentences]))
