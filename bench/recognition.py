"""How fast names are found, tied to entities and projected onto the English: a 550-word article, on one core.

    python -m bench.recognition

Words are what str.split gives. Processor time is what counts here, so that a busy machine does not blur the figure. A
core that is shared with somebody else's virtual machine still has slow and fast seconds: the fastest tenth of the runs
shows it alone. Much of a name is remembered once it was taken apart, so chains and projection are measured the first
time that they see the article, too.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.alignment.projection import Projector
from service.alignment.vocabulary import everyday_words
from service.article.plain import read_text
from service.entities.chains import chain
from service.entities.loading import load_recognizer_in
from service.entities.model import Mention
from service.loading import WARM_UP_TEXT
from service.pipeline.parts import Recognizer
from service.segmentation.german import segment
from service.translation.base import TranslationEngine
from service.translation.loading import load_engine
from service.translation.model import Translation
from service.translation.tuning import tune_process

ROOT = Path(__file__).resolve().parent.parent
ARTICLE_WORDS = 550
TIED_PER_RUN = 20  # it takes a tenth of the time


def article() -> str:
    """The seeds one after the other, cut at the end of the line that reaches `ARTICLE_WORDS`."""
    lines: list[str] = []
    words = 0
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        for line in seed.read_text(encoding="utf-8").splitlines():
            if words < ARTICLE_WORDS:
                lines.append(line)
                words += len(line.split())
    return "\n".join(lines)


def tie(text: str, mentions: Sequence[Mention], translations: Sequence[Translation]) -> tuple[float, float]:
    """Seconds that chains and the projection of every sentence take."""
    article = read_text(text)
    sentences = segment(article)
    started = time.process_time()
    entities = chain(article, mentions)
    chained = time.process_time()
    projector = Projector(entities)
    for sentence, translation in zip(sentences, translations, strict=True):
        projector.project(sentence, translation)
    return chained - started, time.process_time() - chained


def tying_report(recognizer: Recognizer, engine: TranslationEngine, runs: int) -> Iterator[str]:
    def all_about(text: str) -> tuple[str, Sequence[Mention], Sequence[Translation]]:
        translations = engine.translate([sentence.text for sentence in segment(read_text(text))])
        return text, recognizer.recognize(text), translations

    tie(*all_about(WARM_UP_TEXT))
    everyday_words()
    known = all_about(article())
    gc.collect()
    gc.freeze()  # as the service does once it is warm: what is loaded is no garbage
    first, *more = [tie(*known) for _ in range(TIED_PER_RUN * runs + 1)]
    yield f"{told(first)}, at first sight"
    yield f"{told(ordered(more, 0.1))}, fastest tenth of {len(more)} runs"
    yield f"{told(ordered(more, 0.5))}, their median"


def ordered(runs: Sequence[tuple[float, float]], share: float) -> tuple[float, float]:
    """The run that so large a share of all is as fast as."""
    return sorted(runs, key=sum)[int(share * len(runs))]


def told(seconds: tuple[float, float]) -> str:
    chains, projection = (1000 * part for part in seconds)
    return f"chains {chains:.1f} ms + projection {projection:.1f} ms = {chains + projection:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "ner-de")
    parser.add_argument("--translation", type=Path, default=ROOT / "models" / "marian-de-en")
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args()
    tune_process()
    started = time.perf_counter()
    recognizer = load_recognizer_in(arguments.model)
    print(f"load {time.perf_counter() - started:.2f} s")
    text = article()
    recognizer.recognize(text)
    seconds = []
    for _ in range(arguments.runs):
        before = time.process_time()
        recognizer.recognize(text)
        seconds.append(time.process_time() - before)
    median = statistics.median(seconds)
    words = len(text.split())
    print(f"{words} words in {1000 * median:.0f} ms of processor time, median of {arguments.runs} runs")
    print(f"{words / median:,.0f} words/s")
    print(*tying_report(recognizer, load_engine(arguments.translation, workers=1), arguments.runs), sep="\n")


if __name__ == "__main__":
    main()
