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
COMPOUND_HEADS = ("ex", "nicht", "anti", "pro")  # "Ex-Kanzler": the name begins after the hyphen

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
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
            words = tuple(RUN.findall(form))
            if len(words) == 1:
                self._single.setdefault(words[0], payload)
            elif words:
                self._longer.setdefault(_beginnings(words), []).append((words, payload))
        for candidates in self._longer.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
        self._in_capitals = {form.upper(): payload for form, payload in self._single.items()}

    def find(self, text: str) -> Iterator[Match[Payload]]:
        """All matches from left to right, without overlaps; linear in the text."""
        runs = list(RUN.finditer(text))
        words = [run.group() for run in runs]
        at = 0
        while at < len(runs):
            taken = None if words[at].islower() else self._longest_at(text, runs, words, at)
            if taken is None:
                at += 1
                continue
            length, payload = taken
            yield Match(runs[at].start(), _end(text, runs[at + length - 1]), payload)
            at += length

    def _longest_at(
        self, text: str, runs: list[re.Match[str]], words: list[str], at: int
    ) -> tuple[int, Payload] | None:
        for form, payload in self._longer.get(_beginnings(words[at : at + 2]), ()):
            if _same(text, runs[at : at + len(form)], form) and not _is_compound_tail(text, runs, at):
                return len(form), payload
        payload = self._single_form(words[at])
        return None if payload is None or _is_compound_tail(text, runs, at) else (1, payload)

    def _single_form(self, word: str) -> Payload | None:
        """The form itself, its genitive, or the form in capitals."""
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in self._single and (form == word or len(form) > 2):
                return self._single[form]
        return self._in_capitals.get(word) if len(word) > 2 else None


def _beginnings(words: Sequence[str]) -> tuple[str, str]:
    """Cheap, and blind to inflection: it is asked of every word of the text."""
    return words[0][:4].lower(), words[1][:4].lower() if len(words) > 1 else ""


def _same(text: str, runs: Sequence[re.Match[str]], form: tuple[str, ...]) -> bool:
    """Every word alike up to inflection, and only a space, hyphen or point between them."""
    if len(runs) != len(form):
        return False
    if any(run.group()[0].islower() != word[0].islower() for run, word in zip(runs, form, strict=True)):
        return False
    for left, right in itertools.pairwise(runs):
        if not GAP.fullmatch(text, left.end(), right.start()):
            return False
    return stem(" ".join(run.group() for run in runs)) == stem(" ".join(form))


def _is_compound_tail(text: str, runs: list[re.Match[str]], at: int) -> bool:
    start = runs[at].start()
    return start > 0 and at > 0 and text[start - 1] in "-‐‑" and runs[at - 1].group().lower() not in COMPOUND_HEADS


def _end(text: str, run: re.Match[str]) -> int:
    """An apostrophe that stands for a genitive belongs to the name: Marx’ Werk."""
    end = run.end()
    if text[end : end + 1] in ("’", "'") and run.group()[-1:] in "sßxz" and not text[end + 1 : end + 2].isalnum():
        return end + 1
    return end
