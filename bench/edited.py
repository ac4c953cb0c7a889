"""What an edited article costs: POST /v1/translations of 30 sentences, whole and with one sentence changed.

    python -m bench.edited [--rounds 20]

Whole: `Cache-Control: no-store`, so that nothing is remembered. Edited: the article has been translated before, and one
sentence is a new one each time. Rounds alternate, so that other work on the machine hits both alike.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.processes import NOTHING_REMEMBERED, Server, free_port, served
from bench.speed import SERVICE
from service.article.plain import read_text
from service.segmentation.german import segment

SENTENCES = 30
CHANGED = 10  # which of them


def article() -> tuple[str, str]:
    """The first 30 sentences of the samples, and the one of them that will be changed."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt")))
    sentences = segment(read_text(text))[:SENTENCES]
    return text[: sentences[-1].end], sentences[CHANGED].text


def translate(service: Server, text: str, headers: Mapping[str, str]) -> tuple[float, float]:
    """Seconds of wall and processor time."""
    wall, cpu = time.perf_counter(), service.running.cpu()
    service.post("/v1/translations", {"text": text}, headers)
    return time.perf_counter() - wall, service.running.cpu() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    text, changed = article()
    whole, edited = [], []
    port = free_port()
    with served([sys.executable, "-c", SERVICE], port, "/readyz", {"PRESSESCHAU_PORT": str(port)}) as service:
        translate(service, text, {})
        for number in range(rounds):
            whole.append(translate(service, text, NOTHING_REMEMBERED))
            # As long as the old one, and new in every round.
            edited.append(translate(service, text.replace(changed, f"{changed[:-1]}, zum {number + 2}. Mal."), {}))
    print("| | p50 ms | mean CPU ms |\n|---|---|---|")
    for name, runs in (("whole", whole), ("one sentence edited", edited)):
        wall, cpu = statistics.median(run[0] for run in runs), statistics.mean(run[1] for run in runs)
        print(f"| {name} | {1000 * wall:.0f} | {1000 * cpu:.0f} |")
    wall = statistics.median(run[0] for run in edited) / statistics.median(run[0] for run in whole)
    cpu = statistics.mean(run[1] for run in edited) / statistics.mean(run[1] for run in whole)
    print(f"edited / whole: {wall:.1%} by wall clock, {cpu:.1%} by processor time")


if __name__ == "__main__":
    main()
