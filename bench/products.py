"""How near the translation comes to what the processor can multiply in int8, and where the rest of its time goes.

    python -m bench.products models/marian-de-en [--article seeds/000.txt]

One thread. The peak is that of oneDNN (through torch) on large squares and on the shapes that an article's batch has;
CTranslate2 is timed on that batch with its encoder alone (one decoding step) and whole. Needs the extra `reference`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from service.article.plain import read_text
from service.segmentation.german import segment
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import Search
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.tuning import tune_process

ENCODER_LAYERS, DECODER_LAYERS, WIDTH, INNER, CANDIDATES = 4, 2, 384, 1536, 1_700
SECONDS = 0.4  # of each measurement


@dataclass(frozen=True, slots=True)
class OneStep(Search):
    """The encoder, and as little of the decoder as there can be."""

    def max_length(self, source_length: int) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A product of (rows, inner) with (inner, columns), done so many times."""

    name: str
    rows: int
    inner: int
    columns: int
    times: int

    @property
    def operations(self) -> float:
        return 2.0 * self.rows * self.inner * self.columns


def seconds_each(work: Callable[[], object]) -> float:
    work()
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        work()
        done += 1
    return (time.perf_counter() - started) / done


def product_seconds(shape: Shape) -> float:
    left = torch.randint(-127, 127, (shape.rows, shape.inner), dtype=torch.int8)
    right = torch.randint(-127, 127, (shape.inner, shape.columns), dtype=torch.int8)
    return seconds_each(lambda: torch._int_mm(left, right))


def shapes(tokens: int, rows: int, steps: int) -> tuple[list[Shape], list[Shape]]:
    """What the encoder multiplies for a batch of so many tokens, padded, and the decoder for so many steps."""
    encoder = [
        Shape("encoder, queries keys values", tokens, WIDTH, 3 * WIDTH, ENCODER_LAYERS),
        Shape("encoder, attention out", tokens, WIDTH, WIDTH, ENCODER_LAYERS),
        Shape("encoder, feed-forward in", tokens, WIDTH, INNER, ENCODER_LAYERS),
        Shape("encoder, feed-forward out", tokens, INNER, WIDTH, ENCODER_LAYERS),
        Shape("decoder, source keys values", tokens, WIDTH, 2 * WIDTH, DECODER_LAYERS),
    ]
    decoder = [
        Shape("decoder, queries keys values", rows, WIDTH, 3 * WIDTH, DECODER_LAYERS * steps),
        Shape("decoder, other attention", rows, WIDTH, WIDTH, 3 * DECODER_LAYERS * steps),
        Shape("decoder, feed-forward in", rows, WIDTH, INNER, DECODER_LAYERS * steps),
        Shape("decoder, feed-forward out", rows, INNER, WIDTH, DECODER_LAYERS * steps),
        Shape("decoder, candidates", rows, WIDTH, CANDIDATES, steps),
    ]
    return encoder, decoder


def told(parts: list[Shape], took: float, name: str, peak: float) -> None:
    operations = sum(shape.times * shape.operations for shape in parts)
    products = sum(shape.times * product_seconds(shape) for shape in parts)
    rate = operations / took
    print(
        f"| {name} | {operations / 1e9:.1f} | {1000 * took:.1f} | {rate / 1e9:.0f} | {rate / peak:.0%}"
        f" | {1000 * products:.1f} | {products / took:.0%} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--article", type=Path, default=next(Path("seeds").glob("000*")))
    arguments = parser.parse_args()
    tune_process()
    decoder = CTranslate2Decoder(arguments.folder, workers=1)
    torch.set_num_threads(1)
    texts = [one.text for one in segment(read_text(arguments.article.read_text(encoding="utf-8")))]
    batch = [list(one.tokens) for one in MarianTokenizer.from_folder(arguments.folder).encode_all(texts)]
    found = decoder.decode([batch], [Search()])[0]
    steps = max(len(one.tokens) for one in found) + 1
    rows = round(sum(len(one.tokens) + 1 for one in found) / steps)  # a sentence that has ended leaves the batch
    encoder_shapes, decoder_shapes = shapes(sum(map(len, batch)) + len(batch), rows, steps)
    print("| shape | rows x inner x columns | GOP/s |\n|---|---|---|")
    square = Shape("large square", 2048, 2048, 2048, 1)
    for shape in (square, *encoder_shapes, *decoder_shapes):
        speed = shape.operations / product_seconds(shape) / 1e9
        print(f"| {shape.name} | {shape.rows} x {shape.inner} x {shape.columns} | {speed:.0f} |")
    peak = square.operations / product_seconds(square)
    whole = seconds_each(lambda: decoder.decode([batch], [Search()]))
    encoding = seconds_each(lambda: decoder.decode([batch], [OneStep()]))
    print(
        "\n| | GOP | ms | GOP/s | of the peak | ms of oneDNN's products | of the time |\n|---|---|---|---|---|---|---|"
    )
    told(encoder_shapes, encoding, "encoder", peak)
    told(decoder_shapes, whole - encoding, f"decoder, {steps} steps of {rows} rows", peak)
    told(encoder_shapes + decoder_shapes, whole, "whole", peak)


if __name__ == "__main__":
    main()
