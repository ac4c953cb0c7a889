"""A text cut into words and what stands between them: what every search for names goes over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
HYPHENS = frozenset("-‐‑")
_CUT = re.compile(rf"({WORD.pattern})")
_CUT_FASTER = re.compile(r"(\w+)")  # the same where there is no underscore

Span = tuple[int, int]  # code points


class Words:
    """A text cut into words, in one go; `words[at]` is the word at position `at`."""

    __slots__ = ("_edges", "_parts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        cut = _CUT if "_" in text else _CUT_FASTER
        self._parts = cut.split(text)  # a gap, a word, a gap, ..., a word, a gap
        self._edges = list(accumulate(map(len, self._parts)))
        self.words: list[str] = self._parts[1::2]

    def start(self, at: int) -> int:
        return self._edges[2 * at]

    def end(self, at: int) -> int:
        return self._edges[2 * at + 1]

    def spans(self) -> list[Span]:
        """Where every word stands."""
        return list(zip(self._edges[::2], self._edges[1::2], strict=False))

    def gaps(self) -> list[str]:
        """What stands behind every word, up to the next one or the end."""
        return self._parts[2::2]

    def gap(self, at: int) -> str:
        """What stands between the word and the next one."""
        return self._parts[2 * at + 2]


class Form(NamedTuple):
    """A way to write a name, and its words; the first one in lower case as well."""

    text: str
    words: tuple[str, ...]
    first: str


@lru_cache(maxsize=4_096)
def form_of(text: str) -> Form:
    """The text must have a word."""
    words = tuple(WORD.findall(text))
    return Form(text, words, words[0].lower())


def distinct_forms(texts: Iterable[str]) -> tuple[Form, ...]:
    """Those of the texts that have letters, each once."""
    return tuple(form_of(text) for text in dict.fromkeys(texts) if any(map(str.isalpha, text)))
