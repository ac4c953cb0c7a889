"""A German sentence and its place in the article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text == article.text[start:end]`, code points, no surrounding white space; `block` indexes `article.blocks`."""

    text: str
    start: int
    end: int
    block: int

    def holds(self, start: int, end: int) -> bool:
        """Whether `article.text[start:end]` lies in this sentence as a whole."""
        return self.start <= start and end <= self.end
