"""Whatever is thrown at the service comes back as a problem that says what to change: never a 500, never silence."""

from __future__ import annotations

import json

import pytest

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
ENGLISH = (
    "The government will discuss the budget in Berlin on Friday, a spokesman said. The meeting is expected to last "
    "several hours, and no decision is likely before the end of the week."
)
ENDLESS = "Die Kommission prüft " + "und sie prüft den Antrag der Länder weiter, " * 450 + "bis sie entscheidet."
ROUTES = ("/v1/summaries", "/v1/translations", "/v1/entities")


def problem(response, status: int, code: str) -> dict:
    """The problem document of an answer, known to be whole."""
    assert response.status_code == status, response.json
    document = response.json
    assert (document["status"], document["code"]) == (status, code)
    assert document["error"] == document["detail"]
    assert document["request_id"] == response.headers["X-Request-Id"]
    return document


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "invalid_json"),
        (b"no json", 400, "invalid_json"),
        (b'{"text": NaN}', 400, "invalid_json"),
        (b'{"text": "\xff"}', 400, "invalid_encoding"),
        (b"[" * 100_000, 400, "invalid_json"),
        (b'{"text": ' + b"1" * 10_000 + b"}", 400, "invalid_json"),
        (b"[]", 422, "invalid_request"),
        (b"null", 422, "invalid_request"),
        (b'{"text": "\\ud800 allein"}', 422, "invalid_character"),
        (b'{"\\ud800": 1}', 422, "invalid_character"),
    ],
)
def test_bodies_that_are_no_request(client, route, body, status, code):
    problem(client.post(route, data=body, content_type="application/json"), status, code)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({}, ""),
        ({"text": GERMAN, "html": GERMAN}, ""),
        ({"text": 5}, "/text"),
        ({"text": None}, ""),
        ({"text": [GERMAN]}, "/text"),
        ({"text": GERMAN, "colour": "red"}, "/colour"),
        ({"text": GERMAN, "a/b~c": 1}, "/a~1b~0c"),
        ({"text": GERMAN, "offset_unit": "bytes"}, "/offset_unit"),
        ({"text": GERMAN, "force": "yes"}, "/force"),
        ({"text": GERMAN, "title": "x" * 501}, "/title"),
        ({"text": GERMAN, "glossary": [{"de": "Kiew"}]}, "/glossary/0/en"),
        ({"text": GERMAN, "glossary": [{"de": "Kiew", "en": "Kyiv", "type": "CITY"}]}, "/glossary/0/type"),
        ({"text": GERMAN, "glossary": [{"de": "a", "en": "b"}] * 10_001}, "/glossary"),
    ],
)
def test_each_fault_is_pointed_at(client, route, members, pointer):
    document = problem(client.post(route, json=members), 422, "invalid_request")
    assert pointer in [error["pointer"] for error in document["errors"]]


@pytest.mark.parametrize("sentences", [0, 13, -1, 2.5, "3", True])
def test_sentences_out_of_range(client, sentences):
    document = problem(
        client.post("/v1/summaries", json={"text": GERMAN, "sentences": sentences}), 422, "invalid_request"
    )
    assert document["errors"][0]["pointer"] == "/sentences"


@pytest.mark.parametrize("query", ["sentences=0", "sentences=x", "colour=red", "sentences=1&sentences=2", "force=7"])
def test_bad_queries_are_named_by_parameter(client, query):
    response = client.post(f"/v1/summaries?{query}", data=GERMAN.encode(), content_type="text/plain")
    assert problem(response, 422, "invalid_request")["errors"][0]["parameter"] == query.partition("=")[0]


def test_an_option_in_query_and_body_would_have_to_be_guessed(client):
    response = client.post("/v1/summaries?sentences=2", json={"text": GERMAN, "sentences": 3})
    problem(response, 422, "invalid_request")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 422, "empty_article"),
        (" \n\t\u00a0\u200b ", 422, "empty_article"),
        ("Ein Satz.\x00Noch einer.", 422, "invalid_character"),
        (ENGLISH, 422, "not_german"),
        ("wort " * 30_000, 413, "article_too_long"),
    ],
)
def test_articles_that_cannot_be_worked_on(client, route, text, status, code):
    problem(client.post(route, json={"text": text}), status, code)


def test_english_goes_through_when_forced(client):
    assert client.post("/v1/summaries", json={"text": ENGLISH, "force": True}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "Haushalt",
        ENDLESS,
        "Verein\tSpiele\tPunkte\nBayern\t12\t30\nBremen\t12\t21\nKöln\t12\t9\nMainz\t12\t8",
        "Das Team 👩‍👩‍👧‍👦🏳️‍🌈 feierte in Mu\u0308nchen den Sieg 🎉, sagte Trainer Jürgen Müller am Freitag.",
        "Der Minister\x07 sagte am Freitag\x1b[31m in Berlin, der Haushalt sei beschlossen.",
        "„“»«‚‘ … !!! Die Regierung in Berlin hat am Freitag — so ein Sprecher — den Haushalt beschlossen ???",
    ],
    ids=["one word", "no full stop", "table", "emoji and combining marks", "control characters", "punctuation"],
)
@pytest.mark.parametrize("route", ROUTES)
def test_odd_articles_are_worked_on_and_come_back_whole(client, route, text):
    response = client.post(route, json={"text": text, "force": True})
    assert response.status_code == 200
    assert response.json["document"]["text"] == text


def test_a_very_long_sentence_is_split_and_the_answer_says_so(client):
    answer = client.post("/v1/translations", json={"text": ENDLESS}).json
    assert "sentence_split" in [warning["code"] for warning in answer["warnings"]]


@pytest.mark.parametrize(
    "content_type", ["application/xml", "application/x-www-form-urlencoded", "", "text/plain; charset=latin-1"]
)
def test_content_types_that_are_not_read(client, content_type):
    problem(client.post("/v1/summaries", data=GERMAN, content_type=content_type), 415, "unsupported_media_type")


def test_a_compressed_body_is_not_read(client):
    response = client.post(
        "/v1/summaries", data=b"\x1f\x8b", content_type="text/plain", headers={"Content-Encoding": "gzip"}
    )
    problem(response, 415, "unsupported_media_type")


def test_text_that_is_not_utf8(client):
    response = client.post("/v1/summaries", data="Gespräche in München".encode("latin-1"), content_type="text/plain")
    assert "position 5" in problem(response, 400, "invalid_encoding")["detail"]


def test_five_megabytes(client):
    response = client.post("/v1/summaries", data=b"a" * 5_000_000, content_type="text/plain")
    assert "2000000 bytes" in problem(response, 413, "body_too_large")["detail"]


def test_unknown_path_and_wrong_method(client):
    problem(client.get("/v2/summaries"), 404, "not_found")
    response = client.get("/v1/summaries")
    problem(response, 405, "method_not_allowed")
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/json"),
        ("application/json, application/problem+json;q=0.5", "application/problem+json"),
    ],
)
def test_a_problem_comes_in_the_media_type_that_the_caller_reads(client, accept, media_type):
    response = client.post("/v1/summaries", json={}, headers={"Accept": accept} if accept else {})
    assert response.mimetype == media_type


def test_what_was_sent_is_not_quoted_back_in_an_error(client):
    response = client.post("/v1/summaries", json={"text": GERMAN, "sentences": "Geheimer Text"})
    assert "Geheimer" not in json.dumps(response.json)
