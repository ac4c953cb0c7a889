"""Finds given name forms in a text, inflected or as the first part of a compound, in one pass over its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from service.entities.spelling import stem
from service.entities.words import HYPHENS, WORD, Words

GAP = re.compile(r"[ \xa0\n]?[-‐‑.,'’/&(]?[ \xa0]?")
BEGINNING = 4  # letters
APOSTROPHES = frozenset("’'")
GENITIVES = ("s", "es")
COMPOUND_HEADS = ("ex", "nicht", "anti", "pro")  # "Ex-Kanzler": the name begins after the hyphen

Payload = TypeVar("Payload")


class Match(NamedTuple, Generic[Payload]):
    """`text[start:end]` writes the form that the payload was given for, perhaps with a genitive ending."""

    start: int
    end: int
    payload: Payload


class Matcher(Generic[Payload]):
    """Forms by the beginnings of their first two words; the longest form at a place wins."""

    def __init__(self, forms: Iterable[tuple[str, Payload]]) -> None:
        self._single: dict[str, Payload] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Payload]]] = {}
        for form, payload in forms:
            words = tuple(WORD.findall(form))
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

    def find(self, text: Words, taken: Container[int] = ()) -> Iterator[Match[Payload]]:
        """All matches from left to right, without overlaps, none that begins at a place that is taken; linear."""
        free = 0
        for at in self._candidates(text.words):
            if at < free or text.start(at) in taken:
                continue
            found = self._longest_at(text, at)
            if found is not None:
                length, payload = found
                free = at + length
                yield Match(text.start(at), _end(text, free - 1), payload)

    def _candidates(self, words: Sequence[str]) -> list[int]:
        """Where a form may begin."""
        known, small = self._beginnings, self._small_first
        return [
            at
            for at, word in enumerate(words)
            if (not word.islower() or word in small) and word[:BEGINNING].lower() in known
        ]

    def _longest_at(self, text: Words, at: int) -> tuple[int, Payload] | None:
        for form, payload in self._longer.get(_two_beginnings(text.words[at : at + 2]), ()):
            if _same(text, at, form) and not _is_compound_tail(text, at):
                return len(form), payload
        payload = self._single_form(text.words[at]) if self._single else None
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


def _same(text: Words, at: int, form: tuple[str, ...]) -> bool:
    """Every word alike up to inflection, and only a space, hyphen or point between them."""
    found = tuple(text.words[at : at + len(form)])
    if found != form and not _is_inflected(found, form):
        return False
    return all(GAP.fullmatch(text.gap(place)) for place in range(at, at + len(form) - 1))


def _is_inflected(found: tuple[str, ...], form: tuple[str, ...]) -> bool:
    if len(found) != len(form) or (found[0][0].islower() and not form[0][0].islower()):
        return False
    if any(word[0].islower() != wanted[0].islower() for word, wanted in zip(found[1:], form[1:], strict=True)):
        return False
    return stem(" ".join(found)) == stem(" ".join(form))


def _is_compound_tail(text: Words, at: int) -> bool:
    return at > 0 and text.gap(at - 1)[-1:] in HYPHENS and text.words[at - 1].lower() not in COMPOUND_HEADS


def _end(text: Words, at: int) -> int:
    """An apostrophe that stands for a genitive belongs to the name: Marx’ Werk."""
    end = text.end(at)
    if text.gap(at)[:1] in APOSTROPHES and text.words[at][-1] in "sßxz" and not text.text[end + 1 : end + 2].isalnum():
        return end + 1
    return end
