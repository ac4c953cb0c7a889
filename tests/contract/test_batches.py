"""`POST /v1/summaries:batch`: a line for each article, whatever becomes of the others."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from service.api.batches import AT_A_TIME, MOST_BATCHES, in_completion_order
from service.app import create_app
from service.loading import PartsDesk
from service.pipeline.memory import SentenceMemory
from service.settings import Settings
from service.translation.model import Translation
from tests.waiting import WAIT_SECONDS, until

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
ENGLISH = "The government in Berlin will talk about the budget on Friday, a spokesman said yesterday evening."
INVALID: list[tuple[Any, str]] = [
    ({"id": "englisch", "text": ENGLISH}, "not_german"),
    ({"id": "leer", "text": " "}, "empty_article"),
    ({"id": "nichts"}, "invalid_request"),
    ({"id": "beides", "text": GERMAN, "html": GERMAN}, "invalid_request"),
    ({"id": "zu viele Sätze", "text": GERMAN, "sentences": 99}, "invalid_request"),
    ({"id": "unbekannt", "text": GERMAN, "colour": "red"}, "invalid_request"),
    ({"id": "Glossar", "text": GERMAN, "glossaries": ["gibt-es-nicht"]}, "invalid_request"),
    ({"id": "NUL", "text": GERMAN + "\0"}, "invalid_character"),
    ({"id": 7, "text": GERMAN}, "invalid_request"),
    ("Die Bundesregierung berät.", "invalid_request"),
]


def post(client: Any, articles: list[Any]) -> list[dict[str, Any]]:
    response = client.post("/v1/summaries:batch", json={"articles": articles})
    assert (response.status_code, response.mimetype) == (200, "application/x-ndjson")
    return [json.loads(line) for line in response.get_data(as_text=True).splitlines()]


@pytest.fixture
def line_schema(contract):
    schema = {**contract["components"]["schemas"]["BatchLine"], "components": contract["components"]}
    return jsonschema.Draft202012Validator(schema)


def test_half_of_a_batch_is_invalid_and_the_other_half_is_answered(client, line_schema):
    valid = [{"id": f"Meldung {number}", "text": f"Meldung {number}: {GERMAN}"} for number in range(50)]
    articles = [article for pair in zip(valid, [sent for sent, _ in INVALID] * 5, strict=True) for article in pair]
    lines = post(client, articles)
    assert sorted(line["index"] for line in lines) == list(range(100))
    for line in lines:
        line_schema.validate(line)
        sent = articles[line["index"]]
        if line["index"] % 2 == 0:
            assert (line["status"], line["id"]) == (200, sent["id"])
            assert line["answer"]["document"]["text"] == sent["text"]
        else:
            _, code = INVALID[line["index"] // 2 % len(INVALID)]
            assert (line["problem"]["code"], line["status"]) == (code, 422)
            for error in line["problem"]["errors"]:
                assert error["pointer"].startswith(f"/articles/{line['index']}")


def test_an_answer_of_a_batch_is_the_answer_of_a_single_request(client, seed):
    (line,) = post(client, [{"id": "a", "text": seed, "slots": ["push"]}])
    single = client.post("/v1/summaries", json={"text": seed, "slots": ["push"]})
    assert single.headers["X-Cache"] == "hit"
    assert line["answer"] == single.json


@pytest.mark.parametrize(
    "body",
    [{}, {"articles": []}, {"articles": [{"text": GERMAN}] * 101}, {"articles": {}}, {"articles": [1], "sentences": 3}],
    ids=["nothing", "none", "too many", "no list", "an option"],
)
def test_what_is_no_batch_is_refused_as_a_whole(client, body):
    refused = client.post("/v1/summaries:batch", json=body)
    assert (refused.status_code, refused.json["code"]) == (422, "invalid_request")


def test_a_batch_may_be_larger_than_an_article(desk):
    client = create_app(Settings(max_body_bytes=1_000, max_batch_bytes=2_000), desk).test_client()
    fits = {"articles": [{"text": GERMAN}] * 15}
    with client.post("/v1/summaries:batch", json=fits) as response:
        assert response.status_code == 200
    refused = client.post("/v1/summaries:batch", json={"articles": [{"text": GERMAN}] * 25})
    assert (refused.status_code, refused.json["code"]) == (413, "body_too_large")
    assert client.post("/v1/summaries", json={"text": GERMAN * 15}).status_code == 413


def test_a_batch_waits_for_a_place_where_a_request_is_refused(parts):
    desk = PartsDesk(lambda: parts, 1)
    desk.start()
    desk.wait()
    client = create_app(Settings(), desk).test_client()
    with desk.lend():
        response = None

        def ask() -> None:
            nonlocal response
            response = client.post("/v1/summaries:batch", json={"articles": [{"text": GERMAN}] * 3})

        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(0.5)
        assert asking.is_alive()
    asking.join(WAIT_SECONDS)
    assert [json.loads(line)["status"] for line in response.get_data().splitlines()] == [200] * 3


def test_the_first_done_comes_first_and_no_more_is_begun_than_is_taken():
    begun: list[int] = []
    first = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 0:
            assert first.wait(WAIT_SECONDS)
        return number

    results = in_completion_order(work, range(20), AT_A_TIME)
    taken = [next(results) for _ in range(5)]
    assert 0 not in taken and len(begun) <= 5 + AT_A_TIME
    first.set()
    assert sorted(taken + list(results)) == list(range(20))


def test_nothing_more_is_done_for_a_reader_who_has_left(desk):
    client = create_app(Settings(), desk).test_client()
    articles = [{"text": f"{number}. {GERMAN}"} for number in range(100)]
    response = client.post("/v1/summaries:batch", json={"articles": articles})
    lines = iter(response.response)
    next(lines)
    response.close()
    with desk.lend() as parts:
        until(lambda: parts.engine.waiting_characters == 0)  # what was begun early is thrown away when its turn comes


def threads_of_batches() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("batch")}


class Gate:
    """An engine that holds everything back until it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()

    @contextmanager
    def opened_at_last(self) -> Iterator[None]:
        """However a test ends, nobody waits at the gate for ever."""
        try:
            yield
        finally:
            self.opened.set()

    def translate(self, segments, manner="plain"):
        assert self.opened.wait(WAIT_SECONDS)
        return [Translation(segment, segment, (), 0.0) for segment in segments]


def test_batches_leave_half_of_the_places_to_others(parts):
    gate = Gate()
    desk = PartsDesk(lambda: replace(parts, engine=gate, memory=SentenceMemory()), 4)
    desk.start()
    desk.wait()
    client = create_app(Settings(max_requests=4), desk).test_client()
    body = {"articles": [{"text": f"{number}. {GERMAN}"} for number in range(6)]}
    before = threads_of_batches()
    with ThreadPoolExecutor(5) as pool, gate.opened_at_last():
        batches = [pool.submit(client.post, "/v1/summaries:batch", json=body) for _ in range(MOST_BATCHES)]
        until(lambda: len(threads_of_batches() - before) == MOST_BATCHES * AT_A_TIME)
        until(lambda: desk.in_work == 2)
        time.sleep(0.3)  # a third would come meanwhile
        assert desk.in_work == 2
        assert client.post("/v1/entities", json={"text": GERMAN}).status_code == 200
        refused = client.post("/v1/summaries:batch", json=body)
        assert (refused.status_code, refused.json["code"]) == (503, "overloaded")
        assert int(refused.headers["Retry-After"]) >= 1
        gate.opened.set()
        for batch in batches:
            assert [json.loads(line)["status"] for line in batch.result().get_data().splitlines()] == [200] * 6
