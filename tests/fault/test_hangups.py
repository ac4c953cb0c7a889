"""Callers of a real service who hang up: what they asked for stops costing, and their place is free again."""

from __future__ import annotations

import json
import socket

import pytest

from tests.waiting import WAIT_SECONDS

SHORT = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit. "
# Minutes of work: none of it comes out of the sentence cache.
LONG = {"segments": [f"Meldung {number}: " + SHORT * 50 for number in range(300)]}


@pytest.fixture(scope="module")
def small(start):
    """A service that works on one request at a time."""
    with start(max_requests="1") as running:
        running.wait_until_ready()
        yield running


def connect(service) -> socket.socket:
    host, port = service.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=WAIT_SECONDS)


def post(path: str, body: dict) -> bytes:
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def test_a_caller_who_hangs_up_frees_its_place(small):
    with connect(small) as connection:
        connection.sendall(post("/v1/translations", LONG))
        small.wait_until(small.requests_in_work)
        assert small.post("/v1/entities", json={"text": SHORT}).status_code == 503
    small.wait_until(lambda: small.requests_in_work() == 0)
    assert small.post("/v1/entities", json={"text": SHORT}).status_code == 200
    small.wait_until(lambda: "POST /v1/translations 499" in small.log.read_text())
    small.wait_until(lambda: small.metric('presseschau_problems_total{code="hung_up"}') == 1)


def test_a_caller_who_sent_its_next_request_already_is_not_taken_for_gone(small):
    one = post("/v1/entities", {"text": SHORT})
    with connect(small) as connection:
        connection.sendall(one + one)
        received = b""
        while received.count(b"HTTP/1.1 200") < 2:
            received += (more := connection.recv(65536))
            assert more
