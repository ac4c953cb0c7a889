"""How fast names are found, on one core: words a second, and the time of a 550-word article.

    python -m bench.recognition

Words are what str.split gives. Processor time is what counts here, so that a busy machine does not blur the figure.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import statistics
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE_WORDS = 550


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "ner-de")
    parser.add_argument("--runs", type=int, default=20)
    arguments = parser.parse_args()
    started = time.perf_counter()
    from service.entities.recognition import SpacyRecognizer

    recognizer = SpacyRecognizer(arguments.model)
    print(f"import and load {time.perf_counter() - started:.2f} s")
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


if __name__ == "__main__":
    main()
