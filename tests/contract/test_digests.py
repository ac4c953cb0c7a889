"""`POST /v1/digests`: the sample articles, what supports each sentence, and articles that make no digest."""

from __future__ import annotations

import re

import pytest

from service.api.digests import MOST_ARTICLES
from service.places import SEEDS
from tests.contract.test_bad_input import ENGLISH, problem
from tests.contract.test_summaries import ENCODINGS, cut, without_edits
from tests.unit.digest_sample import FLOOD, FLOOD_TOO, FOOTBALL


def texts(*articles: str) -> list[dict[str, str]]:
    return [{"text": article} for article in articles]


@pytest.fixture(scope="module")
def seeds() -> list[dict[str, str]]:
    return [{"id": path.stem[:3], "text": path.read_text(encoding="utf-8")} for path in sorted(SEEDS.glob("*.txt"))]


def codes(answer: dict) -> list[str]:
    return [warning["code"] for warning in answer["warnings"]]


@pytest.mark.parametrize("unit", ENCODINGS)
def test_every_source_and_mention_stands_in_its_own_article(client, seeds, unit):
    articles = [{**article, "text": f"{article['text']}\nEin Gruß 🎉 aus Köln."} for article in seeds]
    answer = client.post("/v1/digests", json={"articles": articles, "offset_unit": unit}).json
    documents = {article["id"]: article["document"]["text"] for article in answer["articles"]}
    assert documents == {article["id"]: article["text"] for article in articles}
    for sentence in answer["summary"]["sentences"]:
        own, *others = sentence["sources"]
        assert own["quote"]["exact"] == without_edits(sentence, "de", unit) and own["likeness"] == 1
        assert own["article"] not in [source["article"] for source in others]
        for source in sentence["sources"]:
            quote = source["quote"]
            assert cut(documents[source["article"]], source["start"], source["end"], unit) == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in documents[source["article"]]
    for entity in answer["entities"]:
        for mention in entity["mentions"]:
            where, _, language = mention["in"].partition(".")
            text = (
                documents[mention["article"]]
                if where == "document"
                else answer["summary"]["sentences"][mention["sentence"]][language]["text"]
            )
            name = cut(text, mention["start"], mention["end"], unit)
            assert name and name == name.strip()


def test_people_of_the_sample_articles_are_one_in_all_three_whatever_their_spelling(client, seeds):
    entities = client.post("/v1/digests", json={"articles": seeds}).json["entities"]
    people = {entity["canonical"]["en"]: entity for entity in entities if entity["type"] == "PER"}
    assert sorted(people) == [
        "Andrei Belousov", "Kim Jong Un", "No Kwang Chol", "Shin Won-sik", "Vladimir Putin", "Xi Jinping"
    ]  # fmt: skip
    assert sum(entity["type"] == "PER" for entity in entities) == len(people)
    for name, articles in (("Andrei Belousov", 2), ("Kim Jong Un", 3), ("Vladimir Putin", 3), ("No Kwang Chol", 2)):
        assert len({mention["article"] for mention in people[name]["mentions"] if "article" in mention}) == articles


def test_sentences_of_the_digest_are_checked_and_supported(client, seeds):
    answer = client.post("/v1/digests", json={"articles": seeds, "sentences": 6}).json
    assert answer["clusters"][0] == {"articles": ["000", "001", "003"]}
    sentences = answer["summary"]["sentences"]
    assert len(sentences) == 6
    assert sum(len(sentence["sources"]) > 1 for sentence in sentences) >= 2
    assert all({check["kind"] for check in sentence["checks"]} >= {"numbers", "names"} for sentence in sentences)


def test_a_name_has_one_english_spelling_in_the_whole_digest(client, seeds):
    english = client.post("/v1/digests", json={"articles": seeds, "sentences": 12}).json["summary"]["en"]["text"]
    assert "Kim Jong Un" in english
    assert not re.search(r"Kim Jong-un|Kim Yong|Beloussow", english)


def test_figures_that_differ_stand_side_by_side(client):
    answer = client.post("/v1/digests", json={"articles": texts(FLOOD, FLOOD_TOO)}).json
    (disagreement,) = answer["disagreements"]
    assert disagreement["counted"] == "Menschen"
    assert [(figure["article"], figure["value"], figure["quote"]["exact"]) for figure in disagreement["figures"]] == [
        ("a1", 2000, "mehr als 2.000 Menschen"),
        ("a2", 1500, "rund 1.500 Menschen"),
    ]
    start, end = (disagreement["figures"][1][key] for key in ("start", "end"))
    assert FLOOD_TOO[start:end] == "rund 1.500 Menschen"


def test_an_article_that_is_not_german_is_a_problem_entry_and_the_rest_is_answered(client):
    answer = client.post("/v1/digests", json={"articles": texts(FLOOD, ENGLISH, FLOOD_TOO)})
    assert answer.status_code == 200
    first, second, third = answer.json["articles"]
    assert (first["problem"], third["problem"], second["document"]) == (None, None, None)
    assert (second["id"], second["problem"]["code"], second["problem"]["status"]) == ("a2", "not_german", 422)
    assert second["problem"]["errors"][0]["pointer"] == "/articles/1"
    assert answer.json["clusters"] == [{"articles": ["a1", "a3"]}]


def test_twenty_copies_of_one_article_are_told_once(client):
    answer = client.post("/v1/digests", json={"articles": texts(*[FLOOD] * 20), "sentences": 12}).json
    sentences = answer["summary"]["sentences"]
    assert [len(sentence["sources"]) for sentence in sentences] == [20] * 3
    assert answer["disagreements"] == []
    assert len(answer["clusters"]) == 1
    assert codes(answer) == ["fewer_sentences"]


def test_unrelated_articles_are_told_apart_and_the_answer_says_so(client):
    answer = client.post("/v1/digests", json={"articles": texts(FLOOD, FOOTBALL)}).json
    assert answer["clusters"] == [{"articles": ["a1"]}, {"articles": ["a2"]}]
    assert "nothing_shared" in codes(answer)
    assert all(len(sentence["sources"]) == 1 for sentence in answer["summary"]["sentences"])


def test_articles_of_headings_alone_make_a_digest_of_nothing(client):
    answer = client.post(
        "/v1/digests", json={"articles": texts("Regierung stürzt\nNeuwahl", "Sturm im Norden\nKeine Züge")}
    ).json
    assert answer["summary"]["sentences"] == []
    assert codes(answer) == ["nothing_shared", "no_summary_sentence"]


@pytest.mark.parametrize("others", [(), (ENGLISH,), ("", ENGLISH, "wort " * 30_000)])
def test_fewer_than_two_articles_that_can_be_worked_on(client, others):
    response = client.post("/v1/digests", json={"articles": texts(FLOOD, *(others or (" ",)))})
    document = problem(response, 422, "too_few_articles")
    assert [error["pointer"] for error in document["errors"]] == [f"/articles/{n + 1}" for n in range(len(others) or 1)]


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({}, "/articles"),
        ({"articles": texts(FLOOD)}, "/articles"),
        ({"articles": texts(*["Ein Satz."] * (MOST_ARTICLES + 1))}, "/articles"),
        ({"articles": [FLOOD, FLOOD_TOO]}, "/articles/0"),
        ({"articles": [{"text": FLOOD}, {}]}, "/articles/1"),
        ({"articles": [{"text": FLOOD, "id": "a2"}, {"text": FLOOD_TOO}]}, ""),
        ({"articles": texts(FLOOD, FLOOD_TOO), "sentences": 13}, "/sentences"),
        ({"articles": texts(FLOOD, FLOOD_TOO), "slots": ["push"]}, "/slots"),
    ],
)
def test_each_fault_is_pointed_at(client, members, pointer):
    document = problem(client.post("/v1/digests", json=members), 422, "invalid_request")
    assert pointer in [error["pointer"] for error in document["errors"]]


def test_a_digest_is_asked_for_in_json_and_without_a_query(client):
    problem(client.post("/v1/digests", data=FLOOD, content_type="text/plain"), 415, "unsupported_media_type")
    response = client.post("/v1/digests?sentences=2", json={"articles": texts(FLOOD, FLOOD_TOO)})
    assert problem(response, 422, "invalid_request")["errors"][0]["parameter"] == "sentences"


def test_a_glossary_holds_for_all_articles(client):
    glossary = [{"de": "Passau", "en": "Passau on the Danube"}]
    answer = client.post("/v1/digests", json={"articles": texts(FLOOD, FLOOD_TOO), "glossary": glossary}).json
    assert [entry["status"] for entry in answer["glossary"]] == ["applied"]
    assert "Passau on the Danube" in [entity["canonical"]["en"] for entity in answer["entities"]]


def test_html_articles_and_titles(client):
    articles = [{"html": f"<p>{FLOOD}</p>", "title": "Hochwasser"}, {"text": FLOOD_TOO}]
    answer = client.post("/v1/digests", json={"articles": articles}).json
    assert answer["articles"][0]["document"]["title"] == "Hochwasser"
    assert answer["articles"][0]["document"]["text"] == FLOOD
