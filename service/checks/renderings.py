"""Looks up German words that a translation has lost: the model reads them again in English, and takes them over.

The dictionary knows one wording of a word, in the form that it takes. `training/words/renderings.py` compiles it from
the parallel texts that the translation model learned from.
"""

from __future__ import annotations

import functools
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.article.characters import without_break_hints
from service.checks.counterparts import german_stem
from service.places import MODELS
from service.translation.model import Span

DEFAULT_PATH: Final = MODELS / "words" / "renderings.txt.xz"
STEM_MARK: Final = "*"  # before a stem, which stands for all forms that are not listed


def stem_key(word: str) -> str:
    """What a word's forms share; nouns, which German writes with a capital, apart from other words."""
    stem = german_stem(word)
    return STEM_MARK + (stem.capitalize() if word[:1].isupper() else stem)


@functools.cache
def renderings() -> dict[str, str]:
    """The bundled dictionary, read once. Raises OSError when the file is missing."""
    lines = lzma.decompress(DEFAULT_PATH.read_bytes()).decode("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


@functools.lru_cache(maxsize=16_384)
def rendering_of(word: str) -> str | None:
    """At most three English words; None for what is not known. A word that begins a sentence may be in lower case."""
    known = renderings()
    return known.get(word) or known.get(word.lower()) or known.get(stem_key(word)) or known.get(stem_key(word.lower()))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The model reads the English `reads` instead of the German word at `[start:end]`, code points."""

    start: int
    end: int
    reads: str


def look_up(sentence: str, words: Sequence[Span], names: Sequence[Span]) -> tuple[LookedUp, ...]:
    """Those of the German words that the dictionary knows and that are no part of a name, in order."""
    found = (
        LookedUp(start, end, english)
        for start, end in sorted(words)
        if (english := rendering_of(without_break_hints(sentence[start:end])))
        and not any(start < last and first < end for first, last in names)
    )
    return tuple(one for one in found if one.reads != sentence[one.start : one.end])
