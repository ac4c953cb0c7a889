"""Lets the model read something else in some places of a sentence, and finds the sentence's own places again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from service.translation.model import Link


class Exchange(Protocol):
    """The model reads `reads` instead of `[start:end]`, code points of the sentence."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def reads(self) -> str: ...


def exchanged(sentence: str, exchanges: Iterable[Exchange]) -> str:
    """The sentence as the model shall read it; exchanges come in order and do not overlap."""
    pieces, done = [], 0
    for exchange in exchanges:
        pieces += [sentence[done : exchange.start], exchange.reads]
        done = exchange.end
    return "".join([*pieces, sentence[done:]])


def into_sentence(link: Link, exchanges: Sequence[Exchange]) -> Link:
    """A link from what was read with its source in the sentence; what looks at an exchange looks at the whole place."""
    shift = 0
    for exchange in exchanges:
        first = exchange.start + shift
        last = first + len(exchange.reads)
        if link.source_start >= last:
            shift += len(exchange.reads) - (exchange.end - exchange.start)
        elif link.source_end > first:
            return replace(link, source_start=exchange.start, source_end=exchange.end)
        else:
            break
    return link.moved(source=-shift)
