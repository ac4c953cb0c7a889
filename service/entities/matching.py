"""Finds given name forms in a text, inflected or as the first part of a compound, in one pass over its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.entities.spelling import stem

RUN = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \xa0\n]?[-‐‑.,'’/&(]?[ \xa0]?")
COMPOUND_HEADS = ("ex", "nicht", "anti", "pro")  # "Ex-Kanzler": the name begins after the hyphen

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """`text[start:end]` writes the form that the payload was given for, perhaps with a genitive ending."""

    start: int
    end: int
    payload: Payload


class Matcher(Generic[Payload]):
    """Forms by their first word; the longest form at a place wins."""

    def __init__(self, forms: Iterable[tuple[str, Payload]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        for form, payload in forms:
            words = tuple(RUN.findall(form))
            if words:
                self._by_first.setdefault(_first_key(words[0]), []).append((words, payload))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(self, text: str) -> Iterator[Match[Payload]]:
        """All matches from left to right, without overlaps. Linear in the text for bounded forms per first word."""
        runs = list(RUN.finditer(text))
        at = 0
        while at < len(runs):
            taken = self._longest_at(text, runs, at)
            if taken is None:
                at += 1
                continue
            length, payload = taken
            yield Match(runs[at].start(), _end(text, runs[at + length - 1]), payload)
            at += length

    def _longest_at(self, text: str, runs: list[re.Match[str]], at: int) -> tuple[int, Payload] | None:
        first = runs[at].group()
        candidates = self._by_first.get(_first_key(first))
        if candidates is None or not (first[0].isupper() or first[0].isdigit() or not first.islower()):
            return None
        if _is_compound_tail(text, runs, at):
            return None
        for words, payload in candidates:
            if at + len(words) <= len(runs) and _same(text, runs[at : at + len(words)], words):
                return len(words), payload
        return None


def _first_key(word: str) -> str:
    return stem(word + " x").split()[0] if len(word) > 3 else word.lower()


def _same(text: str, runs: list[re.Match[str]], words: tuple[str, ...]) -> bool:
    """Every word alike up to inflection, and only a space, hyphen or point between them."""
    found = [run.group() for run in runs]
    for left, right in itertools.pairwise(runs):
        if not GAP.fullmatch(text, left.end(), right.start()):
            return False
    if len(words) == 1:
        return _same_word(found[0], words[0])
    return stem(" ".join(found)) == stem(" ".join(words))


def _same_word(found: str, word: str) -> bool:
    if found.isupper() and word.isupper() is False and len(found) > 1:
        return found.lower() == word.lower()
    return found == word or found == word + "s" or (found == word + "es" and len(word) > 4)


def _is_compound_tail(text: str, runs: list[re.Match[str]], at: int) -> bool:
    start = runs[at].start()
    return start > 0 and at > 0 and text[start - 1] in "-‐‑" and runs[at - 1].group().lower() not in COMPOUND_HEADS


def _end(text: str, run: re.Match[str]) -> int:
    """An apostrophe that stands for a genitive belongs to the name: Marx’ Werk."""
    end = run.end()
    if text[end : end + 1] in ("’", "'") and run.group()[-1:] in "sßxz" and not text[end + 1 : end + 2].isalnum():
        return end + 1
    return end
