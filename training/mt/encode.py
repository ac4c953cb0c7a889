"""Encode the prepared pairs once: subword ids, and one aligned source position for every target piece.

    python -m training.mt.encode --data build/mt

Writes `encoded.npz` (small enough to travel): int16 ids, int8 alignments (-1: none), corpus numbers. The alignments
come from eflomal (Östling and Tiedemann 2016) on the subword ids; guided alignment (Chen et al. 2016) trains on them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy
import sentencepiece

MAX_PIECES = 120  # int8 holds the alignments


def align(sources: list[list[int]], targets: list[list[int]]) -> list[dict[int, int]]:
    """Align every pair with eflomal; returns target position -> source position."""
    from eflomal import Aligner  # a training-only package with a compiled part

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("source", "target", "forward")]
        for path, side in zip(paths, (sources, targets), strict=False):
            path.write_text("".join(" ".join(map(str, ids)) + "\n" for ids in side))
        with open(paths[0]) as source, open(paths[1]) as target:
            Aligner(model=3, score_model=0, n_iterations=(4, 4, 4), n_samplers=1).align(
                source, target, links_filename_fwd=str(paths[2]), quiet=True
            )
        return [
            {int(link.split("-")[1]): int(link.split("-")[0]) for link in line.split()}
            for line in paths[2].read_text().splitlines()
        ]


def flat(sequences: list[list[int]], dtype) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Concatenate ragged sequences: values and the n+1 offsets between them."""
    offsets = numpy.cumsum([0, *map(len, sequences)])
    return numpy.concatenate([numpy.asarray(s, dtype) for s in sequences]), offsets.astype(numpy.int32)


def encode(data: Path) -> None:
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    rows = [row.split("\t") for row in (data / "pairs.tsv").read_text(encoding="utf-8").splitlines()]
    sources, targets = (model.encode([row[side] for row in rows], num_threads=2) for side in (1, 2))
    fits = [i for i in range(len(rows)) if 0 < len(sources[i]) <= MAX_PIECES and 0 < len(targets[i]) <= MAX_PIECES]
    sources, targets = [sources[i] for i in fits], [targets[i] for i in fits]
    links = align(sources, targets)
    aligned = [[link.get(t, -1) for t in range(len(target))] for link, target in zip(links, targets, strict=True)]
    names = sorted({row[0] for row in rows})
    source, source_offsets = flat(sources, numpy.int16)
    target, target_offsets = flat(targets, numpy.int16)
    alignment, _ = flat(aligned, numpy.int8)
    numpy.savez_compressed(
        data / "encoded.npz",
        source=source, source_offsets=source_offsets, target=target, target_offsets=target_offsets, alignment=alignment,
        corpus=numpy.array([names.index(rows[i][0]) for i in fits], numpy.int8), names=numpy.array(names),
        vocabulary=numpy.int32(model.get_piece_size()),
    )  # fmt: skip
    size = (data / "encoded.npz").stat().st_size / 2**20
    print(f"{len(fits)} of {len(rows)} pairs, {len(source) / len(fits):.1f} German and {len(target) / len(fits):.1f} "
          f"English pieces a pair, {(alignment >= 0).mean():.0%} aligned, {size:.1f} MiB")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    encode(parser.parse_args().data)


if __name__ == "__main__":
    main()
