"""Compile the lexical shortlist: which target pieces each source piece was ever aligned to.

    python -m training.mt.shortlist --data build/mt --model models/marian-de-en

Writes CTranslate2's `vmap.txt` into the model folder. The output layer then scores some hundred pieces instead of
12,000, which is where half of a decoding step goes (Jean et al. 2015; Marian's `--shortlist`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy
import sentencepiece

BEST = 40  # aligned target pieces kept for a source piece
LEAST_SHARE = 0.002  # of the source piece's alignments
ALWAYS = 600  # most frequent target pieces, candidates in every sentence
SHORT = 1  # characters: single letters, digits and marks spell whatever is not in the vocabulary


def aligned_counts(data: Path) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Joint counts of aligned pieces, shape (V, V) flattened to keys and counts: key = source * V + target."""
    stored = numpy.load(data / "encoded.npz")
    size = int(stored["vocabulary"])
    alignment = stored["alignment"].astype(numpy.int64)
    pair = numpy.repeat(numpy.arange(len(stored["target_offsets"]) - 1), numpy.diff(stored["target_offsets"]))
    linked = alignment >= 0
    source = stored["source"][stored["source_offsets"][pair[linked]] + alignment[linked]].astype(numpy.int64)
    return numpy.unique(source * size + stored["target"][linked], return_counts=True)


def shortlist(data: Path) -> tuple[list[int], dict[int, list[int]]]:
    """(pieces that are always candidates, source piece -> its candidates, best first and itself last)."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    size = pieces.get_piece_size()
    keys, counts = aligned_counts(data)
    sources, targets = keys // size, keys % size
    often = numpy.bincount(targets, counts, minlength=size)
    short = [i for i in range(size) if len(pieces.id_to_piece(i).strip("▁")) <= SHORT or pieces.is_byte(i)]
    always = sorted({*numpy.argsort(-often)[:ALWAYS].tolist(), *short})
    candidates: dict[int, list[int]] = {}
    starts = numpy.searchsorted(sources, numpy.arange(size + 1))
    for piece in range(size):
        own = slice(starts[piece], starts[piece + 1])
        order = numpy.argsort(-counts[own])[:BEST]
        kept = order[counts[own][order] >= LEAST_SHARE * counts[own].sum()]
        candidates[piece] = [*targets[own][kept].tolist(), piece]
    return always, candidates


def write(data: Path, path: Path) -> None:
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    always, candidates = shortlist(data)

    def names(ids: list[int]) -> str:
        return " ".join(pieces.id_to_piece(i) for i in dict.fromkeys(ids))

    lines = ["\t" + names(always), *(f"{pieces.id_to_piece(i)}\t{names(ids)}" for i, ids in candidates.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mean = sum(map(len, candidates.values())) / len(candidates)
    print(f"{path}: {len(always)} pieces always, {mean:.1f} for a source piece, {path.stat().st_size / 2**20:.1f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--model", type=Path, default=Path("models/marian-de-en"))
    arguments = parser.parse_args()
    write(arguments.data, arguments.model / "vmap.txt")


if __name__ == "__main__":
    main()
