"""Keeps the service busy with 16 callers for an hour, and fails if its memory grows or a request does.

    python -m bench.soak [--minutes 60] [--callers 16]

Articles are made of the samples' sentences in ever new orders, now and then bad ones among them, so that caches fill
and empty as on a working day. Resident memory is compared between the time when the caches are full and the end; it may
differ by a tenth. Exit status 1 says that it did, or that an answer had another status than it should.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import ANSWER_SECONDS, Server, free_port, served
from service.article.plain import read_text
from service.segmentation.german import segment

SERVICE = "from service.cli import main; raise SystemExit(main(['serve']))"
SETTINGS = {
    # Small enough to be full before the memory is first measured, on a slow machine too.
    "PRESSESCHAU_SENTENCE_CACHE_BYTES": "4000000",
    "PRESSESCHAU_CACHE_BYTES": "4000000",
    # Sixteen callers on a slow machine wait long: what is looked for is what grows, not what is slow.
    "PRESSESCHAU_REQUEST_SECONDS": "600",
}
WARM_SHARE = 0.4  # of the time, until the caches and the allocator's own are full
MOST_GROWTH = 0.1
SAMPLE_SECONDS = 2.0
ROUTES = ("/v1/summaries", "/v1/summaries", "/v1/entities", "/v1/translations")
BAD = ({"text": ""}, {"text": "The cat sat on the mat and looked at all the people who were walking by the house."})


@dataclass
class Log:
    """What happened, shared by the callers."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, expected: int, told: str, seconds: float) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.seconds.append(seconds)
            if status != expected:
                self.wrong.append(f"{status} instead of {expected}: {told[:200]}")


def article(sentences: Sequence[str], drawn: random.Random) -> str:
    chosen = drawn.sample(sentences, drawn.randint(4, 20))
    return "\n".join(" ".join(chosen[start : start + 3]) for start in range(0, len(chosen), 3))


def ask(server: Server, route: str, body: object) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("POST", route, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def call(server: Server, sentences: Sequence[str], seed: int, end: float, log: Log) -> None:
    drawn = random.Random(seed)
    while time.monotonic() < end:
        bad = drawn.random() < 0.05
        body = drawn.choice(BAD) if bad else {"text": article(sentences, drawn)}
        started = time.monotonic()
        status, told = ask(server, drawn.choice(ROUTES), body)
        log.note(status, 422 if bad else 200, told, time.monotonic() - started)


def watch(server: Server, end: float) -> list[float]:
    """Resident megabytes, sampled once the service is warm."""
    time.sleep(WARM_SHARE * (end - time.monotonic()))
    samples = []
    while time.monotonic() < end:
        samples.append(server.running.resident_megabytes())
        time.sleep(SAMPLE_SECONDS)
    return samples


def grown(samples: Sequence[float]) -> float:
    """By what share the last quarter of the samples lies above the first."""
    quarter = max(1, len(samples) // 4)
    return statistics.median(samples[-quarter:]) / statistics.median(samples[:quarter]) - 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--callers", type=int, default=16)
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
    sentences = [sentence.text for text in texts for sentence in segment(read_text(text))]
    port, log = free_port(), Log()
    environment = {"PRESSESCHAU_PORT": str(port), **SETTINGS}
    with served([sys.executable, "-c", SERVICE], port, "/readyz", environment) as server:
        end = time.monotonic() + 60 * arguments.minutes
        with ThreadPoolExecutor(arguments.callers + 1) as pool:
            samples = pool.submit(watch, server, end)
            list(pool.map(lambda seed: call(server, sentences, seed, end, log), range(arguments.callers)))
    growth = grown(samples.result())
    slowest = sorted(log.seconds)
    print(f"{len(slowest)} answers in {arguments.minutes:g} minutes: {dict(log.statuses)}")
    print(f"p50 {slowest[len(slowest) // 2]:.2f} s, p99 {slowest[int(0.99 * len(slowest))]:.2f} s")
    print(f"resident memory {samples.result()[0]:.0f} MB, at the end {samples.result()[-1]:.0f} MB ({growth:+.1%})")
    print("\n".join(log.wrong[:10]), end="\n" if log.wrong else "")
    return int(growth > MOST_GROWTH or bool(log.wrong))


if __name__ == "__main__":
    raise SystemExit(main())
