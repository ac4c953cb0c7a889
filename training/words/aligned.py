"""The words of the translation model's training pairs, and which of them eflomal aligned (`training.mt.encode`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy
import sentencepiece

# Manuals, and sets made of names and numbers: they say little about the words of the news.
LEFT_OUT = frozenset(
    {"manpages", "rustbook", "chat-bcontrast", "synthetic-names", "synthetic-numbers", "dictionary-words"}
)


class Words(NamedTuple):
    """A text's words, punctuation and figures among them, and the word that each of its pieces is a part of."""

    words: list[str]
    of_piece: list[int]


class Pair(NamedTuple):
    """`places[t]` is the German piece that English piece t is aligned to, -1 for none; `source`, `target` are ids."""

    corpus: str
    german: Words
    english: Words
    source: list[int]
    target: list[int]
    places: list[int]

    def english_of(self) -> list[list[int]]:
        """For each German word the English words that are aligned to it, in order."""
        links: list[list[int]] = [[] for _ in self.german.words]
        for place, word in zip(self.places, self.english.of_piece, strict=True):
            if place >= 0 and word not in links[self.german.of_piece[place]]:
                links[self.german.of_piece[place]].append(word)
        return links


def aligned_pairs(data: Path, left_out: frozenset[str] = LEFT_OUT) -> Iterator[Pair]:
    """The pairs of `encoded.npz`, read with `spm.model` beside it."""
    stored = numpy.load(data / "encoded.npz")
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pieces = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    names = stored["names"].tolist()
    sources = ragged(stored["source"], stored["source_offsets"])
    targets = ragged(stored["target"], stored["target_offsets"])
    alignments = ragged(stored["alignment"], stored["target_offsets"])
    for corpus, source, target, places in zip(stored["corpus"].tolist(), sources, targets, alignments, strict=True):
        if names[corpus] not in left_out:
            german, english = (words_of([pieces[number] for number in side]) for side in (source, target))
            yield Pair(names[corpus], german, english, source, target, places)


def ragged(values: numpy.ndarray, offsets: numpy.ndarray) -> Iterator[list[int]]:
    """The sequences that were concatenated."""
    flat, bounds = values.tolist(), offsets.tolist()
    return (flat[start:end] for start, end in pairwise(bounds))


def words_of(pieces: Sequence[str]) -> Words:
    """Puts pieces together: a word ends at a space, and where letters and other characters meet."""
    words: list[str] = []
    numbers: list[int] = []
    for piece in pieces:
        if piece.startswith("▁") or not words or not piece[0].isalpha() or not words[-1][-1:].isalpha():
            words.append("")
        words[-1] += piece.removeprefix("▁")
        numbers.append(len(words) - 1)
    return Words(words, numbers)
