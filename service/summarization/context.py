"""Makes chosen sentences clear where they now stand: a surname that comes before its full name gets the full name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.entities import persons
from service.entities.model import Entity, Mention
from service.entities.spelling import without_genitive
from service.segmentation.model import Sentence

Span = tuple[int, int]
JOINED = "-‐‑–["  # a name inside a compound (Kim-Besuch) cannot take brackets, one in brackets needs none


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end] == before` in the sentence's own text, code points; the reader sees `after`.

    The sentence itself and its place in the article stay as they are: an edit touches only what is shown.
    """

    sentence: int  # its index in the summary
    entity: str
    start: int
    end: int
    before: str
    after: str


def full_names(sentences: Sequence[Sentence], entities: Sequence[Entity]) -> tuple[Edit, ...]:
    """An edit for each person whom the summary first calls by a part of the name: “Kim” becomes “[Kim Jong-un]”.

    In article order. English gets the same by `english_edit`, where the name was found in the translation.
    """
    people = [entity for entity in entities if entity.type == "PER"]
    edits = [edit for person in people if (edit := _introduction(person, sentences)) is not None]
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


def moved(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a span of the sentence stands once the edits are made; the name itself stands inside its brackets."""
    start, end = span
    for edit in edits:
        if edit.start <= span[0] and span[1] <= edit.end:
            first = edit.start + _longer_before(edit.start, edits)
            return first + 1, first + len(edit.after) - 1
    return start + _longer_before(start, edits), end + _longer_before(end, edits)


def _longer_before(place: int, edits: Sequence[Edit]) -> int:
    """How many code points the edits before `place` add; one that `place` cuts counts as a whole."""
    return sum(len(edit.after) - (edit.end - edit.start) for edit in edits if edit.start < place)


def _introduction(person: Entity, sentences: Sequence[Sentence]) -> Edit | None:
    for index, sentence in enumerate(sentences):
        for mention in person.mentions:
            if sentence.holds(mention.start, mention.end):
                return _edit(person, index, sentence, mention)
    return None


def _edit(person: Entity, index: int, sentence: Sentence, mention: Mention) -> Edit | None:
    start, end = mention.start - sentence.start, mention.end - sentence.start
    around = sentence.text[max(0, start - 1) : start] + sentence.text[end : end + 1]
    after = introduced(mention.text, person.canonical_de, "s")
    if after is None or any(mark in JOINED for mark in around):
        return None
    return Edit(index, person.id, start, end, mention.text, after)
