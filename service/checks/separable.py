"""Puts separable verbs together: in "traf am Freitag in Nordkorea ein" the word is "eintraf", not "traf"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from service.checks.english_words import WORD
from service.checks.lexicons.content import GERMAN_FUNCTION_WORDS
from service.entities.spelling import word_set
from service.translation.model import Span

# What may stand alone at the end of a clause as the first part of a verb.
PARTICLES: Final = word_set(
    "ab an auf aus bei bevor dar davon durch ein entgegen fehl fern fest fort frei gegenüber her heran heraus herbei "
    "herein herum hervor hin hinaus hinzu hoch los mit nach nieder preis statt teil über um unter vor voran voraus "
    "vorbei wahr weg weiter wider wieder zu zurück zusammen"
)
_CLAUSE: Final = re.compile(r"[^,;:.!?()„“”\"»«–—]+")
_AND: Final = re.compile(r"\s(?:und|oder|sowie|aber)\s")
_SHORTEST: Final = 3  # letters of a finite verb: "nahm", "lud"


class Separated(NamedTuple):
    """A finite verb and its particle, code points, and how they are written together: "eintraf"."""

    verb: Span
    particle: Span
    word: str


def separated_verbs(text: str, is_known: Callable[[str], bool]) -> Iterator[Separated]:
    """The verbs whose particle ends their clause, where both together are a word that `is_known`."""
    for clause in _CLAUSE.finditer(text):
        start = clause.start()
        for end in [*(found.start() + start for found in _AND.finditer(clause.group())), clause.end()]:
            words = [(match.span(), match.group()) for match in WORD.finditer(text, start, end)]
            if len(words) > 1 and words[-1][1] in PARTICLES and not text[words[-1][0][1] : end].strip():
                place, particle = words[-1]
                verbs = (Separated(verb, place, particle + word) for verb, word in words[:-1] if _may_be_verb(word))
                yield from itertools.islice((one for one in verbs if is_known(one.word)), 1)
            start = end


def _may_be_verb(word: str) -> bool:
    return len(word) >= _SHORTEST and word.islower() and word not in GERMAN_FUNCTION_WORDS
