"""How often the check of spelling speaks up on what the bundled model really writes, and at which words.

    python -m bench.invented --corpora ../shared/corpora [--pairs 900] [--show 100]

Translates sentences of WMT 2019-2021 once, without second attempts, and prints the reviewed words where they stand, to
be read: a word that is English is a false alarm. `bench/checks.py` counts the alarms on human translations.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from service.alignment.model import SentencePair
from service.checks.spelling import SpellingCheck
from service.loading import load_parts
from service.segmentation.model import Sentence
from service.settings import Settings

SETS = ("wmt19", "wmt20", "wmt21")
BATCH = 32
AROUND = 40  # code points of context


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=900, help="sentences, as many of each set")
    parser.add_argument("--show", type=int, default=0, help="sentences with reviewed words to print")
    options = parser.parse_args()
    reviewed = [pair for pair in translated(options.corpora, options.pairs // len(SETS)) if invented(pair)]
    for pair in reviewed[: options.show]:
        for start, end in invented(pair):
            print(f"{pair.english[start:end]:20} {pair.english[max(0, start - AROUND) : end + AROUND]}")
    print(f"{len(reviewed)} of {options.pairs} sentences, {len(reviewed) / options.pairs:.1%}")


def translated(corpora: Path, count: int) -> list[SentencePair]:
    engine = load_parts(Settings.from_environment(os.environ)).engine
    pairs = []
    for name in SETS:
        german = (corpora / "eval" / f"{name}.de-en.de").read_text(encoding="utf-8").splitlines()[:count]
        for start in range(0, len(german), BATCH):
            batch = german[start : start + BATCH]
            for text, translation in zip(batch, engine.translate(batch), strict=True):
                pairs.append(SentencePair(Sentence(text, 0, len(text), 0), translation.target))
    return pairs


def invented(pair: SentencePair) -> list[tuple[int, int]]:
    return [finding.en for finding in SpellingCheck().check(pair, {}) if finding.en]


if __name__ == "__main__":
    main()
