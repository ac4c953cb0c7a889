"""`POST /v1/translations` and `POST /v1/entities`."""

from __future__ import annotations

import pytest


def test_every_sentence_of_an_article_comes_with_its_english_and_both_places(client, seed):
    answer = client.post("/v1/translations", json={"text": seed}).json
    german, english = answer["document"]["text"], answer["text"]["en"]
    for sentence in answer["sentences"]:
        assert german[sentence["de"]["start"] : sentence["de"]["end"]] == sentence["de"]["text"]
        assert english[sentence["en"]["start"] : sentence["en"]["end"]] == sentence["en"]["text"]
    together = "".join(sentence["de"]["text"] for sentence in answer["sentences"])
    assert "".join(together.split()) == "".join(german.split())


def test_an_answer_says_which_words_the_model_was_given(client):
    german = "Das Schienennetz ist alt."
    (sentence,) = client.post("/v1/translations", json={"text": german}).json["sentences"]
    assert sentence["attempts"]["looked_up"] == [{"de": "Schienennetz", "en": "rail network"}]
    assert sentence["en"]["text"] == "The rail network is old."
    assert sentence["de"]["text"] == german


def test_paragraphs_are_kept(client, seed):
    answer = client.post("/v1/translations", json={"text": seed}).json
    assert answer["text"]["en"].count("\n") == answer["document"]["text"].strip().count("\n")


def test_strings_are_translated_as_they_are_in_order(client):
    segments = ["Die Verhandlungen dauern an.", "", "Niemand wurde verletzt."]
    answer = client.post("/v1/translations", json={"segments": segments}).json
    assert [segment["de"]["text"] for segment in answer["segments"]] == segments
    assert answer["segments"][1]["en"]["text"] == ""
    assert answer["segments"][0]["en"]["text"] and answer["segments"][2]["en"]["text"]


@pytest.mark.parametrize("segments", [[], ["ja"] * 513, ["x" * 5001], "ja", [1]])
def test_too_few_too_many_too_long_or_no_strings(client, segments):
    response = client.post("/v1/translations", json={"segments": segments})
    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"].startswith("/segments")


def test_strings_take_no_options(client):
    assert client.post("/v1/translations", json={"segments": ["Ja."], "title": "Nein"}).status_code == 422


def test_the_names_of_an_article(client, seed):
    answer = client.post("/v1/entities", json={"text": seed}).json
    text = answer["document"]["text"]
    names = {text[m["start"] : m["end"]] for entity in answer["entities"] for m in entity["mentions"]}
    assert {"Nordkorea", "Kim"} & names
    assert {mention["in"] for entity in answer["entities"] for mention in entity["mentions"]} == {"document"}
