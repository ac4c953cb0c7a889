"""Finds given name forms in a text, inflected or as the first part of a compound, in one pass over its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.entities.spelling import stem

RUN = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \xa0\n]?[-‐‑.,'’/&(]?[ \xa0]?")
BEGINNING = 4  # letters
GENITIVES = ("s", "es")
COMPOUND_HEADS = ("ex", "nicht", "anti", "pro")  # "Ex-Kanzler": the name begins after the hyphen

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """`text[start:end]` writes the form that the payload was given for, perhaps with a genitive ending."""

    start: int
    end: int
    payload: Payload


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words, once for every matcher that reads it; `runs[i]` is the place of `words[i]`."""

    text: str
    runs: list[re.Match[str]]
    words: list[str]

    @classmethod
    def of(cls, text: str) -> Words:
        return cls(text, list(RUN.finditer(text)), RUN.findall(text))


class Matcher(Generic[Payload]):
    """Forms by the beginnings of their first two words; the longest form at a place wins."""

    def __init__(self, forms: Iterable[tuple[str, Payload]]) -> None:
        self._single: dict[str, Payload] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Payload]]] = {}
        for form, payload in forms:
            words = tuple(RUN.findall(form))
            if len(words) == 1:
                self._single.setdefault(words[0], payload)
            elif words:
                self._longer.setdefault(_two_beginnings(words), []).append((words, payload))
        for candidates in self._longer.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
        # "von der Leyen" begins in lower case, and in upper case where it begins a sentence.
        self._small_first = {words[0] for words, _ in itertools.chain(*self._longer.values()) if words[0].islower()}
        self._in_capitals = {form.upper(): payload for form, payload in self._single.items()}
        singles = [*self._single, *self._in_capitals]
        inflected = [form + ending for form in singles if len(form) < BEGINNING for ending in GENITIVES]
        self._beginnings = {first for first, _ in self._longer}.union(map(_beginning, singles + inflected))

    def find(self, text: Words) -> Iterator[Match[Payload]]:
        """All matches from left to right, without overlaps; linear in the text."""
        free = 0
        for at in self._candidates(text.words):
            if at < free:
                continue
            taken = self._longest_at(text, at)
            if taken is not None:
                length, payload = taken
                free = at + length
                yield Match(text.runs[at].start(), _end(text.text, text.runs[free - 1]), payload)

    def _candidates(self, words: Sequence[str]) -> list[int]:
        """Where a form may begin."""
        known, small = self._beginnings, self._small_first
        return [
            at
            for at, word in enumerate(words)
            if word[:BEGINNING].lower() in known and not (word.islower() and word not in small)
        ]

    def _longest_at(self, text: Words, at: int) -> tuple[int, Payload] | None:
        for form, payload in self._longer.get(_two_beginnings(text.words[at : at + 2]), ()):
            if _same(text.text, text.runs[at : at + len(form)], form) and not _is_compound_tail(text, at):
                return len(form), payload
        payload = self._single_form(text.words[at])
        return None if payload is None or _is_compound_tail(text, at) else (1, payload)

    def _single_form(self, word: str) -> Payload | None:
        """The form itself, its genitive, or the form in capitals."""
        if word in self._single:
            return self._single[word]
        for form in (word.removesuffix(ending) for ending in GENITIVES):
            if form in self._single and len(form) > 2:
                return self._single[form]
        return self._in_capitals.get(word) if len(word) > 2 and word.isupper() else None


def _beginning(word: str) -> str:
    """Cheap, and blind to inflection: it is asked of every word of the text."""
    return word[:BEGINNING].lower()


def _two_beginnings(words: Sequence[str]) -> tuple[str, str]:
    return _beginning(words[0]), _beginning(words[1]) if len(words) > 1 else ""


def _same(text: str, runs: Sequence[re.Match[str]], form: tuple[str, ...]) -> bool:
    """Every word alike up to inflection, and only a space, hyphen or point between them."""
    if len(runs) != len(form):
        return False
    if any(run.group()[0].islower() and not word[0].islower() for run, word in zip(runs, form, strict=True)):
        return False
    if any(word[0].islower() and not run.group()[0].islower() for run, word in zip(runs[1:], form[1:], strict=True)):
        return False
    for left, right in itertools.pairwise(runs):
        if not GAP.fullmatch(text, left.end(), right.start()):
            return False
    return stem(" ".join(run.group() for run in runs)) == stem(" ".join(form))


def _is_compound_tail(text: Words, at: int) -> bool:
    start = text.runs[at].start()
    return at > 0 and text.text[start - 1] in "-‐‑" and text.words[at - 1].lower() not in COMPOUND_HEADS


def _end(text: str, run: re.Match[str]) -> int:
    """An apostrophe that stands for a genitive belongs to the name: Marx’ Werk."""
    end = run.end()
    if text[end : end + 1] in ("’", "'") and run.group()[-1:] in "sßxz" and not text[end + 1 : end + 2].isalnum():
        return end + 1
    return end
