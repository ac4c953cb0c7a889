"""Trains floret word vectors (fastText subwords, hashed into a short table) and saves them as float16 for the pipeline.

Method: Boyd & Warmerdam 2022, "floret: lightweight, robust word vectors"; skip-gram after Bojanowski et al. 2017.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import floret

DIMENSIONS = 96
ROWS = 100_000
# Two hashes a key: a collision of one row is rarely a collision of both.
HASHES = 2


def train(text: Path, out: Path, epochs: int, rows: int, window: int) -> None:
    model = floret.train_unsupervised(
        str(text),
        model="skipgram",
        mode="floret",
        hashCount=HASHES,
        bucket=rows,
        dim=DIMENSIONS,
        minn=4,
        maxn=5,
        minCount=3,
        ws=window,
        neg=5,
        lr=0.05,
        epoch=epochs,
        thread=1,
    )
    model.save_floret_vectors(str(out))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="a .floret text file")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--window", type=int, default=5, help="words to either side; smaller is faster")
    arguments = parser.parse_args()
    train(arguments.text, arguments.out, arguments.epochs, arguments.rows, arguments.window)


if __name__ == "__main__":
    main()
