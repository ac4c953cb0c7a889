"""Carries characters that the model cannot read past it: emoji, Cyrillic or Chinese names come out as they went in.

Such characters reach the model as single bytes, if at all, and what comes out is nonsense. So a run of them is taken
out before the decoding, and put back after the English word that looks at what stood before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.translation.marian_tokenizer import UNKNOWN, Encoding, MarianTokenizer, Span, is_byte
from service.translation.model import Link


def encode_readable(text: str, encoding: Encoding, tokenizer: MarianTokenizer) -> tuple[Encoding, tuple[Span, ...]]:
    """The encoding of what the model can read of `text`, and the runs left out. All spans are places in `text`."""
    runs = _runs(text, encoding)
    if not runs:
        return encoding, ()
    left_out = {place for start, end in runs for place in range(start, end)}
    places = [place for place in range(len(text)) if place not in left_out]
    readable = tokenizer.encode("".join(text[place] for place in places))
    spans = tuple(
        (places[start], places[end - 1] + 1) if start < end else (places[min(start, len(places) - 1)],) * 2
        for start, end in readable.spans
    )
    return Encoding(readable.tokens, spans), runs


def _runs(text: str, encoding: Encoding) -> tuple[Span, ...]:
    """Stretches around characters outside ASCII that have no piece of their own: whole words, spaces between them."""
    runs: list[Span] = []
    for token, (start, end) in zip(encoding.tokens, encoding.spans, strict=True):
        if text[start:end].isascii() or not (token == UNKNOWN or is_byte(token)):
            continue
        start, end = _whole_word(text, start, end)
        if runs and not text[runs[-1][1] : start].strip():
            first, last = runs.pop()
            start, end = first, max(last, end)
        runs.append((start, end))
    return tuple(runs)


def _whole_word(text: str, start: int, end: int) -> Span:
    """A letter takes its word with it; an emoji stands alone."""
    start = end - len(text[start:end].lstrip())
    if text[start:end].isalnum():
        while start and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
    return start, end


def put_back(source: str, target: str, links: Sequence[Link], runs: Sequence[Span]) -> tuple[str, tuple[Link, ...]]:
    """Insert the runs into the finished translation; each gets a link of its own."""
    found = list(links)
    for start, end in runs:
        place = _place(target, found, start)
        before = " " if place and source[:start][-1:].isspace() and not target[place - 1].isspace() else ""
        after = " " if target[place : place + 1].isalnum() else ""
        inserted = before + source[start:end] + after
        first = place + len(before)
        target = target[:place] + inserted + target[place:]
        found = [link if link.target_start < place else link.moved(target=len(inserted)) for link in found]
        found.append(Link(start, end, first, first + end - start, 1.0))
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
