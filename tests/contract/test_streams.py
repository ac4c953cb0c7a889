"""`Accept: text/event-stream`: names first, then the German, then each English sentence, and at last the rest."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from service.app import create_app
from service.loading import PartsDesk
from service.patience import DeadlineExceeded
from service.pipeline.memory import SentenceMemory
from service.settings import Settings
from tests.waiting import WAIT_SECONDS

EVENTS = {"Accept": "text/event-stream"}
GERMAN = (
    "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit. "
    "Kanzlerin Angela Beispiel sagte am Montag in Köln, dafür seien 20 Millionen Euro vorgesehen."
)
ENGLISH = "The government in Berlin will talk about the budget on Friday, a spokesman said yesterday evening."
MADE_ANEW = ("id", "timings_ms")


def events_in(body: str) -> list[tuple[str, str | None, Any]]:
    """Name, id and data of each event."""
    found = []
    for block in body.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], fields.get("id"), json.loads(fields["data"])))
    return found


def assembled(events: list[tuple[str, str | None, Any]]) -> dict[str, Any]:
    """The whole answer, as a caller puts it together."""
    data = {name: content for name, _, content in events}
    sentences = {int(number): content for name, number, content in events if name == "sentence"}
    summary = {"sentences": [sentences[number] for number in sorted(sentences)], **data["done"]["summary"]}
    return {**data["document"], **data["done"], "summary": summary}


def without(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name not in names}


@pytest.mark.parametrize(
    "options", [{}, {"sentences": 12}, {"max_words": 40}, {"offset_unit": "utf16", "slots": ["push"]}], ids=str
)
def test_a_stream_put_together_is_the_plain_answer(client, desk, seed, options):
    """Made twice: by another application, which shares the sentences (what stands in a batch beside one may change it)
    but not the answers."""
    body = {"text": "Grüße 🎉 aus Köln\n" + seed, **options}
    stream = client.post("/v1/summaries", json=body, headers=EVENTS)
    assert stream.mimetype == "text/event-stream"
    whole = assembled(events_in(stream.get_data(as_text=True)))
    plain = create_app(Settings(), desk).test_client().post("/v1/summaries", json=body).json
    assert without(whole, *MADE_ANEW) == without(plain, *MADE_ANEW)


def test_what_is_certain_comes_first(client, seed):
    events = events_in(client.post("/v1/summaries", json={"text": seed}, headers=EVENTS).get_data(as_text=True))
    names = [name for name, _, _ in events]
    sentences = names.count("sentence")
    assert sentences >= 1
    assert names == ["document", "entities", "summary", *["sentence"] * sentences, "done"]
    entities = events[1][2]["entities"]
    assert {mention["in"] for entity in entities for mention in entity["mentions"]} == {"document"}
    german = events[2][2]
    whole = assembled(events)
    assert german["de"] == whole["summary"]["de"]
    for early, late in zip(german["sentences"], whole["summary"]["sentences"], strict=True):
        assert early == {name: late[name] for name in ("de", "source", "rank")}


def test_the_german_that_comes_first_has_its_full_names(client):
    text = (
        "Beloussow lobte am Freitag die Armee des Landes, wie sein Ministerium in Moskau mitteilte.\n"
        "Zuvor war Andrei Beloussow von Präsident Wladimir Putin in Moskau empfangen worden."
    )
    events = events_in(
        client.post("/v1/summaries", json={"text": text, "sentences": 1}, headers=EVENTS).get_data(as_text=True)
    )
    german, whole = events[2][2], assembled(events)
    assert german["de"]["text"].startswith("[Andrei Beloussow] lobte")
    assert german["de"] == whole["summary"]["de"]
    assert german["sentences"][0]["de"] == whole["summary"]["sentences"][0]["de"]


def test_a_remembered_answer_is_streamed_too_and_a_streamed_one_remembered(client):
    first = client.post("/v1/summaries", json={"text": GERMAN}, headers=EVENTS)
    first_events = events_in(first.get_data(as_text=True))
    again = client.post("/v1/summaries", json={"text": GERMAN}, headers=EVENTS)
    plain = client.post("/v1/summaries", json={"text": GERMAN})
    assert [answer.headers["X-Cache"] for answer in (first, again, plain)] == ["miss", "hit", "hit"]
    assert assembled(first_events) == assembled(events_in(again.get_data(as_text=True))) == plain.json


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "text/event-stream;q=0.5, application/json", "text/*, */*"]
)
def test_who_does_not_ask_for_events_gets_json(client, accept):
    assert client.post("/v1/summaries", json={"text": GERMAN}, headers={"Accept": accept}).is_json


def test_what_cannot_be_answered_at_all_is_no_stream(client):
    refused = client.post("/v1/summaries", json={"text": ENGLISH}, headers=EVENTS)
    assert (refused.status_code, refused.mimetype, refused.json["code"]) == (
        422,
        "application/problem+json",
        "not_german",
    )
    assert client.post("/v1/summaries", json={}, headers=EVENTS).status_code == 422


class Slow:
    """An engine that takes longer than anybody waits, unless it is let go."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.given_up = threading.Event()

    def within(self, patience):
        self.patience = patience
        return self

    def translate(self, segments, manner="plain"):
        self.asked.set()
        while True:
            try:
                self.patience.check()
            except Exception:
                self.given_up.set()
                raise
            time.sleep(0.01)


class Late:
    """An engine that is not done in time."""

    def translate(self, segments, manner="plain"):
        raise DeadlineExceeded


def client_of(parts):
    desk = PartsDesk(lambda: parts, 1)
    desk.start()
    desk.wait()
    return create_app(Settings(), desk).test_client()


def test_a_failure_in_mid_stream_is_an_event_with_the_problem(parts):
    client = client_of(replace(parts, engine=Late(), memory=SentenceMemory()))
    stream = client.post("/v1/summaries", json={"text": GERMAN}, headers={**EVENTS, "X-Request-Id": "cms-7"})
    events = events_in(stream.get_data(as_text=True))
    assert stream.status_code == 200
    assert [name for name, _, _ in events] == ["document", "entities", "summary", "error"]
    problem = events[-1][2]
    assert (problem["code"], problem["status"], problem["request_id"]) == ("deadline_exceeded", 503, "cms-7")
    assert problem["instance"] == "/v1/summaries"


def test_work_stops_when_nobody_reads_any_more(parts):
    slow = Slow()
    client = client_of(replace(parts, engine=slow, memory=SentenceMemory()))
    stream = client.post("/v1/summaries", json={"text": GERMAN}, headers=EVENTS)
    assert next(iter(stream.response)).startswith(b"event: document")
    assert slow.asked.wait(WAIT_SECONDS)
    stream.close()
    assert slow.given_up.is_set()
    assert client.post("/v1/entities", json={"text": GERMAN}).status_code == 200, "its place is free"
