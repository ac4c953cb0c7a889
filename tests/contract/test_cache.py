"""The same question costs nothing twice, and who wants it otherwise says so in `Cache-Control`."""

from __future__ import annotations

import pytest

from service.settings import Settings
from service.store.answers import ENTRY_BYTES, LocalAnswers, StoredAnswer

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
OTHER = "Niemand wurde bei dem Unfall in Köln verletzt, sagte die Polizei am Montag."
QUESTIONS = [
    ("/v1/summaries", {"text": GERMAN, "sentences": 1}),
    ("/v1/translations", {"text": GERMAN}),
    ("/v1/translations", {"segments": [GERMAN]}),
    ("/v1/entities", {"text": GERMAN}),
    ("/v1/digests", {"articles": [{"text": GERMAN}, {"text": OTHER}]}),
]


@pytest.mark.parametrize(("path", "question"), QUESTIONS)
def test_the_same_question_is_answered_with_the_same_answer(client, path, question):
    first, second = client.post(path, json=question), client.post(path, json=question)
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("miss", "hit")
    assert second.data == first.data
    assert "Age" not in first.headers and int(second.headers["Age"]) >= 0


@pytest.mark.parametrize(("path", "question"), QUESTIONS)
def test_an_answer_that_still_holds_is_not_sent_again(client, path, question):
    tag = client.post(path, json=question).headers["ETag"]
    unchanged = client.post(path, json=question, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)


def test_the_tag_does_not_depend_on_what_is_remembered(client, desk):
    from service.app import create_app

    other = create_app(Settings(), desk).test_client()
    tag = client.post("/v1/summaries", json={"text": GERMAN}).headers["ETag"]
    assert other.post("/v1/summaries", json={"text": GERMAN}, headers={"If-None-Match": tag}).status_code == 304
    assert other.post("/v1/summaries", json={"text": OTHER}, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"text": OTHER},
        {"offset_unit": "utf8"},
        {"sentences": 2},
        {"title": "Haushalt"},
        {"slots": ["push"]},
        {"glossary": [{"de": "Berlin", "en": "the capital"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_question_has_another_answer(client, change):
    before = client.post("/v1/summaries", json={"text": GERMAN})
    after = client.post("/v1/summaries", json={"text": GERMAN, **change})
    assert after.headers["X-Cache"] == "miss"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_an_option_that_is_left_out_is_its_default(client):
    client.post("/v1/summaries", json={"text": GERMAN})
    for body in ({"text": GERMAN, "offset_unit": "codepoint"}, {"text": GERMAN, "slots": []}):
        assert client.post("/v1/summaries", json=body).headers["X-Cache"] == "hit"
    plain = {"data": GERMAN.encode(), "headers": {"Content-Type": "text/plain; charset=utf-8"}}
    assert client.post("/v1/summaries", **plain).headers["X-Cache"] == "hit"


def test_a_stored_glossary_that_was_changed_changes_the_answer(client):
    question = {"text": GERMAN, "glossaries": ["haus"]}
    client.put("/v1/glossaries/haus", json={"entries": [{"de": "Berlin", "en": "the capital"}]})
    client.post("/v1/entities", json=question)
    assert client.post("/v1/entities", json=question).headers["X-Cache"] == "hit"
    client.put("/v1/glossaries/haus", json={"entries": [{"de": "Berlin", "en": "Berlin City"}]})
    changed = client.post("/v1/entities", json=question)
    assert changed.headers["X-Cache"] == "miss"
    assert "Berlin City" in changed.get_data(as_text=True)


def test_no_cache_works_it_out_anew_for_everybody(client):
    first = client.post("/v1/summaries", json={"text": GERMAN})
    headers = {"Cache-Control": "no-cache", "If-None-Match": first.headers["ETag"]}
    anew = client.post("/v1/summaries", json={"text": GERMAN}, headers=headers)
    assert (anew.status_code, anew.headers["X-Cache"]) == (200, "miss")
    assert anew.json["id"] != first.json["id"]
    assert client.post("/v1/summaries", json={"text": GERMAN}).json["id"] == anew.json["id"]


def test_no_store_is_neither_read_nor_written_not_even_its_sentences(client, parts):
    secret = "Der geheime Vertrag von Bad Beispielhausen kostet 731 Millionen Euro."
    before = parts.engine.cache_figures(), parts.memory.cache_figures()
    for _ in range(2):
        answer = client.post("/v1/summaries", json={"text": secret}, headers={"Cache-Control": "no-store"})
        assert answer.headers["X-Cache"] == "miss" and "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert (parts.engine.cache_figures(), parts.memory.cache_figures()) == before
    assert client.post("/v1/summaries", json={"text": secret}).headers["X-Cache"] == "miss"
    assert parts.engine.cache_figures().bytes > before[0].bytes
    assert parts.memory.cache_figures().bytes > before[1].bytes


def test_an_answer_may_be_asked_to_be_young(client):
    client.post("/v1/summaries", json={"text": GERMAN})
    for bound, expected in (("max-age=60", "hit"), ("max-age=0", "miss")):
        answer = client.post("/v1/summaries", json={"text": GERMAN}, headers={"Cache-Control": bound})
        assert answer.headers["X-Cache"] == expected, bound


def test_a_refusal_is_not_remembered(client):
    for _ in range(2):
        refused = client.post("/v1/summaries", json={"text": "The cat sat on the mat and looked at the dog."})
        assert refused.status_code == 422
        assert "ETag" not in refused.headers and refused.headers["Cache-Control"] == "no-store"


def test_the_answers_keep_to_their_bytes():
    answers = LocalAnswers(max_bytes=10 * (ENTRY_BYTES + 1_002), seconds=60)
    for number in range(100):
        answers.put(f"{number:02}", StoredAnswer.now(b"x" * 1_000))
    assert answers.figures().bytes <= 10 * (ENTRY_BYTES + 1_002)
    assert answers.get("00") is None and answers.get("99") is not None


def test_an_old_answer_is_not_given():
    answers = LocalAnswers(max_bytes=10_000, seconds=60)
    answers.put("old", StoredAnswer(b"x", StoredAnswer.now(b"").made_at - 61))
    assert answers.get("old") is None
