"""`engine: abstractive` over HTTP: what was generated says what it rests on, and what cannot be had is degraded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.app import create_app
from service.loading import PartsDesk
from service.settings import Settings
from service.summarization.abstractive import AbstractiveSummarizer
from tests.conftest import ContractClient
from tests.contract.test_streams import EVENTS, MADE_ANEW, assembled, events_in, without
from tests.unit.test_abstraction import FAITHFUL, TEXT, UNFAITHFUL, Dictation

WIDTHS = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}


@pytest.fixture
def writing(parts, contract) -> Any:
    """A client of a service whose model writes the given text."""

    def client(text: str) -> ContractClient:
        own = replace(parts, writer=AbstractiveSummarizer(Dictation(text)))
        desk = PartsDesk(lambda: own, Settings().max_requests)
        desk.start()
        desk.wait()
        return ContractClient(create_app(Settings(), desk).test_client(), contract)

    return client


def cut(text: str, unit: str, start: int, end: int) -> str:
    encoding = WIDTHS[unit]
    size = {"codepoint": 4, "utf16": 2, "utf8": 1}[unit]
    return text.encode(encoding)[start * size : end * size].decode(encoding)


@pytest.mark.parametrize("unit", WIDTHS)
def test_generated_sentences_say_what_they_rest_on(writing, unit):
    text = " ".join(["😀 In Dresden sind 2.300 Fundstücke zu sehen, darunter ein Boot.", *list(FAITHFUL)[:3]])
    answer = writing(text).post("/v1/summaries", json={"text": TEXT, "engine": "abstractive", "offset_unit": unit}).json
    assert (answer["engine"], answer["degraded"], answer["degraded_reason"]) == ("abstractive", False, None)
    document = answer["document"]["text"]
    for sentence in answer["summary"]["sentences"]:
        assert sentence["de"]["text"] not in document
        assert sentence["support"][0] == sentence["source"]
        for place in sentence["support"]:
            assert cut(document, unit, place["start"], place["end"]) == place["quote"]["exact"]
    for entity in answer["entities"]:
        forms = {entity["canonical"]["de"], *entity["variants"]}
        for mention in entity["mentions"]:
            if mention["in"] == "summary.de":
                german = answer["summary"]["sentences"][mention["sentence"]]["de"]["text"]
                assert cut(german, unit, mention["start"], mention["end"]).rstrip("s") in " ".join(forms)
    assert any(m["in"] == "summary.de" for entity in answer["entities"] for m in entity["mentions"])


def test_slots_are_built_of_generated_sentences(writing):
    wanted = {"text": TEXT, "engine": "abstractive", "slots": ["push"]}
    answer = writing(" ".join(list(FAITHFUL)[:3])).post("/v1/summaries", json=wanted).json
    push = answer["slots"][0]
    assert push["de"] == " ".join(answer["summary"]["sentences"][index]["de"]["text"] for index in push["sentences"])
    assert push["de"]


def test_a_stream_put_together_is_the_plain_answer(writing):
    wanted = {"text": TEXT, "engine": "abstractive"}
    for text in (" ".join(list(FAITHFUL)[:3]), " ".join(list(UNFAITHFUL)[:3])):
        stream = writing(text).post("/v1/summaries", json=wanted, headers=EVENTS)
        whole = assembled(events_in(stream.get_data(as_text=True)))
        plain = writing(text).post("/v1/summaries", json=wanted).json
        assert without(whole, *MADE_ANEW) == without(plain, *MADE_ANEW)


def test_what_is_left_out_is_told_and_too_little_is_degraded(writing):
    answer = writing(" ".join(list(UNFAITHFUL)[:3])).post("/v1/summaries", json={"text": TEXT, "engine": "abstractive"})
    assert (answer.json["engine"], answer.json["degraded"]) == ("extractive", True)
    assert "ETag" not in answer.headers, "next time it may be better"
    assert answer.json["degraded_reason"] == "of 3 generated sentences 0 hold against the article"
    assert [w["code"] for w in answer.json["warnings"]].count("generated_sentence_dropped") == 3
    assert all("support" not in sentence for sentence in answer.json["summary"]["sentences"])


def test_a_service_that_has_no_such_model_says_so(client):
    answer = client.post(
        "/v1/summaries?engine=abstractive", data=TEXT.encode(), headers={"Content-Type": "text/plain; charset=utf-8"}
    )
    assert answer.status_code == 200
    assert (answer.json["engine"], answer.json["degraded"]) == ("extractive", True)
    assert "no model that writes" in answer.json["degraded_reason"]


def test_the_engine_is_extractive_unless_asked_otherwise(client):
    answer = client.post("/v1/summaries", json={"text": TEXT}).json
    assert (answer["engine"], answer["degraded"], answer["degraded_reason"]) == ("extractive", False, None)
    refused = client.post("/v1/summaries", json={"text": TEXT, "engine": "poetic"})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "/engine"
