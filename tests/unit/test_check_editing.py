"""A checked pair with its full names: every place moves with the text."""

from __future__ import annotations

from service.alignment.model import Change, MentionPair, SentencePair
from service.checks.editing import Edited, edited
from service.checks.model import Finding
from service.entities.model import Entity
from service.segmentation.model import Sentence
from service.summarization.context import Edit

GERMAN = "Am Freitag traf Beloussow Kim in Moskau."
ENGLISH = "On Friday Belousov met Kim in Moscow."
ENTITIES = {
    "e1": Entity("e1", "PER", "Andrei Beloussow", "Andrei Belousov", (), ()),
    "e2": Entity("e2", "PER", "Kim Jong-un", "Kim Jong Un", (), ()),
    "e3": Entity("e3", "LOC", "Moskau", "Moscow", (), ()),
}
EDITS = (Edit(0, "e1", 16, 25, "Beloussow", "[Andrei Beloussow]"), Edit(0, "e2", 26, 29, "Kim", "[Kim Jong-un]"))


def shown(english: str = ENGLISH, findings: tuple[Finding, ...] = (), changes: tuple[Change, ...] = ()) -> Edited:
    def place(german: str, other: str, entity: str) -> MentionPair:
        start, at = GERMAN.index(german), english.find(other)
        return MentionPair(entity, (start, start + len(german)), None if at < 0 else (at, at + len(other)), "canonical")

    mentions = (place("Beloussow", "Belousov", "e1"), place("Kim", "Kim", "e2"), place("Moskau", "Moscow", "e3"))
    at = english.find("Moscow")
    doubts = ((at, at + len("Moscow")),)
    pair = SentencePair(Sentence(GERMAN, 100, 100 + len(GERMAN), 0), english, mentions, changes, unlikely=doubts)
    return edited(pair, findings, EDITS, ENTITIES)


def test_both_languages_say_the_full_names() -> None:
    pair = shown().pair
    assert pair.source.text == "Am Freitag traf [Andrei Beloussow] [Kim Jong-un] in Moskau."
    assert pair.english == "On Friday [Andrei Belousov] met [Kim Jong Un] in Moscow."
    assert (pair.source.start, pair.source.end) == (100, 100 + len(GERMAN)), "the place in the article stays"


def test_every_name_is_found_inside_its_brackets() -> None:
    pair = shown().pair
    assert [pair.source.text[slice(*mention.source)] for mention in pair.mentions] == [
        "Andrei Beloussow",
        "Kim Jong-un",
        "Moskau",
    ]
    assert [pair.english[slice(*mention.target or (0, 0))] for mention in pair.mentions] == [
        "Andrei Belousov",
        "Kim Jong Un",
        "Moscow",
    ]


def test_each_edit_says_what_stood_there() -> None:
    made = shown()
    for edit in made.edits:
        text = made.pair.source.text if edit.language == "de" else made.pair.english
        assert text[edit.start : edit.end] == edit.after
    assert [edit.before for edit in made.edits] == ["Beloussow", "Kim", "Belousov", "Kim"]


def test_a_name_without_a_counterpart_is_edited_in_german_only() -> None:
    made = shown("On Friday the minister met Kim in Moscow.")
    assert [(edit.language, edit.before) for edit in made.edits] == [("de", "Beloussow"), ("de", "Kim"), ("en", "Kim")]


def test_findings_and_changes_move_along() -> None:
    finding = Finding("dates", "review", (3, 10), (3, 9), None)
    place = Finding("names", "review", (33, 39), (30, 36), None)
    change = Change("e1", "Bjelousow", "Belousov", 10, 18)
    made = shown(findings=(finding, place), changes=(change,))
    assert made.findings[0] == finding
    assert made.pair.source.text[slice(*made.findings[1].de or (0, 0))] == "Moskau"
    assert made.pair.english[slice(*made.findings[1].en or (0, 0))] == "Moscow"
    (doubt,) = made.pair.doubts
    assert made.pair.english[slice(*doubt)] == "Moscow"
    (moved,) = made.pair.changes
    assert made.pair.english[moved.start : moved.end] == "Belousov"
