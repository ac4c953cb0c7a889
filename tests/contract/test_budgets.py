"""A summary of at most so many words or characters, in both languages."""

from __future__ import annotations

import pytest

from tests.contract.test_bad_input import GERMAN, problem


def codes(answer: dict) -> list[str]:
    return [warning["code"] for warning in answer["warnings"]]


@pytest.mark.parametrize("limit", [25, 60, 150])
def test_words_are_never_exceeded_in_either_language(client, seed, limit):
    answer = client.post("/v1/summaries", json={"text": seed, "max_words": limit}).json
    for language in ("de", "en"):
        assert len(answer["summary"][language]["text"].split()) <= limit
    assert answer["summary"]["sentences"] or "nothing_fits" in codes(answer)
    if limit > 25:
        assert answer["summary"]["sentences"]


@pytest.mark.parametrize("limit", [200, 500, 1200])
def test_characters_are_never_exceeded_in_either_language(client, seed, limit):
    answer = client.post("/v1/summaries", json={"text": seed, "max_characters": limit}).json
    for language in ("de", "en"):
        assert len(answer["summary"][language]["text"]) <= limit  # no grapheme lacks a code point
    assert answer["summary"]["sentences"]


def test_bounds_hold_together_and_stand_in_the_query_too(client, seed):
    answer = client.post(
        "/v1/summaries?sentences=5&max_words=40&max_characters=300", data=seed.encode(), content_type="text/plain"
    ).json
    text = answer["summary"]["de"]["text"]
    assert 0 < len(text.split()) <= 40 and len(text) <= 300
    assert "fewer_sentences" in codes(answer)


def test_where_nothing_fits_the_summary_is_empty_and_says_so(client):
    answer = client.post("/v1/summaries", json={"text": GERMAN, "max_words": 5, "slots": ["push"]}).json
    assert answer["summary"]["sentences"] == []
    (warning,) = answer["warnings"]
    assert warning == {"code": "nothing_fits", "detail": "No sentence fits into 5 words in both languages."}
    assert answer["slots"][0]["reason"]


def test_headings_alone_hold_nothing_whatever_the_budget(client):
    answer = client.post("/v1/summaries", json={"text": "Regierung stürzt\nNeuwahl im Herbst", "max_words": 50}).json
    assert codes(answer) == ["no_summary_sentence"]


@pytest.mark.parametrize("option", ["max_words", "max_characters"])
@pytest.mark.parametrize("value", [0, -1, 10_001, "60", 1.5, True])
def test_budgets_out_of_range(client, option, value):
    document = problem(client.post("/v1/summaries", json={"text": GERMAN, option: value}), 422, "invalid_request")
    assert document["errors"][0]["pointer"] == f"/{option}"
