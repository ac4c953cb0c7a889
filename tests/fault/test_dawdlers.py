"""Callers of a real service who stall, trickle, or do not read: they cost a connection, never a place or a thread."""

from __future__ import annotations

import concurrent.futures
import json
import resource
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse

import pytest

from service.server import HEAD_SECONDS, SPARE_THREADS
from service.settings import Settings
from tests.waiting import WAIT_SECONDS

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit. "
HALF_A_HEAD = b"POST /v1/entities HTTP/1.1\r\nHost: x\r\nContent-Ty"
HALF_A_BODY = (
    b"POST /v1/entities HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\nDie Bundes"
)
HALF_A_CHUNK = (
    b"POST /v1/entities HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n900\r\nDie"
)
# More than all the threads that the service has.
DAWDLERS = 3 * (Settings().max_requests + SPARE_THREADS)
CONNECTIONS = 1_000


@pytest.fixture(scope="module", autouse=True)
def many_files() -> Iterator[None]:
    """A thousand connections need as many open files on this side too."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 500
    if before[0] < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def connect(service, receive_buffer: int | None = None) -> socket.socket:
    host, port = service.url.removeprefix("http://").split(":")
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(WAIT_SECONDS)
    connection.connect((host, int(port)))
    return connection


@contextmanager
def crowd(
    service, sent: bytes, size: int = DAWDLERS, receive_buffer: int | None = None
) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        connections = [stack.enter_context(connect(service, receive_buffer)) for _ in range(size)]
        for connection in connections:
            connection.sendall(sent)
        yield connections


def post(path: str, body: dict, **headers: str) -> bytes:
    data = json.dumps(body).encode()
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


def answer_on(connection: socket.socket) -> HTTPResponse:
    answer = HTTPResponse(connection)
    answer.begin()
    return answer


@pytest.fixture(scope="module")
def small(start):
    """A service that works on one request at a time."""
    with start(max_requests="1") as running:
        running.wait_until_ready()
        yield running


def nobody_was_let_go(connections: list[socket.socket]) -> bool:
    """Whether all are waited for: none was answered, none was closed."""
    return not select.select(connections, [], [], 0)[0]


def all_were_answered(connections: list[socket.socket]) -> bool:
    """Whether something came for everybody."""
    return len(select.select(connections, [], [], 0)[0]) == len(connections)


def has_settled(service) -> bool:
    """Whether nothing is worked on, now and for some looks more: between two articles of a batch it is for one."""
    return not any(service.requests_in_work() for _ in range(20))


def made(service) -> float:
    """Answers that were worked out so far."""
    return service.metric('presseschau_stage_seconds_count{stage="entities"}')


@pytest.mark.parametrize(
    "sent", [b"", HALF_A_HEAD, HALF_A_BODY, HALF_A_CHUNK], ids=["nothing", "head", "body", "chunk"]
)
def test_who_stalls_while_sending_keeps_nobody_waiting(service, sent):
    def is_served_while_they_stall() -> bool:
        with crowd(service, sent) as dawdlers:
            assert service.post("/v1/entities", json={"text": GERMAN}).status_code == 200
            return nobody_was_let_go(dawdlers)

    service.wait_until(is_served_while_they_stall)


def test_who_does_not_send_it_all_in_time_is_told_so(service):
    with crowd(service, HALF_A_HEAD, 1) as (late,), crowd(service, b"", 1) as (silent,):
        refused = answer_on(late)
        assert (refused.status, json.loads(refused.read())["code"]) == (408, "request_timeout")
        assert silent.recv(100) == b"", "nothing was asked: nothing is answered"
    assert HEAD_SECONDS <= 10, "a test waits for it"


def test_a_request_that_trickles_in_is_answered(service):
    whole = post("/v1/entities", {"text": GERMAN})
    with connect(service) as connection:
        for at in range(0, len(whole), 40):
            connection.sendall(whole[at : at + 40])
            time.sleep(0.01)
        answer = answer_on(connection)
        assert answer.status == 200 and json.loads(answer.read())["entities"]


def test_a_caller_who_waits_for_leave_to_send_gets_it(service):
    whole = post("/v1/entities", {"text": GERMAN}, Expect="100-continue")
    head, body = whole.split(b"\r\n\r\n", 1)
    with connect(service) as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert answer_on(connection).status == 200


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_who_does_not_read_keeps_nobody_waiting(service, accept):
    """The answer is larger than what the kernel takes of it while nobody reads."""
    long = {"text": "\n".join(f"{GERMAN} Punkt {number}." for number in range(900)), "sentences": 1}
    service.post("/v1/summaries", json=long)  # remembered from here on, so that this test costs little
    wanted = post("/v1/summaries", long, Accept=accept)
    with crowd(service, wanted, Settings().max_requests + 4, receive_buffer=2_048) as readers:
        service.wait_until(lambda: all_were_answered(readers) and not service.requests_in_work())
        assert service.post("/v1/summaries", json={"text": GERMAN}).status_code == 200


def test_a_batch_that_nobody_reads_keeps_no_place(small):
    article = {"text": "\n".join(f"{GERMAN} Punkt {number}." for number in range(150)), "sentences": 1}

    def given_up() -> int:
        return small.log.read_text().count("an answer that nobody took")

    def is_served_while_nobody_reads() -> bool:
        before = given_up()
        with connect(small, receive_buffer=2_048) as connection:
            connection.sendall(post("/v1/summaries:batch", {"articles": [article] * 100}))
            assert connection.recv(10).startswith(b"HTTP/1.1 2")
            small.wait_until(lambda: has_settled(small))
            small.wait_until(lambda: small.post("/v1/entities", json={"text": GERMAN}).status_code == 200)
            return given_up() == before

    small.wait_until(is_served_while_nobody_reads)


def test_the_work_on_a_stream_stops_when_its_caller_leaves(small):
    def article(number: int) -> str:
        return " ".join(f"Am {day}. Tag sprachen {number} Minister in Berlin." for day in range(12))

    articles = [{"text": article(number), "sentences": 12} for number in range(100)]
    before = made(small)
    with connect(small) as connection:
        connection.sendall(post("/v1/summaries:batch", {"articles": articles}))
        assert connection.recv(10).startswith(b"HTTP/1.1 2")
    small.wait_until(lambda: has_settled(small))
    assert made(small) - before < len(articles)
    small.wait_until(lambda: small.post("/v1/summaries", json={"text": GERMAN}).status_code == 200)


def test_a_thousand_at_once_are_answered_or_refused_and_the_service_serves_on(service):
    sent = post("/v1/entities", {"text": GERMAN}, Connection="close", Cache_Control="no-store")
    with crowd(service, sent, CONNECTIONS) as connections, concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(answer_on, connections))
    statuses = [answer.status for answer in answers]
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) >= Settings().max_requests
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status == 503)
    assert service.post("/v1/summaries", json={"text": GERMAN}).status_code == 200
