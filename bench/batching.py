"""Measure what batching across requests is worth: many callers of one sentence at a time, with and without it.

    python -m bench.batching models/marian-de-en [--callers 16] [--sentences 6] [--rounds 3]

Both ways share one loaded model; rounds alternate. Prints sentences a second and the processor time of a sentence.
"""

from __future__ import annotations

import argparse
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service.article.plain import read_text
from service.segmentation.german import segment
from service.translation.base import TranslationEngine
from service.translation.batching import MicroBatcher
from service.translation.loading import load_engine


def load(engine: TranslationEngine, sentences: list[str], callers: int) -> tuple[float, float]:
    """Seconds of wall and processor time until `callers` have translated all sentences, each in its own order."""

    def call(caller: int) -> None:
        for number in range(len(sentences)):
            engine.translate([f"{sentences[(caller + number) % len(sentences)]} {caller}"])

    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(call, range(callers)))
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--callers", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--sentences", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    article = read_text(next(Path("seeds").glob("000*")).read_text(encoding="utf-8"), None)
    sentences = [sentence.text for sentence in segment(article)][: arguments.sentences]
    direct = load_engine(arguments.folder)
    ways: dict[str, TranslationEngine] = {"off": direct, "on": MicroBatcher(direct)}
    print("| callers | batching | sentences/s | CPU ms a sentence |\n|---|---|---|---|")
    for callers in arguments.callers:
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(arguments.rounds):
            for name, engine in ways.items():
                taken[name].append(load(engine, sentences, callers))
        for name, runs in taken.items():
            count = callers * len(sentences)
            wall = statistics.median(wall for wall, _ in runs)
            cpu = statistics.median(cpu for _, cpu in runs)
            print(f"| {callers} | {name} | {count / wall:.1f} | {1000 * cpu / count:.1f} |")


if __name__ == "__main__":
    main()
