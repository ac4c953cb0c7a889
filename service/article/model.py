"""What an article is to every later stage: one document text, and the blocks that it is made of.

All offsets in the domain are Unicode code points into `Article.text`, half-open. Only rendering speaks other units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["headline", "subheading", "paragraph", "list_item", "quote", "caption", "table_row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document text: `text[start:end]`, without the line break that ends it."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Warning:
    """Something the caller should know about the answer; `code` is stable, `detail` is for people."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Article:
    """A German article. `text` is exactly what offsets point into; blocks are in order and do not overlap."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    language: str = "de"
    warnings: tuple[Warning, ...] = ()
