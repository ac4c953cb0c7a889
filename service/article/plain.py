"""Reads plain text into an article: a line is a block, and the text stays exactly as the caller sent it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.article import lines as layout
from service.article.characters import LINE_BREAK, check_characters, check_text, trim
from service.article.model import Article, Block, BlockKind


def read_text(text: str, title: str | None = None, *, limit: int | None = None) -> Article:
    """The article that `text` holds, all offsets pointing into `text` itself.

    Lines end at LF, CRLF, CR, VT, FF, NEL, U+2028 and U+2029. A paragraph that was wrapped at a column is one block
    that holds its line breaks. The title is kept beside the text; it is a block only where the text holds it too.

    :param limit: most code points accepted; None for no limit.
    :raises EmptyArticle, ArticleTooLong, InvalidCharacter: see `check_text`.
    """
    check_text(text, limit)
    check_characters(title or "")
    blocks = label(text, [span for run in _runs(text) for span in _join(text, run)])
    return Article(text=text, blocks=blocks, title=title)


def label(text: str, spans: list[tuple[int, int]]) -> tuple[Block, ...]:
    """The blocks at `spans`, each with the kind that its look tells. A lone heading heads nothing: it is the text."""
    contents = [text[start:end] for start, end in spans]
    numbered = layout.numbered_items(contents)
    kinds: list[BlockKind] = []
    for index, content in enumerate(contents):
        following = contents[index + 1] if index + 1 < len(contents) else None
        kinds.append("list_item" if index in numbered else layout.kind_of_line(content, index == 0, following))
    if kinds in (["headline"], ["subheading"]):
        kinds = ["paragraph"]
    return tuple(Block(kind, start, end) for kind, (start, end) in zip(kinds, spans, strict=True))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that prints something: `start` and `end` without the blanks around it."""

    start: int
    end: int
    flowed: bool


def _runs(text: str) -> Iterator[list[_Line]]:
    """Runs of lines with no empty line between them."""
    run: list[_Line] = []
    for start, end in _raw_lines(text):
        inner_start, inner_end = trim(text, start, end)
        if inner_start < inner_end:
            run.append(_Line(inner_start, inner_end, flowed=text[inner_end:end] == " "))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _raw_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line_break in LINE_BREAK.finditer(text):
        yield start, line_break.start()
        start = line_break.end()
    yield start, len(text)


def _join(text: str, run: list[_Line]) -> Iterator[tuple[int, int]]:
    """Block spans of a run: whole if it was wrapped at a column, else line by line unless a sentence runs on."""
    contents = [text[line.start : line.end] for line in run]
    if layout.wrapped(contents):
        yield run[0].start, run[-1].end
        return
    start = run[0].start
    for index, line in enumerate(run):
        last = index + 1 == len(run)
        if last or not layout.runs_on(contents[index], contents[index + 1], line.flowed):
            yield start, line.end
            start = line.end if last else run[index + 1].start
