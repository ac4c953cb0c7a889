"""Measure how the translation engine is best laid out on this machine: workers x threads, batch size, beam.

    python -m bench.translation models/marian-de-en [--article seeds/000.txt] [--rounds 7]

Every layout translates the same article in every round, one after the other, so that other work on the machine hits all
alike; trust the ratios. CPU is the processor time of all threads, which other work does not lengthen by much.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from service.article.plain import read_text
from service.segmentation.german import segment, split_long
from service.translation import marian_engine
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import MarianEngine, Search
from service.translation.marian_tokenizer import MarianTokenizer


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    workers: int
    threads: int
    batch: int = marian_engine.MAX_BATCH_SENTENCES
    beam: int = 1


LAYOUTS = (
    Layout("2 workers x 1 thread (default)", 2, 1),
    Layout("1 worker x 2 threads", 1, 2),
    Layout("1 worker x 1 thread", 1, 1),
    Layout("2 x 1, batches of 8", 2, 1, batch=8),
    Layout("2 x 1, batches of 4", 2, 1, batch=4),
    Layout("2 x 1, one by one", 2, 1, batch=1),
    Layout("2 x 1, beam 4", 2, 1, beam=4),
)


def engine(folder: Path, layout: Layout) -> Callable[[list[str]], object]:
    decoder = CTranslate2Decoder(folder, layout.workers, layout.threads)
    made = MarianEngine(MarianTokenizer.from_folder(folder), decoder, split_long, Search(beam_size=layout.beam))

    def translate(sentences: list[str]) -> object:
        marian_engine.MAX_BATCH_SENTENCES = layout.batch
        return made.translate(sentences)

    return translate


def measure(folder: Path, sentences: list[str], rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    engines = {layout.name: engine(folder, layout) for layout in LAYOUTS}
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in engines}
    for number in range(rounds + 1):
        for name, translate in engines.items():
            wall, cpu = time.perf_counter(), time.process_time()
            translate(sentences)
            if number:  # the first round warms up
                taken[name][0].append(time.perf_counter() - wall)
                taken[name][1].append(time.process_time() - cpu)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--article", type=Path, default=next(Path("seeds").glob("000*")))
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    article = read_text(arguments.article.read_text(encoding="utf-8"), None)
    sentences = [sentence.text for sentence in segment(article)]
    taken = measure(arguments.folder, sentences, arguments.rounds)
    first = statistics.median(taken[LAYOUTS[0].name][0])
    print(f"{len(sentences)} sentences, {sum(map(len, sentences))} characters, median of {arguments.rounds} rounds")
    print("| layout | wall ms | times the default | CPU ms |\n|---|---|---|---|")
    for name, (wall, cpu) in taken.items():
        middle = statistics.median(wall)
        print(f"| {name} | {1000 * middle:.0f} | {middle / first:.2f} | {1000 * statistics.median(cpu):.0f} |")


if __name__ == "__main__":
    main()
