"""A digest tells once what several articles share, names its sources, and shows where their figures differ."""

from __future__ import annotations

import pytest

from service.article.plain import read_text
from service.entities.model import Entity, Mention
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.digest import DigestArticle, digest
from service.summarization.figures import figures_in

FLOOD = (
    "Nach dem Hochwasser in Passau haben mehr als 2.000 Menschen ihre Wohnungen verlassen müssen. "
    "Die Feuerwehr pumpte in der Nacht zahlreiche Keller aus. Der Freistaat sagte schnelle Hilfe zu."
)
FLOOD_TOO = (
    "Die Pegel der Donau sinken wieder. Wegen des Hochwassers mussten in Passau rund 1.500 Menschen ihre Wohnungen "
    "verlassen. Ministerin Anna Berg besuchte die Altstadt."
)
FOOTBALL = "Der Torwart wechselt im Sommer nach Bremen. Der Vertrag läuft drei Jahre."


def read(text: str, *names: tuple[str, str]) -> DigestArticle:
    article = read_text(text)
    entities = tuple(
        Entity(
            f"e{number}",
            "PER",
            german,
            english,
            (german,),
            (Mention(german, text.index(german), text.index(german) + len(german), "PER"),),
        )
        for number, (german, english) in enumerate(names)
    )
    return DigestArticle(article, segment(article), entities)


def test_a_shared_fact_is_told_once_with_its_source() -> None:
    answer = digest([read(FLOOD), read(FLOOD_TOO)], 4)
    told = [sentence for sentence in answer.sentences if "Wohnungen" in sentence.chosen.sentence.text]
    assert len(told) == 1
    (source,) = told[0].sources
    assert {told[0].article, source.article} == {0, 1}
    assert "Wohnungen" in source.sentence.text


def test_what_both_say_ranks_above_what_one_says() -> None:
    answer = digest([read(FLOOD_TOO), read(FLOOD)], 1)
    assert "Wohnungen" in answer.sentences[0].chosen.sentence.text


def test_figures_that_differ_are_shown_side_by_side() -> None:
    (disagreement,) = digest([read(FLOOD), read(FLOOD_TOO)]).disagreements
    assert disagreement.counted == "Menschen"
    assert [(article, figure.text) for article, figure in disagreement.figures] == [
        (0, "mehr als 2.000 Menschen"),
        (1, "rund 1.500 Menschen"),
    ]
    figure = disagreement.figures[0][1]
    assert FLOOD[figure.start : figure.end] == figure.text


def test_twenty_copies_are_told_once() -> None:
    answer = digest([read(FLOOD)] * 20, 12)
    texts = [sentence.chosen.sentence.text for sentence in answer.sentences]
    assert len(texts) == len(set(texts)) == 3
    assert all(len(sentence.sources) == 19 for sentence in answer.sentences)
    assert answer.disagreements == ()
    assert answer.groups == (tuple(range(20)),)


def test_unrelated_articles_support_nothing() -> None:
    answer = digest([read(FLOOD), read(FOOTBALL)], 5)
    assert all(sentence.sources == () for sentence in answer.sentences)
    assert answer.groups == ((0,), (1,))


def test_a_name_alone_is_no_support() -> None:
    one = read("Andrei Beloussow besuchte eine Fabrik in Omsk.", ("Andrei Beloussow", "Andrei Belousov"))
    other = read("Andrei Belousov sprach über Weizen.", ("Andrei Belousov", "Andrei Belousov"))
    assert digest([one, other], 2).groups == ((0,), (1,))


def test_spellings_of_one_person_meet() -> None:
    one = read("Andrei Beloussow ist am Freitag in Pjöngjang gelandet.", ("Andrei Beloussow", "Andrei Belousov"))
    other = read("Belousov ist in der Stadt Pjöngjang gelandet.", ("Belousov", "Belousov"))
    assert digest([one, other], 2).groups == ((0, 1),)


def test_articles_without_sentences() -> None:
    answer = digest([read("Regierung stürzt\nNeuwahl im Herbst"), read("Sturm im Norden\nKeine Züge")])
    assert (answer.sentences, answer.groups) == ((), ((0,), (1,)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es kamen mehr als 10.000 Soldaten.", ("mehr als 10.000 Soldaten", 10_000)),
        ("Der Bau kostet 3,2 Milliarden Euro.", ("3,2 Milliarden Euro", 3.2e9)),
        ("Dort leben zwei Millionen Menschen.", ("zwei Millionen Menschen", 2e6)),
        ("Gefunden wurden fünf Boote.", ("fünf Boote", 5)),
        ("Die Preise stiegen um 4,5 Prozent.", ("4,5 Prozent", 4.5)),
    ],
)
def test_figures_with_what_they_count(text: str, expected: tuple[str, float]) -> None:
    (figure,) = figures_in(Sentence(text, 0, len(text), 0))
    assert (figure.text, figure.value) == expected


def test_dates_are_no_figures() -> None:
    text = "Am 3. Mai 2024 um 15.30 Uhr begann die Sitzung."
    assert figures_in(Sentence(text, 0, len(text), 0)) == ()
