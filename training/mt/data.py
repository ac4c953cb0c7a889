"""Batches of encoded sentence pairs, drawn by corpus weight and sorted by length."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import Tensor

from training.mt.model import EOS, PAD

POOL = 40_000  # pairs sorted together; large enough that a batch is nearly free of padding


@dataclass(frozen=True, slots=True)
class Batch:
    source: Tensor  # (B, S) ends with EOS, padded with PAD
    prefix: Tensor  # (B, T) starts with PAD, the zero embedding
    target: Tensor  # (B, T) ends with EOS, padded with PAD
    alignment: Tensor  # (B, T) source position of each target piece, -1 for none


class Pairs:
    """The encoded pairs of `training.mt.encode` with the manifest's weights."""

    def __init__(self, path: Path, manifest: Path) -> None:
        stored = numpy.load(path)
        self.vocabulary = int(stored["vocabulary"])
        self.source, self.source_offsets = stored["source"], stored["source_offsets"]
        self.target, self.target_offsets = stored["target"], stored["target_offsets"]
        self.alignment = stored["alignment"]
        corpora = tomllib.loads(manifest.read_text(encoding="utf-8"))
        names = [str(name) for name in stored["names"]]
        self.weights = {
            phase: numpy.array([corpora[name][phase] for name in names], numpy.float32)[stored["corpus"]]
            for phase in ("weight", "final")
        }
        self.lengths = numpy.maximum(numpy.diff(self.source_offsets), numpy.diff(self.target_offsets)) + 1

    def epoch(self, rng: numpy.random.Generator, phase: str, longest: int) -> numpy.ndarray:
        """Draw each pair as often as its weight says (a fraction by chance), shuffled."""
        weights = numpy.where(self.lengths <= longest, self.weights[phase], 0)
        times = numpy.floor(weights + rng.random(len(weights))).astype(int)
        drawn = numpy.repeat(numpy.arange(len(weights)), times)
        rng.shuffle(drawn)
        return drawn

    def batches(self, rng: numpy.random.Generator, phase: str, tokens: int, longest: int) -> Iterator[Batch]:
        """One pool's batches of about `tokens` padded target pieces each, in random order; call again for more."""
        drawn = self.epoch(rng, phase, longest)[:POOL]
        source = self.source_offsets[drawn + 1] - self.source_offsets[drawn]
        target = self.target_offsets[drawn + 1] - self.target_offsets[drawn]
        drawn = drawn[numpy.lexsort((source, numpy.maximum(source, target) // 4))]
        widths = self.lengths[drawn]
        groups, start = [], 0
        while start < len(drawn):
            size = max(1, tokens // int(widths[min(start + tokens // int(widths[start]), len(drawn)) - 1]))
            groups.append(drawn[start : start + size])
            start += size
        for group in rng.permutation(len(groups)):
            yield self.batch(groups[group])

    def batch(self, indices: numpy.ndarray) -> Batch:
        sources = [self.source[self.source_offsets[i] : self.source_offsets[i + 1]] for i in indices]
        targets = [self.target[self.target_offsets[i] : self.target_offsets[i + 1]] for i in indices]
        links = [self.alignment[self.target_offsets[i] : self.target_offsets[i + 1]] for i in indices]
        return Batch(
            padded(sources, end=EOS), padded(targets, start=PAD), padded(targets, end=EOS), padded(links, end=-1)
        )


def padded(rows: list[numpy.ndarray], start: int | None = None, end: int | None = None) -> Tensor:
    """Rows as one (B, L) tensor with an optional first or last id, filled with PAD."""
    length = max(map(len, rows)) + 1
    table = numpy.full((len(rows), length), PAD, numpy.int64)
    for row, ids in zip(table, rows, strict=True):
        shift = 0 if start is None else 1
        row[shift : shift + len(ids)] = ids
        if start is not None:
            row[0] = start
        if end is not None:
            row[len(ids)] = end
    return torch.from_numpy(table)
