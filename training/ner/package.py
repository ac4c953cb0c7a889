"""Packs a trained pipeline for `models/`: eight-bit vectors, no strings left over from training.

The folder is written beside its place and moved there at once, so that nobody ever loads half a model.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.strings import StringStore

from service.entities.recognition import COMPOUND_HEADS
from service.entities.spacy_recognition import VECTOR_SCALES


def shed_strings(nlp: Language, vocabulary: Path) -> None:
    """Every word of the training text was interned; a reader interns its own."""
    needed = [label for name in nlp.pipe_names for label in nlp.get_pipe(name).labels]
    StringStore(needed).to_disk(vocabulary / "strings.json")


def eight_bit(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`table` (rows x dimensions, float32) as int8 and the scale of each row: `table ≈ int8 * scale[:, None]`."""
    scales = np.abs(table).max(axis=1) / 127
    safe = np.where(scales > 0, scales, 1)
    return np.rint(table / safe[:, None]).astype(np.int8), safe.astype(np.float32)


def pack(trained: Path, documents: Path, out: Path) -> None:
    nlp = spacy.load(trained)
    nlp.meta["name"] = out.name
    table, scales = eight_bit(nlp.vocab.vectors.data)
    beside = out.with_name(out.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    nlp.to_disk(beside)
    shed_strings(nlp, beside / "vocab")
    np.save(beside / "vocab" / "vectors", table)
    (beside / "vocab" / "vectors.npy").replace(beside / "vocab" / "vectors")
    np.save(beside / VECTOR_SCALES, scales)
    shutil.copyfile(documents / COMPOUND_HEADS, beside / COMPOUND_HEADS)
    if out.exists():
        for kept in out.glob("*.md"):
            shutil.copy(kept, beside)
        shutil.rmtree(out)
    beside.replace(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True, help="the folder that prepare wrote")
    parser.add_argument("--out", type=Path, required=True, help="models/ner-de or models/ner-en")
    arguments = parser.parse_args()
    pack(arguments.trained, arguments.documents, arguments.out)


if __name__ == "__main__":
    main()
