"""Measure how sure the model is of news that it has not seen, as `confidence.json` beside its weights.

    python -m training.mt.confidence --data build/mt --model models/marian-de-en

The news are the held-out sentences that `prepare` kept for validation. The service compares each translation with them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import get_args

import numpy

from service.checks.attempts import first_plans
from service.segmentation.model import Sentence
from service.translation.confidence import CONFIDENCE_FILE, WORD
from service.translation.loading import load_engine
from service.translation.model import Manner, Translation

QUANTILES = 21
DOUBTFUL_WORDS = 0.08  # the share of the English words that are to be marked


def words_of(translation: Translation) -> list[float]:
    """The log-probability of the least likely piece of each English word, where it is known."""
    known = [link for link in translation.links if link.log_prob is not None]
    within = (
        [link.log_prob for link in known if link.target_start < match.end() and match.start() < link.target_end]
        for match in WORD.finditer(translation.target)
    )
    return [min(pieces) for pieces in within if pieces]


def as_read(line: str) -> str:
    """As the service gives it to a measured model: rare words in English."""
    (plan,) = first_plans([Sentence(line, 0, len(line), 0)], is_measured=True)
    return plan.german


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--model", type=Path, default=Path("models/marian-de-en"))
    arguments = parser.parse_args()
    lines = (arguments.data / "valid.tsv").read_text(encoding="utf-8").splitlines()
    german = [as_read(line.split("\t")[1]) for line in lines]
    engine, scores = load_engine(arguments.model), {}
    word = numpy.quantile([least for one in engine.translate(german) for least in words_of(one)], DOUBTFUL_WORDS)
    for manner in get_args(Manner):
        found = [translation.score for translation in engine.translate(german, manner)]
        quantiles = numpy.quantile(found, numpy.linspace(0.0, 1.0, QUANTILES))
        scores[manner] = [round(float(score), 4) for score in quantiles]
        print(f"{manner}: mean log-probability of a piece {numpy.mean(found):.3f}")
    measured = {"sentences": len(german), "scores": scores, "word": round(float(word), 4)}
    (arguments.model / CONFIDENCE_FILE).write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
