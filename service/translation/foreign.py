"""Carries characters that the model cannot read past it: emoji, Cyrillic or Chinese names come out as they went in.

Such characters reach the model as single bytes, if at all, and what comes out is nonsense. So a run of them is taken
out before the decoding, and put back after the English word that looks at what stood before it. Soft hyphens and their
like are left out for good: where a German word may break says nothing about an English one.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.article.characters import BREAK_HINT, Excerpt, meant, without_break_hints
from service.translation.marian_tokenizer import UNKNOWN, Encoding, MarianTokenizer, Span, is_byte
from service.translation.model import Link


def encode_meant(texts: Sequence[str], tokenizer: MarianTokenizer) -> list[Encoding]:
    """The encodings of the texts without their break hints. All spans are places in the texts as given."""
    excerpts = list(map(meant, texts))
    encodings = tokenizer.encode_all([one.text for one in excerpts])
    return [_outside(one, encoding) for one, encoding in zip(excerpts, encodings, strict=True)]


def encode_readable(text: str, encoding: Encoding, tokenizer: MarianTokenizer) -> tuple[Encoding, tuple[Span, ...]]:
    """The encoding of what the model can read of `text`, and the runs to put back. All spans are places in `text`."""
    runs = _runs(text, encoding)
    if not runs:
        return encoding, ()
    hints = [match.span() for match in BREAK_HINT.finditer(text)]
    left_out = {place for start, end in (*runs, *hints) for place in range(start, end)}
    readable = Excerpt(text, [place for place in range(len(text)) if place not in left_out])
    return _outside(readable, tokenizer.encode(readable.text)), runs


def _outside(excerpt: Excerpt, encoding: Encoding) -> Encoding:
    """The encoding of an excerpt with its spans in the whole text."""
    return Encoding(encoding.tokens, tuple(map(excerpt.outside, encoding.spans)))


def _runs(text: str, encoding: Encoding) -> tuple[Span, ...]:
    """Stretches around characters outside ASCII that have no piece of their own: whole words, spaces between them."""
    runs: list[Span] = []
    for token, (start, end) in zip(encoding.tokens, encoding.spans, strict=True):
        if text[start:end].isascii() or not (token == UNKNOWN or is_byte(token)):
            continue
        start, end = _whole_word(text, start, end)
        if runs and not without_break_hints(text[runs[-1][1] : start]).strip():
            first, last = runs.pop()
            start, end = first, max(last, end)
        runs.append((start, end))
    return tuple(runs)


def _whole_word(text: str, start: int, end: int) -> Span:
    """A letter takes its word with it; an emoji stands alone."""
    start = end - len(text[start:end].lstrip())
    if text[start:end].isalnum():
        while start and _is_in_word(text[start - 1]):
            start -= 1
        while end < len(text) and _is_in_word(text[end]):
            end += 1
    return start, end


def _is_in_word(char: str) -> bool:
    return char.isalnum() or BREAK_HINT.match(char) is not None


def put_back(source: str, target: str, links: Sequence[Link], runs: Sequence[Span]) -> tuple[str, tuple[Link, ...]]:
    """Insert the runs into the finished translation; each gets a link of its own."""
    found = list(links)
    for start, end in runs:
        place = _place(target, found, start)
        before = " " if place and source[:start][-1:].isspace() and not target[place - 1].isspace() else ""
        after = " " if target[place : place + 1].isalnum() else ""
        run = without_break_hints(source[start:end])
        inserted = before + run + after
        first = place + len(before)
        target = target[:place] + inserted + target[place:]
        found = [link if link.target_start < place else link.moved(target=len(inserted)) for link in found]
        found.append(Link(start, end, first, first + len(run), 1.0))
        found.sort(key=lambda link: link.target_start)
    return target, tuple(found)


def _place(target: str, links: Sequence[Link], start: int) -> int:
    """After the word whose source ends nearest before `start`."""
    before = [link for link in links if link.source_end <= start]
    if not before:
        return 0
    place = max(before, key=lambda link: (link.source_end, link.target_end)).target_end
    while place < len(target) and target[place].isalnum():
        place += 1
    return place
