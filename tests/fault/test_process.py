"""A real service, treated badly: broken models, callers that hang up, a signal in the middle of a request."""

from __future__ import annotations

import concurrent.futures
import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPResponse

import pytest

from service.places import ROOT
from service.settings import digest_of
from tests.waiting import WAIT_SECONDS

CHUNKED = b"POST /v1/entities HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit. "
# A second's work: none of it comes out of the sentence cache.
LONG = " ".join(f"Am {day}. Tag der Verhandlungen sprachen {day + 20} Minister." for day in range(1, 40))


def test_a_service_without_its_models_lives_and_says_what_is_missing(start, tmp_path):
    with start(models=str(tmp_path)) as broken:
        broken.wait_until(lambda: "could not be loaded" in broken.get("/readyz").text)
        assert broken.get("/readyz").status_code == 503
        assert broken.get("/healthz").status_code == 200
        assert broken.post("/v1/summaries", json={"text": GERMAN}).json()["code"] == "not_ready"


def test_it_answers_health_before_the_models_are_loaded(start):
    with start() as young:
        assert young.get("/healthz").status_code == 200
        young.wait_until_ready()


def test_a_request_under_way_is_finished_when_the_service_is_asked_to_stop(start):
    with start() as running, concurrent.futures.ThreadPoolExecutor() as pool:
        running.wait_until_ready()
        under_way = pool.submit(running.post, "/v1/translations", json={"text": LONG})
        running.wait_until(lambda: running.requests_in_work() or under_way.done())
        running.process.send_signal(signal.SIGTERM)
        assert under_way.result().status_code == 200
        assert running.process.wait(WAIT_SECONDS) == 0


def test_callers_that_hang_up_leave_the_service_well(service):
    host, port = service.url.removeprefix("http://").split(":")
    for part in (
        b"",
        b"POST /v1/summaries HT",
        b"POST /v1/summaries HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\nDie",
        b"POST /v1/summaries HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nDi",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ):
        with socket.create_connection((host, int(port)), timeout=WAIT_SECONDS) as connection:
            connection.sendall(part)
    assert service.post("/v1/entities", json={"text": GERMAN}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"\x16\x03\x01\x02\r\n\r\n", 400, "bad_request"),
        (b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri_too_long"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 9_000 + b"\r\n\r\n", 431, "headers_too_large"),
        (CHUNKED + b"zz\r\n", 400, "bad_request"),
    ],
)
def test_what_is_no_http_gets_a_problem_too(service, sent, status, code):
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=WAIT_SECONDS) as connection:
        connection.sendall(sent)
        answer = HTTPResponse(connection)
        answer.begin()
        document = json.loads(answer.read())
    assert (answer.status, document["code"]) == (status, code)
    assert answer.getheader("Content-Type") == "application/problem+json"


def test_a_large_body_is_refused_and_the_connection_still_answers(service):
    refused = service.post("/v1/summaries", data=b"a" * 5_000_000, headers={"Content-Type": "text/plain"})
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


def test_a_large_body_of_unknown_length_is_refused(service):
    def chunks():
        for _ in range(60):
            yield b"a" * 100_000

    refused = service.post("/v1/summaries", data=chunks(), headers={"Content-Type": "text/plain"})
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


def test_a_body_that_no_route_reads_is_refused_before_it_is_sent(service):
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=WAIT_SECONDS) as connection:
        connection.sendall(b"POST /v1/summaries:batch HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        answer = HTTPResponse(connection)
        answer.begin()
        assert (answer.status, json.loads(answer.read())["code"]) == (413, "body_too_large")


def test_many_at_once_are_all_answered(service):
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: service.post("/v1/summaries", json={"text": GERMAN * 3}), range(60)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert [answer.status_code for answer in answers].count(200) >= 16
    assert all(answer.json()["code"] == "overloaded" for answer in answers if answer.status_code == 503)


def test_answers_at_once_are_the_answers_one_by_one(service):
    texts = [GERMAN, "Niemand wurde bei dem Unfall in Köln verletzt, sagte die Polizei am Montag.", GERMAN * 2]
    alone = [service.post("/v1/summaries", json={"text": text}).json()["summary"] for text in texts]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: service.post("/v1/summaries", json={"text": text}).json(), texts * 2))
    assert [answer["summary"] for answer in together] == alone * 2


def test_the_log_holds_neither_article_nor_key_nor_address(start):
    with start(api_keys=digest_of("streng-geheim")) as running:
        running.wait_until_ready()
        key = {"Authorization": "Bearer streng-geheim"}
        running.post(
            "/v1/summaries?title=Vertraulich", data=GERMAN.encode(), headers={"Content-Type": "text/plain", **key}
        )
        running.post("/v1/summaries", json={"text": GERMAN, "sentences": 99}, headers=key)
        running.get("/%0AGET%20/forged%20200")
        running.wait_until(lambda: "POST /v1/summaries 200" in running.log.read_text())
        log = running.log.read_text()
    for private in ("Bundesregierung", "Vertraulich", "streng-geheim", "forged"):
        assert private not in log
    assert "127.0.0.1" not in log.split("POST", 1)[1]


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--port", "70000"]])
def test_unsafe_or_impossible_settings_end_the_start(arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRESSESCHAU_")}
    command = [sys.executable, "-m", "service.cli", "serve", *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=WAIT_SECONDS)
    assert ended.returncode == 1
    assert ended.stderr.startswith("presseschau: ") and "Traceback" not in ended.stderr
