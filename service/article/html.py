"""Reads HTML, as CMS editors write it, into an article: white space by the rules of HTML, one block a line.

Uses libxml2's parser (an HTML5 tokenizer since 2.14) as a stream of events, so that deep nesting costs no stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from service.article import lines as layout
from service.article.characters import check_characters, check_text, trim
from service.article.model import Article, Block, BlockKind
from service.article.plain import label

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

# Elements that stand in the flow as blocks: https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul", "xmp",
}  # fmt: skip

_CELLS = {"td", "th"}

# Nothing in these is text of the article: code, forms, embedded media, and what only shows when scripts are off.
_DROPPED = {
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "math", "nav", "noembed", "noframes",
    "noscript", "object", "progress", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title",
    "video",
}  # fmt: skip

_PREFORMATTED = {"pre", "listing", "xmp", "plaintext"}
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# Not `\s`: a no-break space and its relatives are text in HTML. https://infra.spec.whatwg.org/#ascii-whitespace
_WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")
_NEWLINE = re.compile(r"\r\n|\r|\n")

_KIND_OF_ELEMENT: dict[str, BlockKind] = {
    "li": "list_item", "dd": "list_item", "dt": "list_item", "blockquote": "quote", "figcaption": "caption",
    "caption": "caption",
    "h1": "headline",
} | dict.fromkeys(_HEADINGS - {"h1"}, "subheading")  # fmt: skip

# A table that only lays out a page holds whole paragraphs in its cells.
_LONGEST_CELL = 300


def read_html(html: str, title: str | None = None, *, limit: int | None = None) -> Article:
    """The article that the HTML shows; its text is the blocks joined by line breaks.

    Inline elements never break a word; `<br>` breaks the line; `<pre>` keeps its lines; cells of a table row are
    parted by a tab. Scripts, styles, forms, embedded media, comments and hidden elements are dropped.

    :param limit: most code points accepted in the text; None for no limit.
    :raises EmptyArticle, ArticleTooLong, InvalidCharacter: see `check_text`.
    """
    check_text(html)
    check_characters(title or "")
    blocks = _read_blocks(html)
    text = "\n".join(block.text for block in blocks)
    check_text(text, limit)
    return Article(text=text, blocks=_place(text, blocks), title=title)


@dataclass(frozen=True, slots=True)
class _RawBlock:
    kind: BlockKind
    text: str


def _read_blocks(html: str) -> list[_RawBlock]:
    # Bytes and a named encoding, or libxml2 would believe a <meta charset> that was true of some other copy.
    # `huge_tree`, or text after a large attribute (an inline image) would be silently lost; callers bound the size.
    parser = etree.HTMLParser(target=_BlockReader(), encoding="utf-8", huge_tree=True)
    return etree.fromstring(html.encode("utf-8"), parser)


def _place(text: str, raw_blocks: list[_RawBlock]) -> tuple[Block, ...]:
    """Blocks with their offsets; where the mark-up only says paragraph, the look of the line decides the kind."""
    spans = []
    start = 0
    for raw in raw_blocks:
        spans.append((start, start + len(raw.text)))
        start += len(raw.text) + 1
    by_look = label(text, spans)
    placed = [
        seen if raw.kind == "paragraph" else Block(raw.kind, seen.start, seen.end)
        for raw, seen in zip(raw_blocks, by_look, strict=True)
    ]
    first = placed[0]
    if len(placed) == 1 and first.kind in ("headline", "subheading"):
        placed[0] = Block("paragraph", first.start, first.end)
    elif first.kind == "subheading" and all(block.kind != "headline" for block in placed):
        placed[0] = Block("headline", first.start, first.end)
    return tuple(placed)


@dataclass(slots=True)
class _Row:
    """A table row being read: the blocks of each cell."""

    cells: list[list[_RawBlock]] = field(default_factory=lambda: [[]])

    def blocks(self) -> list[_RawBlock]:
        """One row if every cell is a figure or a phrase; else the table lays out a page, and its blocks are kept."""
        filled = [cell for cell in self.cells if cell]
        if any(len(cell) > 1 or len(cell[0].text) > _LONGEST_CELL for cell in filled) or len(filled) < 2:
            return [block for cell in filled for block in cell]
        return [_RawBlock("table_row", "\t".join(cell[0].text for cell in filled))]


class _BlockReader:
    """Takes the parser's events and collects blocks; everything it does is constant work an event."""

    def __init__(self) -> None:
        self._blocks: list[_RawBlock] = []
        self._rows: list[_Row] = []
        self._lines: list[list[str]] = [[]]
        self._kinds: list[BlockKind] = ["paragraph"]
        self._dropped_depth = 0
        self._preformatted_depth = 0
        self._quotation_depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._dropped_depth or tag in _DROPPED or _hidden(attributes):
            self._dropped_depth += 1
            if tag in _BLOCKS and self._dropped_depth == 1:
                self._end_block()
            return
        if tag in _BLOCKS or tag in _CELLS:
            self._end_block()
        if tag == "tr":
            self._rows.append(_Row())
        elif tag in _CELLS and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "br":
            self._lines.append([])
        elif tag == "q":
            self._quotation_depth += 1
            self._lines[-1].append("„" if self._quotation_depth % 2 else "‚")
        self._preformatted_depth += tag in _PREFORMATTED
        if tag in _KIND_OF_ELEMENT:
            self._kinds.append(_KIND_OF_ELEMENT[tag])

    def end(self, tag: str) -> None:
        if self._dropped_depth:
            self._dropped_depth -= 1
            return
        if tag in _BLOCKS or tag in _CELLS:
            self._end_block()
        if tag == "tr" and self._rows:
            self._add(self._rows.pop().blocks())
        elif tag == "q" and self._quotation_depth:
            self._lines[-1].append("“" if self._quotation_depth % 2 else "‘")
            self._quotation_depth -= 1
        self._preformatted_depth -= tag in _PREFORMATTED
        if tag in _KIND_OF_ELEMENT:
            self._kinds.pop()

    def data(self, data: str) -> None:
        if self._dropped_depth:
            return
        if not self._preformatted_depth:
            self._lines[-1].append(data)
            return
        first, *others = _NEWLINE.split(data)
        self._lines[-1].append(first)
        self._lines.extend([line] for line in others)

    def comment(self, text: str) -> None:
        """Gutenberg's block comments (`<!-- wp:paragraph -->`) say nothing that the elements do not say."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Word's processing instructions are no text."""

    def close(self) -> list[_RawBlock]:
        self._end_block()
        while self._rows:
            self._add(self._rows.pop().blocks())
        return self._blocks

    def _end_block(self) -> None:
        lines, self._lines = self._lines, [[]]
        if lines == [[]]:
            return
        kind = self._kinds[-1]
        contents = [self._line(pieces) for pieces in lines]
        self._add([_RawBlock(kind, text) for text in _join_lines(contents)])

    def _line(self, pieces: list[str]) -> str:
        text = "".join(pieces)
        if not self._preformatted_depth:
            text = _WHITE_SPACE.sub(" ", text)
        start, end = trim(text, 0, len(text))
        return text[start:end]

    def _add(self, blocks: list[_RawBlock]) -> None:
        target = self._rows[-1].cells[-1] if self._rows else self._blocks
        target.extend(blocks)


def _hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDING_STYLE.search(attributes.get("style", "")))


def _join_lines(lines: list[str]) -> list[str]:
    """The lines of one element: each is a block, unless a sentence runs on over a `<br>`."""
    blocks: list[list[str]] = []
    for above, line in pairwise(["", *lines]):
        if above and line and layout.runs_on(above, line, flowed=False):
            blocks[-1].append(line)
        elif line:
            blocks.append([line])
    return ["\n".join(block) for block in blocks]
