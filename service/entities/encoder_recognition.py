"""Finds names with our own encoder: CTranslate2 reads the pieces of a sentence, a small head in numpy tags its words.

The encoder is the one of the bundled translation model, taught anew to tag (`training/ner`). The tags are the
likeliest sequence of a linear-chain conditional random field (Lample et al. 2016, section 2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import ctranslate2
import numpy as np
import sentencepiece

from service.entities.model import EntityType
from service.entities.recognition import LineRecognizer, Tagged, compound_heads
from service.entities.word_features import TAGGED_WORD, WordTypes, first_and_last_pieces, word_row

PIECES_MODEL = "source.spm"
HEAD = "head.npz"
TAGS = "tags.json"
# A sentence ends here as surely as its context needs: the translation model learnt to read one sentence at a time.
SENTENCE_END = re.compile(r"(?<=\w{3}[.!?…])[\"“”»«‘’)]*\s+(?=[\"„“»(]?[^\W\d_a-zäöüß])")
LONGEST_WINDOW = 200  # pieces; the training sentences are shorter
# Sentences of like length, read at once: more make the padding dearer than the calls.
BATCH_WINDOWS = 4
END_OF_SENTENCE = 0
END_TYPE = 405  # the end mark counts as a mark that is in no list


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence: its words in code points of its line, and the pieces that the encoder reads.

    first, last: for each word the pieces of its first and last character; rows: of the words in the hashed table.
    """

    line: int
    starts: np.ndarray
    ends: np.ndarray
    pieces: list[int]
    types: list[int]
    first: np.ndarray
    last: np.ndarray
    rows: np.ndarray


@dataclass(frozen=True, slots=True)
class Head:
    """From the states of a word's first and last piece and its own row to the scores of its tags."""

    words: np.ndarray  # rows x word width
    mix: np.ndarray  # (2 x width + word width) x hidden
    mix_bias: np.ndarray
    out: np.ndarray  # hidden x tags
    out_bias: np.ndarray
    start: np.ndarray  # tags; impossible ones far below zero
    transitions: np.ndarray  # from x to, likewise

    @classmethod
    def from_file(cls, path: Path) -> Head:
        with np.load(path) as arrays:
            return cls(**{name: arrays[name].astype(np.float32) for name in cls.__dataclass_fields__})

    def scores(self, first: np.ndarray, last: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """first, last: words x width; rows: words. Returns words x tags."""
        states = np.concatenate([first, last, self.words[rows]], axis=1)
        return np.maximum(states @ self.mix + self.mix_bias, 0) @ self.out + self.out_bias


def best_paths(scores: Sequence[np.ndarray], start: np.ndarray, transitions: np.ndarray) -> list[list[int]]:
    """The likeliest tags of each sentence (Viterbi). scores: for each, words x tags; transitions: from x to."""
    lengths = np.array([len(sentence) for sentence in scores])
    longest = int(lengths.max())
    padded = np.zeros((longest, len(scores), len(start)), np.float32)
    for number, sentence in enumerate(scores):
        padded[: len(sentence), number] = sentence
    best = start + padded[0]
    came_from = np.zeros(padded.shape, np.int8)
    for word in range(1, longest):
        ways = best[:, :, None] + transitions
        came_from[word] = ways.argmax(axis=1)
        best = np.where((word < lengths)[:, None], ways.max(axis=1) + padded[word], best)
    return [path_back(came_from[:length, number], int(best[number].argmax())) for number, length in enumerate(lengths)]


def path_back(came_from: np.ndarray, tag: int) -> list[int]:
    """The tags that lead to the last one. came_from: words x tags."""
    path = [tag]
    for row in came_from[:0:-1]:
        path.append(int(row[path[-1]]))
    return path[::-1]


class EncoderRecognizer(LineRecognizer):
    """A bundled tagger that reads on `cores` cores. May be called from several threads."""

    def __init__(self, folder: Path, compute_type: str = "int8", cores: int = 1) -> None:
        super().__init__(compound_heads(folder))
        self._encoder = ctranslate2.Encoder(
            str(folder), compute_type=compute_type, inter_threads=cores, intra_threads=1
        )
        self._readers = ThreadPoolExecutor(cores, thread_name_prefix="names")
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / PIECES_MODEL))
        self._types = WordTypes.from_folder(folder)
        self._head = Head.from_file(folder / HEAD)
        self._tags: list[str] = json.loads((folder / TAGS).read_text(encoding="utf-8"))

    def tag(self, lines: Sequence[str]) -> list[Sequence[Tagged]]:
        windows = list(self._windows(lines))
        found: list[list[Tagged]] = [[] for _ in lines]
        if windows:
            paths = best_paths(self._scores(windows), self._head.start, self._head.transitions)
            for window, path in zip(windows, paths, strict=True):
                found[window.line] += names_of(window, [self._tags[tag] for tag in path])
        return [*found]

    def scores(self, lines: Sequence[str]) -> list[np.ndarray]:
        """What the network says of each sentence of the lines: words x tags."""
        windows = list(self._windows(lines))
        return self._scores(windows) if windows else []

    def _windows(self, lines: Sequence[str]) -> Iterator[Window]:
        """The sentences of the lines, longer ones in parts."""
        places = [(number, *span) for number, line in enumerate(lines) for span in sentences(line)]
        texts = [lines[number][start:end] for number, start, end in places]
        encoded = self.pieces.encode(texts, return_type="offset_mapping", num_threads=1) if texts else []
        for (number, start, _), text, pieces in zip(places, texts, encoded, strict=True):
            words = list(TAGGED_WORD.finditer(text))
            if words and pieces["ids"]:
                yield from self._parts(number, start, words, pieces)

    def _parts(self, line: int, start: int, words: list[re.Match[str]], pieces: dict[str, list]) -> Iterator[Window]:
        starts = np.array([word.start() for word in words])
        ends = np.array([word.end() for word in words])
        first, last = first_and_last_pieces(np.array(pieces["offsets"])[:, 1], starts, ends)
        rows = np.array([word_row(word[0], len(self._head.words)) for word in words])
        types = np.zeros(len(pieces["ids"]), np.int64)
        for word, begin, end in zip(reversed(words), first[::-1], last[::-1], strict=True):
            types[begin : end + 1] = self._types.type_of(word[0])
        at = 0
        while at < len(words):
            begin = first[at]
            to = max(at + 1, int(np.searchsorted(last, begin + LONGEST_WINDOW)))
            end = min(last[to - 1] + 1, begin + LONGEST_WINDOW)  # a word may be longer than any window
            yield Window(
                line,
                start + starts[at:to],
                start + ends[at:to],
                [*pieces["ids"][begin:end], END_OF_SENTENCE],
                [*types[begin:end].tolist(), END_TYPE],
                first[at:to] - begin,
                np.minimum(last[at:to], end - 1) - begin,
                rows[at:to],
            )
            at = to

    def _scores(self, windows: Sequence[Window]) -> list[np.ndarray]:
        """Words x tags for each sentence; those of like length are read together."""
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].pieces))
        firsts: list[np.ndarray] = [np.empty(0)] * len(windows)
        lasts = firsts[:]
        batches = [order[at : at + BATCH_WINDOWS] for at in range(0, len(order), BATCH_WINDOWS)]
        read = self._readers.map(self._states, [[windows[number] for number in batch] for batch in reversed(batches)])
        for batch, found in zip(reversed(batches), read, strict=True):  # the longest first: both cores end together
            for number, states in zip(batch, found, strict=True):
                firsts[number], lasts[number] = states[windows[number].first], states[windows[number].last]
        rows = np.concatenate([window.rows for window in windows])
        scores = self._head.scores(np.concatenate(firsts), np.concatenate(lasts), rows)
        return np.split(scores, np.cumsum([len(window.rows) for window in windows])[:-1])

    def _states(self, batch: Sequence[Window]) -> np.ndarray:
        """Sentences x pieces x width; behind the end of the shorter ones there is nothing to read."""
        longest = max(len(window.pieces) for window in batch)
        types = [window.types + [END_TYPE] * (longest - len(window.types)) for window in batch]
        output = self._encoder.forward_batch([window.pieces for window in batch], token_type_ids=types)
        return np.array(output.last_hidden_state)


def sentences(line: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a line begin and end."""
    start = 0
    for end in SENTENCE_END.finditer(line):
        yield start, end.end()
        start = end.end()
    if start < len(line):
        yield start, len(line)


def names_of(window: Window, tags: Sequence[str]) -> Iterator[Tagged]:
    """The names that B- and I- tags mark."""
    begin = 0
    for number, tag in enumerate(tags):
        following = tags[number + 1] if number + 1 < len(tags) else ""
        if tag.startswith("B-"):
            begin = number
        if tag != "O" and not following.startswith("I-"):
            yield Tagged(int(window.starts[begin]), int(window.ends[number]), cast(EntityType, tag[2:]))
