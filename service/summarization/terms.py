"""The content words of an article's sentences as one sparse matrix in plain numpy arrays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from service.article.characters import without_break_hints
from service.summarization.lexicon import FUNCTION_WORDS

TOKEN = re.compile(r"[^\W_]+")
STEM = 6  # code points: inflections and spelling variants meet (Beloussow, Belousov; Russland, Russlands)


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """Rows are sentences, columns are terms; row lengths are 1, or 0 for a sentence without content words.

    `rows`, `columns` and `values` have one element per distinct term of a sentence, shape (cells,).
    """

    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    starts: np.ndarray  # shape (sentences + 1,): where each row begins in the arrays above
    vocabulary: dict[str, int]

    @property
    def sentences(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        """Distinct terms of each sentence; shape (sentences,)."""
        return np.diff(self.starts)

    def similarity(self, direction: np.ndarray) -> np.ndarray:
        """Cosine of every sentence with a vector of unit length over the vocabulary; shape (sentences,)."""
        return np.bincount(self.rows, weights=self.values * direction[self.columns], minlength=self.sentences)

    def row(self, sentence: int) -> np.ndarray:
        """One sentence as a vector over the vocabulary."""
        cells = slice(self.starts[sentence], self.starts[sentence + 1])
        return self._vector(self.columns[cells], self.values[cells])

    def centroid(self) -> np.ndarray:
        """The mean direction of all sentences, unit length."""
        return _unit(self._vector(self.columns, self.values))

    def vector(self, texts: Iterable[str]) -> np.ndarray:
        """A text outside the matrix (a title, say) as a vector of unit length; unknown words do not count."""
        known = {self.vocabulary[term] for text in texts for term in terms(text) if term in self.vocabulary}
        return _unit(self._vector(np.fromiter(known, dtype=np.int64, count=len(known)), np.ones(len(known))))

    def _vector(self, columns: np.ndarray, values: np.ndarray) -> np.ndarray:
        return np.bincount(columns, weights=values, minlength=len(self.vocabulary))


def terms(text: str) -> list[str]:
    """The stems of the content words of a text, in order; numbers stay whole."""
    found = []
    for word in TOKEN.findall(without_break_hints(text.lower())):
        if word in FUNCTION_WORDS or (len(word) < 2 and not word.isdigit()):
            continue
        found.append(word if word.isdigit() else word[:STEM])
    return found


def term_matrix(sentences: Sequence[Iterable[str]]) -> TermMatrix:
    """A row for the terms of each sentence: every distinct one counts once, rows are scaled to unit length."""
    vocabulary: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for sentence in sentences:
        distinct = dict.fromkeys(sentence)
        columns.extend(vocabulary.setdefault(term, len(vocabulary)) for term in distinct)
        starts.append(len(columns))
    boundaries = np.asarray(starts, dtype=np.int64)
    lengths = np.diff(boundaries)
    rows = np.repeat(np.arange(len(sentences)), lengths)
    values = 1.0 / np.sqrt(np.maximum(lengths, 1))
    return TermMatrix(rows, np.asarray(columns, dtype=np.int64), values[rows], boundaries, vocabulary)


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.sqrt(vector @ vector))
    return vector / length if length else vector
