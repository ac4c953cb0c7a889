"""The stages of the service with transformers in float32 translating the whole article; driven by bench/speed.py.

    python -m bench.reference CHECKPOINT ARTICLE

Loads once, then answers each line on standard input with one run: a line of JSON, seconds of wall and processor time.
Needs the extra `reference`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy

from service.article.model import Article
from service.article.plain import read_text
from service.loading import load_parts
from service.pipeline import Parts, check, translate
from service.segmentation.long_sentences import split_long
from service.settings import Settings
from service.translation.marian_engine import MarianEngine
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.reference_engine import TransformersDecoder


class QuickDecoder(TransformersDecoder):
    """Leaves out the second pass that reads the alignment, so that the reference is not slower than `generate` is."""

    def _read(self, source, source_mask, targets):
        longest = max(map(len, targets)) + 1
        return numpy.ones((len(targets), longest, source.shape[1]), numpy.float32), [0.0] * len(targets)


def run(article: Article, parts: Parts) -> None:
    translated = translate(article, parts)
    sentences = [pair.source for pair in translated.pairs]
    chosen = parts.summarizer.choose(article, sentences, translated.entities, None)
    wanted = {choice.sentence for choice in chosen}
    check([pair for pair in translated.pairs if pair.source in wanted], translated.entities)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("article", type=Path)
    arguments = parser.parse_args()
    article = read_text(arguments.article.read_text(encoding="utf-8"), None)
    tokenizer = MarianTokenizer.from_folder(arguments.checkpoint)
    engine = MarianEngine(tokenizer, QuickDecoder(arguments.checkpoint), split_long)
    parts = replace(load_parts(Settings.from_environment({})), engine=engine)
    run(article, parts)
    print("ready", flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        run(article, parts)
        print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    main()
