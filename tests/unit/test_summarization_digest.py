"""A digest tells once what several articles share, names its sources, and shows where their figures differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.article.plain import read_text
from service.entities.across import merge
from service.entities.model import Entity, Mention
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.budget import BY_LENGTH, Budget
from service.summarization.digest import DigestArticle, digest
from service.summarization.figures import figures_in
from tests.unit.digest_sample import FLOOD, FLOOD_TOO, FOOTBALL


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


def together(*articles: DigestArticle) -> list[DigestArticle]:
    """The articles with one id for each name, as the service gives them."""
    shared = merge([each.entities for each in articles])
    return [replace(each, entities=entities) for each, entities in zip(articles, shared, strict=True)]


def test_a_shared_fact_is_told_once_with_its_source() -> None:
    answer = digest([read(FLOOD), read(FLOOD_TOO)], Budget(4))
    told = [sentence for sentence in answer.sentences if "Wohnungen" in sentence.chosen.sentence.text]
    assert len(told) == 1
    (source,) = told[0].sources
    assert {told[0].article, source.article} == {0, 1}
    assert "Wohnungen" in source.sentence.text


def test_what_both_say_ranks_above_what_one_says() -> None:
    answer = digest([read(FLOOD_TOO), read(FLOOD)], Budget(1))
    assert "Wohnungen" in answer.sentences[0].chosen.sentence.text


def test_figures_that_differ_are_shown_side_by_side() -> None:
    (disagreement,) = digest([read(FLOOD), read(FLOOD_TOO)], BY_LENGTH).disagreements
    assert disagreement.counted == "Menschen"
    assert [(article, figure.text) for article, figure in disagreement.figures] == [
        (0, "mehr als 2.000 Menschen"),
        (1, "rund 1.500 Menschen"),
    ]
    figure = disagreement.figures[0][1]
    assert FLOOD[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    ("one", "other", "figures"),
    [
        (
            "Beim Erdbeben in der Türkei sind mindestens 34 Menschen ums Leben gekommen, teilte die Behörde mit.",
            "Die Zahl der Toten beim Erdbeben in der Türkei ist auf 41 gestiegen, teilte die Behörde mit.",
            ["mindestens 34 Menschen", "41"],
        ),
        (
            "Das Erdbeben in der Türkei forderte 34 Tote und 80 Verletzte.",
            "Beim Erdbeben in der Türkei starben 41 Personen, 80 Menschen wurden verletzt.",
            ["34 Tote", "41 Personen"],
        ),
        (
            "Der Umbau des Bahnhofs kostet 8,2 Milliarden Euro.",
            "Der Umbau des Bahnhofs kostet 9.000 Mio. Euro.",
            ["8,2 Milliarden Euro", "9.000 Mio. Euro"],
        ),
        (
            "Die Preise stiegen im Mai um 2,1 Prozent nach 1,8 Prozent im April.",
            "Die Preise stiegen im Mai um 2,1 %, im April waren es 1,9 %.",
            ["1,8 Prozent", "1,9 %"],
        ),
        (
            "Die Temperatur stieg in Kiel auf 38 Grad.",
            "Die Temperatur stieg in Kiel auf 40 Grad Celsius.",
            ["38 Grad", "40 Grad Celsius"],
        ),
    ],
)
def test_figures_meet_whatever_the_words_for_what_they_count(one: str, other: str, figures: list[str]) -> None:
    (disagreement,) = digest([read(one), read(other)], BY_LENGTH).disagreements
    assert [figure.text for _, figure in disagreement.figures] == figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Der Umbau des Bahnhofs kostet 8,2 Milliarden Euro.", "Der Umbau des Bahnhofs kostet 8.200 Millionen Euro."),
        ("Das Beben in der Türkei forderte 34 Tote.", "Beim Beben in der Türkei wurden 80 Menschen verletzt."),
        ("Tausende Menschen demonstrierten in Köln.", "Rund 12.000 Menschen demonstrierten in Köln."),
    ],
)
def test_figures_that_agree_or_count_other_things_do_not_differ(one: str, other: str) -> None:
    assert digest([read(one), read(other)], BY_LENGTH).disagreements == ()


def test_three_figures_for_one_thing_are_one_disagreement_whatever_the_order() -> None:
    third = "In Passau mussten nach dem Hochwasser 1.800 Menschen ihre Wohnungen verlassen."
    for articles in ([FLOOD, FLOOD_TOO, third], [third, FLOOD, FLOOD_TOO], [FLOOD, third, FLOOD_TOO]):
        (disagreement,) = digest([read(article) for article in articles], BY_LENGTH).disagreements
        assert sorted(figure.value for _, figure in disagreement.figures) == [1500, 1800, 2000]
        assert [article for article, _ in disagreement.figures] == [0, 1, 2]


def test_twenty_copies_are_told_once() -> None:
    answer = digest([read(FLOOD)] * 20, Budget(12))
    texts = [sentence.chosen.sentence.text for sentence in answer.sentences]
    assert len(texts) == len(set(texts)) == 3
    assert all(len(sentence.sources) == 19 for sentence in answer.sentences)
    assert answer.disagreements == ()
    assert answer.groups == (tuple(range(20)),)


def test_unrelated_articles_support_nothing() -> None:
    answer = digest([read(FLOOD), read(FOOTBALL)], Budget(5))
    assert all(sentence.sources == () for sentence in answer.sentences)
    assert answer.groups == ((0,), (1,))


def test_a_name_alone_is_no_support() -> None:
    one = read("Andrei Beloussow besuchte eine Fabrik in Omsk.", ("Andrei Beloussow", "Andrei Belousov"))
    other = read("Andrei Belousov sprach über Weizen.", ("Andrei Belousov", "Andrei Belousov"))
    assert digest(together(one, other), Budget(2)).groups == ((0,), (1,))


def test_two_names_and_a_word_are_support() -> None:
    people = ("Andrei Beloussow", "Andrei Belousov"), ("No Kwang Chol", "No Kwang Chol")
    one = read("Andrei Beloussow traf am Freitag den nordkoreanischen Minister No Kwang Chol.", *people)
    other = read("Beim Nordkoreaner No Kwang Chol war am Freitag Andrei Beloussow zu Gast.", *people)
    assert digest(together(one, other), Budget(2)).groups == ((0, 1),)


def test_what_several_articles_tell_comes_first_and_what_leans_stays_behind_its_antecedent() -> None:
    alone = (
        "Der Rektor Jens Wolf eröffnete in Hof eine Schule. Er dankte dort den Lehrern der neuen Schule. "
        "In Hof fiel am Abend Schnee."
    )
    answer = digest([read(alone), read(FLOOD), read(FLOOD_TOO)], Budget(8))
    told = [sentence.chosen.sentence.text for sentence in answer.sentences]
    assert "Wohnungen" in told[0]
    at = next(index for index, text in enumerate(told) if text.startswith("Er dankte"))
    assert told[at - 1].startswith("Der Rektor")


def test_spellings_of_one_person_meet() -> None:
    one = read("Andrei Beloussow ist am Freitag in Pjöngjang gelandet.", ("Andrei Beloussow", "Andrei Belousov"))
    other = read("Andrej Belousov ist in der Stadt Pjöngjang gelandet.", ("Andrej Belousov", "Andrei Belousov"))
    assert digest(together(one, other), Budget(2)).groups == ((0, 1),)


def test_articles_without_sentences() -> None:
    answer = digest([read("Regierung stürzt\nNeuwahl im Herbst"), read("Sturm im Norden\nKeine Züge")], BY_LENGTH)
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
