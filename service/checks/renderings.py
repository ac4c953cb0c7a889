"""Looks up German words that the model has lost, or has seen too seldom: it reads them in English, and takes them over.

The dictionary knows one wording of a word, in the form that it takes. `training/words/renderings.py` compiles it from
the parallel texts that the translation model learned from.
"""

from __future__ import annotations

import functools
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from service.article.characters import meant, without_break_hints
from service.checks.counterparts import german_stem, is_common
from service.checks.english_words import WORD
from service.checks.lexicons.content import GERMAN_FUNCTION_WORDS
from service.checks.separable import separated_verbs
from service.places import MODELS
from service.translation.model import Span, touches

DEFAULT_PATH: Final = MODELS / "words" / "renderings.txt.xz"
STEM_MARK: Final = "*"  # before a stem, which stands for all forms that are not listed
RARE_MARK: Final = "!"  # before a form that the model has seen too seldom, and that means one thing


def stem_key(word: str) -> str:
    """What a word's forms share; nouns, which German writes with a capital, apart from other words."""
    stem = german_stem(word)
    return STEM_MARK + (stem.capitalize() if word[:1].isupper() else stem)


class Renderings(NamedTuple):
    """German forms and stems with their English; `rare` are the forms that are looked up before they get lost."""

    english: dict[str, str]
    rare: frozenset[str]


@functools.cache
def renderings() -> Renderings:
    """The bundled dictionary, read once. Raises OSError when the file is missing."""
    lines = lzma.decompress(DEFAULT_PATH.read_bytes()).decode("utf-8").splitlines()
    pairs = [line.split("\t", 1) for line in lines]
    english = {word.removeprefix(RARE_MARK): one for word, one in pairs}
    return Renderings(english, frozenset(word[1:] for word, _ in pairs if word.startswith(RARE_MARK)))


@functools.lru_cache(maxsize=16_384)
def rendering_of(word: str) -> str | None:
    """At most three English words; None for what is not known. A word that begins a sentence may be in lower case."""
    known = renderings().english
    return known.get(word) or known.get(word.lower()) or known.get(stem_key(word)) or known.get(stem_key(word.lower()))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The model reads `reads` instead of `[start:end]`, code points: the English of `word`.

    Of a separable verb `word` is the whole, "eintraf" for "traf … ein", and the particle's place is left empty.
    """

    start: int
    end: int
    reads: str
    word: str = ""


def look_up(sentence: str, words: Sequence[Span], names: Sequence[Span]) -> tuple[LookedUp, ...]:
    """Those of the German words that the dictionary knows and that are no part of a name, in order.

    Of a separable verb the particle goes with it: the model reads "arrived am Freitag" for "traf am Freitag ein".
    """
    found: list[LookedUp] = []
    verbs = _separated(sentence)
    for start, end in sorted(words):
        word, particle = verbs.get((start, end), (without_break_hints(sentence[start:end]), None))
        english = rendering_of(word)
        if english and english != sentence[start:end] and not touches((start, end), names):
            found.append(LookedUp(start, end, english, word))
            if particle:
                found.append(LookedUp(*particle, ""))
    return tuple(sorted(found, key=lambda one: one.start))


def rare_words(sentence: str) -> tuple[LookedUp, ...]:
    """The rare words of a sentence; what follows another capitalised word may be a name: "Herr Sauerbier"."""
    rare = renderings().rare
    plain = meant(sentence)
    found: list[LookedUp] = []
    before = ""
    for match in WORD.finditer(plain.text):
        word = match.group()
        is_name = word[0].isupper() and before[:1].isupper() and before.lower() not in GERMAN_FUNCTION_WORDS
        if word in rare and not is_name and not _is_hyphenated(plain.text, match.span()):
            found.append(LookedUp(*plain.outside(match.span()), renderings().english[word], word))
        before = word
    return tuple(found)


def _is_hyphenated(sentence: str, place: Span) -> bool:
    """A part of "Artillerie-Angriff"."""
    return "-" in (sentence[max(0, place[0] - 1) : place[0]], sentence[place[1] : place[1] + 1])


def _separated(sentence: str) -> dict[Span, tuple[str, Span]]:
    """The verbs with a particle at the end of their clause: as one word, and where that stands with its space."""
    plain = meant(sentence)
    verbs = separated_verbs(plain.text, is_common)
    return {plain.outside(one.verb): (one.word, plain.outside((one.particle[0] - 1, one.particle[1]))) for one in verbs}
