"""Finds the sentence of an article that a written sentence rests on: the one that shares its words, names and numbers.

It says where to look; whether the sentence is borne out there is for the checks to say.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from service.segmentation.model import Sentence
from service.summarization.candidates import Candidates
from service.summarization.terms import terms


@dataclass(frozen=True, slots=True)
class Support:
    """The article's sentence that a written one rests on, and behind it those without which it is not understood.

    No others: a name of one sentence and a verb of the next make a statement that the article does not. `coverage` is
    the share of the written sentence's content words, from 0 to 1, that stands there.
    """

    sentences: tuple[Sentence, ...]
    coverage: float


class SupportFinder:
    """The prose of one article, looked up by its content words; rare ones count more."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._terms = [frozenset(terms(sentence.text)) for sentence in candidates.sentences]
        self._frequency = Counter(term for found in self._terms for term in found)

    def find(self, text: str) -> Support:
        """The sentence that shares most with the text, the shortest of several; nothing where none shares a word."""
        wanted = frozenset(terms(text))
        best = max(range(len(self._terms)), key=lambda index: self._likeness(wanted, index), default=None)
        if best is None or not wanted & self._terms[best]:
            return Support((), 0.0)
        needed = [best, *(index for index in self._candidates.bundles[best] if index != best)]
        words = {term for term in wanted if not term.isdigit()} or wanted  # figures have a check of their own
        found = words & frozenset().union(*(self._terms[index] for index in needed))
        return Support(tuple(self._candidates.sentences[index] for index in needed), len(found) / len(words))

    def _likeness(self, wanted: frozenset[str], index: int) -> tuple[float, int]:
        shared = wanted & self._terms[index]
        return sum(1 / self._frequency[term] for term in shared), -len(self._terms[index])
