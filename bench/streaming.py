"""What a stream gives early: POST /v1/summaries as one JSON document and as events, side by side.

    python -m bench.streaming [--rounds 30] [--sentences 8]

Milliseconds from the request to each event, medians; nothing is remembered. Rounds alternate.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

from bench.processes import NOTHING_REMEMBERED, Server, free_port, served
from bench.speed import SERVICE

STREAM = {"Content-Type": "application/json", "Accept": "text/event-stream", **NOTHING_REMEMBERED}


def plain(service: Server, body: dict[str, object]) -> dict[str, float]:
    started = time.perf_counter()
    service.post("/v1/summaries", body)
    return {"one JSON document": time.perf_counter() - started}


def stream(service: Server, body: dict[str, object]) -> dict[str, float]:
    """Seconds until each event has arrived; of the sentences the first and the last."""
    found: dict[str, float] = {}
    connection = http.client.HTTPConnection("127.0.0.1", service.port)
    started = time.perf_counter()
    connection.request("POST", "/v1/summaries", json.dumps(body), STREAM)
    answer = connection.getresponse()
    name = ""
    while line := answer.readline():
        if line.startswith(b"event: "):
            name = line[7:].decode().strip()
        elif line == b"\n":
            now = time.perf_counter() - started
            found.setdefault("first sentence" if name == "sentence" else name, now)
            if name == "sentence":
                found["last sentence"] = now
    connection.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path, default=next(Path("seeds").glob("000*")))
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sentences", type=int, help="of the summary (default: as the service chooses)")
    arguments = parser.parse_args()
    body = {"text": arguments.article.read_text(encoding="utf-8"), "sentences": arguments.sentences}
    taken: dict[str, list[float]] = defaultdict(list)
    port = free_port()
    with served([sys.executable, "-c", SERVICE], port, "/readyz", {"PRESSESCHAU_PORT": str(port)}) as service:
        plain(service, body)
        for _ in range(arguments.rounds):
            for name, seconds in {**plain(service, body), **stream(service, body)}.items():
                taken[name].append(seconds)
    print("| until | p50 ms | of the whole |\n|---|---|---|")
    whole = statistics.median(taken["one JSON document"])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"| {name} | {1000 * median:.0f} | {median / whole:.0%} |")


if __name__ == "__main__":
    main()
