"""Answers in a real Redis: shared between services, and given up without harm when Redis goes away."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.store import answers as answers_module
from service.store.answers import RedisAnswers, StoredAnswer
from tests.waiting import WAIT_SECONDS, until

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
# A second's work: none of it comes out of the sentence cache.
LONG = "\n".join(f"Am {day}. Tag der Verhandlungen sprachen {day + 20} Minister." for day in range(1, 150))

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="Debian's redis-server is not installed")


class Redis:
    """A redis-server of our own, nothing of it on disk. It listens on a socket in a folder: no port can be taken."""

    def __init__(self, folder: Path) -> None:
        socket = folder / "redis.socket"
        self.url = f"unix://:geheim@{socket}?db=0"
        command = ["redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--requirepass", "geheim"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
        until(lambda: socket.exists() or self.process.poll() is not None)
        assert self.process.poll() is None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    # A socket's path may have 107 bytes: a test's own folder is named after the test.
    running = Redis(tmp_path_factory.mktemp("redis"))
    yield running
    running.end()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may keep Redis from answering within the quarter of a second that a request waits for it."""
    monkeypatch.setattr(answers_module, "REDIS_SECONDS", WAIT_SECONDS)


@pytest.mark.usefixtures("patient")
def test_one_service_remembers_for_the_other(redis):
    one, other = RedisAnswers(redis.url, 60), RedisAnswers(redis.url, 60)
    assert one.get("a") is None
    one.put("a", StoredAnswer(b'{"line": "eins\\n"}', 1234.5))
    assert other.get("a") == StoredAnswer(b'{"line": "eins\\n"}', 1234.5)
    assert (other.figures().hits, other.figures().misses, other.failures) == (1, 0, 0)


@pytest.mark.usefixtures("patient")
def test_an_answer_is_forgotten_in_time(redis):
    long, short = RedisAnswers(redis.url, 3_600), RedisAnswers(redis.url, 1)
    long.put("a", StoredAnswer.now(b"x"))
    short.put("b", StoredAnswer.now(b"x"))
    until(lambda: short.get("b") is None)
    assert long.get("a") is not None
    assert (long.failures, short.failures) == (0, 0)


def test_a_redis_that_hangs_is_waited_for_once(redis, monkeypatch):
    monkeypatch.setattr(answers_module, "PAUSE_SECONDS", WAIT_SECONDS)
    answers = RedisAnswers(redis.url, 60)
    redis.process.send_signal(signal.SIGSTOP)
    assert [answers.get("a") for _ in range(20)] == [None] * 20
    assert answers.failures == 1


def test_a_service_whose_redis_goes_away_answers_without_it(redis, start):
    with start(redis_url=redis.url) as service:
        service.wait_until_ready()

        def ask():
            return service.post("/v1/summaries", json={"text": GERMAN})

        def is_remembered():
            first, again = ask(), ask()
            return again.headers["X-Cache"] == "hit" and again.content == first.content

        first = ask()
        assert first.headers["X-Cache"] == "miss"
        service.wait_until(is_remembered)
        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(service.post, "/v1/translations", json={"text": LONG})
            service.wait_until(lambda: service.requests_in_work() or under_way.done())
            redis.end()
            assert under_way.result().status_code == 200
        without = ask()
        assert (without.status_code, without.headers["X-Cache"]) == (200, "miss")
        assert without.json()["summary"] == first.json()["summary"]
        service.wait_until(lambda: ask() and "the answer cache failed with ConnectionError" in service.log.read_text())
        assert service.metric("presseschau_redis_failures_total") >= 1
        assert "geheim" not in service.log.read_text()
