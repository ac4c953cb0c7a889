"""Full names in square brackets where the summary first speaks of somebody by surname only."""

from __future__ import annotations

import re

import pytest

from service.article.plain import read_text
from service.entities.model import Entity, Mention
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.context import Edit, apply, english_edit, full_names

TEXT = (
    "Andrei Beloussow ist nach Nordkorea gereist. Beloussows Besuch dauert zwei Tage. Am Freitag traf Beloussow Kim. "
    "Das Beloussow-Treffen war geheim."
)
BELOUSSOW = Entity(
    "e1",
    "PER",
    "Andrei Beloussow",
    "Andrei Belousov",
    ("Andrei Beloussow", "Beloussow"),
    tuple(Mention(match.group(), *match.span(), "PER") for match in re.finditer("Andrei Beloussow|Beloussows?", TEXT)),
)


def chosen(*indices: int) -> list[Sentence]:
    sentences = segment(read_text(TEXT))
    return [sentences[index] for index in indices]


def shown(*indices: int) -> list[str]:
    choices = chosen(*indices)
    edits = full_names(choices, [BELOUSSOW])
    return [
        apply(choice.text, [edit for edit in edits if edit.sentence == index]) for index, choice in enumerate(choices)
    ]


def test_a_surname_that_comes_first_becomes_the_full_name() -> None:
    assert shown(2) == ["Am Freitag traf [Andrei Beloussow] Kim."]


def test_a_genitive_keeps_its_ending() -> None:
    assert shown(1) == ["[Andrei Beloussows] Besuch dauert zwei Tage."]


def test_only_the_first_mention_is_edited() -> None:
    assert shown(1, 2)[1] == "Am Freitag traf Beloussow Kim."


def test_nothing_to_do_when_the_full_name_comes_first() -> None:
    assert full_names(chosen(0, 1, 2), [BELOUSSOW]) == ()


def test_a_name_inside_a_compound_is_left_alone() -> None:
    assert shown(3) == ["Das Beloussow-Treffen war geheim."]


def test_places_and_organisations_are_left_alone() -> None:
    place = Entity("e1", "LOC", "Republik Nordkorea", "Republic of North Korea", (), BELOUSSOW.mentions)
    assert full_names(chosen(2), [place]) == ()


def test_the_source_stays_exact_and_the_edit_says_what_was_done() -> None:
    choices = chosen(2)
    (edit,) = full_names(choices, [BELOUSSOW])
    sentence = choices[0]
    assert sentence.text[edit.start : edit.end] == edit.before == "Beloussow"
    assert TEXT[sentence.start : sentence.end] == sentence.text
    assert edit == Edit(0, "e1", 16, 25, "Beloussow", "[Andrei Beloussow]")


@pytest.mark.parametrize(
    ("english", "name", "expected"),
    [
        ("On Friday Belousov met Kim.", "Belousov", "On Friday [Andrei Belousov] met Kim."),
        ("Belousov's visit lasts two days.", "Belousov's", "[Andrei Belousov's] visit lasts two days."),
        ("On Friday Andrei Belousov met Kim.", "Andrei Belousov", "On Friday Andrei Belousov met Kim."),
    ],
)
def test_english_says_the_same(english: str, name: str, expected: str) -> None:
    (edit,) = full_names(chosen(2), [BELOUSSOW])
    start = english.index(name)
    answer = english_edit(edit, english, (start, start + len(name)), BELOUSSOW)
    assert apply(english, [answer] if answer else []) == expected
