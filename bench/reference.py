"""Transformers in float32 on whole articles, eagerly and on all cores; driven by bench/speed.py.

    python -m bench.reference CHECKPOINT [--stages]

Answers each line on standard input, a German text as JSON, with the seconds that it took: to translate its sentences in
one greedy batch, or with `--stages` to do all that POST /v1/translations does. Needs the extra `reference`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy
import torch

from service.article.plain import read_text
from service.loading import load_parts
from service.patience import Patience
from service.pipeline.translation import translate
from service.places import MODELS
from service.segmentation.german import segment
from service.segmentation.long_sentences import split_long
from service.settings import Settings
from service.translation.confidence import confidence_in
from service.translation.marian_engine import MarianEngine
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.reference_engine import TransformersDecoder

MODEL = MODELS / "marian-de-en"  # whose weights the checkpoint holds
WARM_UP = "Die Ministerin sagte am Montag, dafür seien 20 Millionen Euro vorgesehen."
WHOLE_SENTENCES = 120  # pieces; hardly a sentence of the news has more


class QuickDecoder(TransformersDecoder):
    """Leaves out the second pass that reads the alignment, so that the reference is not slower than `generate` is."""

    def _read(self, source, source_mask, targets):
        longest = max(map(len, targets)) + 1
        return numpy.ones((len(targets), longest, source.shape[1]), numpy.float32), [0.0] * len(targets)


def load(checkpoint: Path) -> MarianEngine:
    """Sentences are read whole, as transformers is used; to read long ones in stretches is a part of our engine.

    The weights were measured, so the same stages ask the same dictionaries and try again what they doubt; not what only
    the model doubts, for this decoder tells no probabilities.
    """
    return MarianEngine(
        MarianTokenizer.from_folder(checkpoint),
        QuickDecoder(checkpoint),
        split_long,
        max_pieces=WHOLE_SENTENCES,
        confidence=confidence_in(MODEL),
    )


def translation_alone(engine: MarianEngine) -> Callable[[str], object]:
    return lambda text: engine.translate([sentence.text for sentence in segment(read_text(text))])


def same_stages(engine: MarianEngine) -> Callable[[str], object]:
    parts = replace(load_parts(Settings.from_environment({})), engine=engine)
    return lambda text: translate(read_text(text), parts.within(Patience(remember=False, recall=False)))


def use_all_cores() -> None:
    """CTranslate2 leaves OpenMP, and so torch, with one thread."""
    torch.set_num_threads(len(os.sched_getaffinity(0)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--stages", action="store_true")
    arguments = parser.parse_args()
    engine = load(arguments.checkpoint)
    work = same_stages(engine) if arguments.stages else translation_alone(engine)
    use_all_cores()
    work(WARM_UP)
    print("ready", flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        work(json.loads(line))
        print(json.dumps(time.perf_counter() - started), flush=True)


if __name__ == "__main__":
    main()
