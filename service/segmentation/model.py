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
