"""Makes chosen sentences clear where they now stand: a surname that comes before its full name gets the full name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.entities import persons
from service.entities.model import Entity, Mention
from service.entities.spelling import without_genitive
from service.summarization.model import ChosenSentence

JOINED = "-‐‑–["  # a name inside a compound (Kim-Besuch) cannot take brackets, one in brackets needs none


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end] == before` in the sentence's own text, code points; the reader sees `after`.

    The sentence itself and its place in the article stay as they are: an edit touches only what is shown.
    """

    sentence: int  # index among the chosen sentences
    entity: str
    start: int
    end: int
    before: str
    after: str


def full_names(chosen: Sequence[ChosenSentence], entities: Sequence[Entity]) -> tuple[Edit, ...]:
    """An edit for each person whom the summary first calls by a part of the name: “Kim” becomes “[Kim Jong-un]”.

    In article order. English gets the same by `english_edit`, where the name was found in the translation.
    """
    people = [entity for entity in entities if entity.type == "PER"]
    edits = [edit for person in people if (edit := _introduction(person, chosen)) is not None]
    return tuple(sorted(edits, key=lambda edit: (edit.sentence, edit.start)))


def introduced(name: str, full_name: str, genitive: str) -> str | None:
    """ "Kims" gives "[Kim Jong-uns]"; None for a name that says all its bearer is called by."""
    bare = name if name.split()[-1] in full_name.split() else without_genitive(name) or name
    if len(bare.split()) >= len(full_name.split()) or persons.parse(bare).is_full:
        return None
    return f"[{full_name}]" if bare == name else f"[{full_name}{genitive}]"


def english_edit(edit: Edit, english: str, span: tuple[int, int], entity: Entity) -> Edit | None:
    """The same edit in the English sentence, where the name stands at `span`; None if the full name stands there."""
    before = english[slice(*span)]
    after = introduced(before, entity.canonical_en, "’s" if before.endswith("’s") else "'s")
    return None if after is None else Edit(edit.sentence, edit.entity, *span, before, after)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text of one sentence as the reader sees it; its edits must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


def _introduction(person: Entity, chosen: Sequence[ChosenSentence]) -> Edit | None:
    for index, choice in enumerate(chosen):
        for mention in person.mentions:
            if choice.sentence.start <= mention.start and mention.end <= choice.sentence.end:
                return _edit(person, index, choice, mention)
    return None


def _edit(person: Entity, index: int, choice: ChosenSentence, mention: Mention) -> Edit | None:
    text = choice.sentence.text
    start, end = mention.start - choice.sentence.start, mention.end - choice.sentence.start
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    after = introduced(mention.text, person.canonical_de, "s")
    if after is None or any(mark in JOINED for mark in around):
        return None
    return Edit(index, person.id, start, end, mention.text, after)
