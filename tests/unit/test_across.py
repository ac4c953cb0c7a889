"""Names of several articles: one person in many writings is one, and a shared surname makes nobody the same."""

from __future__ import annotations

import re

from service.article.model import Article, Block
from service.entities.across import merge
from service.entities.chains import chain
from service.entities.model import Entity
from tests.unit.marked import read_marked


def entities_of(marked: str) -> tuple[Entity, ...]:
    """The entities of an article in which mentions are written [Angela Merkel|PER]."""
    text, mentions = read_marked(marked)
    return chain(
        Article(text, tuple(Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", text))), mentions
    )


def merged(*marked: str) -> list[dict[str, str]]:
    """For each article its names by the text of their first mention, with their ids."""
    return [
        {entity.mentions[0].text: entity.id for entity in entities}
        for entities in merge([entities_of(article) for article in marked])
    ]


def test_transcriptions_of_one_person_are_one_in_all_articles():
    first, second, third = merged(
        "[Andrei Belousov|PER] kam nach [Pjöngjang|LOC].",
        "[Andrei Beloussow|PER] traf [No Kwang Cho|PER].",
        "Später sprach [Andrej Beloussow|PER] mit [No Kwang Chol|PER].",
    )
    assert first["Andrei Belousov"] == second["Andrei Beloussow"] == third["Andrej Beloussow"]
    assert second["No Kwang Cho"] == third["No Kwang Chol"]


def test_two_people_who_share_a_surname_stay_two():
    first, second, third = merged(
        "[Peter Müller|PER] sprach in [Saarbrücken|LOC].",
        "[Anna Müller|PER] sprach in [Saarbrücken|LOC].",
        "[Müller|PER] schwieg in [Saarbrücken|LOC].",
    )
    assert len({first["Peter Müller"], second["Anna Müller"], third["Müller"]}) == 3


def test_a_surname_alone_is_its_bearer_where_the_articles_tell_of_the_same_people():
    first, second = merged(
        "[Kim Jong-un|PER] und [Putin|PER] unterzeichneten einen Vertrag.",
        "[Wladimir Putin|PER] traf [Kim Jong Un|PER] in [Peking|LOC].",
    )
    assert first["Putin"] == second["Wladimir Putin"]
    assert first["Kim Jong-un"] == second["Kim Jong Un"]


def test_a_surname_alone_stays_alone_where_the_articles_tell_of_other_things():
    first, second = merged(
        "[Thomas Müller|PER] schoss das Tor für [Bayern München|ORG] gegen [Werder Bremen|ORG].",
        "Der Abgeordnete [Müller|PER] der [SPD|ORG] sprach in [Berlin|LOC] über die Rente.",
    )
    assert first["Thomas Müller"] != second["Müller"]


def test_a_surname_that_its_own_article_kept_apart_stays_apart():
    first, second = merged(
        "[Peter Müller|PER] kam mit [Angela Merkel|PER].\n[Anna Müller|PER] kam.\n[Müller|PER] blieb.",
        "[Peter Müller|PER] traf [Angela Merkel|PER].",
    )
    assert first["Peter Müller"] == second["Peter Müller"]
    assert first["Müller"] not in (first["Peter Müller"], first["Anna Müller"])


def test_an_initial_is_not_enough_for_a_stranger():
    first, second = merged("[Anna Berg|PER] sprach in [Köln|LOC].", "[A. Berg|PER] sprach in [Passau|LOC].")
    assert first["Anna Berg"] != second["A. Berg"]


def test_the_known_writing_and_all_forms_are_shared_and_mentions_are_each_articles_own():
    first, second = merge(
        [
            entities_of("[Kim Yong-un|PER] sprach. [Kim|PER] schwieg. [Kim|PER] ging."),
            entities_of("[Kim Jong-un|PER] kam."),
        ]
    )
    assert {first[0].canonical_de, second[0].canonical_de} == {"Kim Jong-un"}
    assert {"Kim", "Kim Yong-un"} <= set(second[0].variants)
    assert [mention.text for mention in first[0].mentions] == ["Kim Yong-un", "Kim", "Kim"]
    assert first[0].why


def test_a_town_and_its_inflected_or_foreign_forms_are_one():
    first, second = merged("[Kiews|LOC] Bürgermeister kam.", "In [Kyjiw|LOC] und [Kiew|LOC] fiel der Strom aus.")
    assert first["Kiews"] == second["Kyjiw"]


def test_ids_count_names_in_order_over_all_articles():
    first, second = merged("[Berlin|LOC] und [Köln|LOC].", "[Köln|LOC] und [Passau|LOC].")
    assert list(first.values()) == ["e1", "e2"]
    assert list(second.values()) == ["e2", "e3"]


def test_no_articles_and_articles_without_names():
    assert merge([]) == ()
    assert merge([(), ()]) == ((), ())
