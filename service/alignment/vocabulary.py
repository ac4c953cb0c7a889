"""Knows which English words are everyday words, so that a mangled name can be told from a translation."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path

from service.entities.spelling import word_set

DEFAULT_PATH = Path(__file__).parents[2] / "models" / "names" / "english-words.txt.gz"

FUNCTION_WORDS = word_set(
    "a an the of in on at by for from to with and or but as is are was were be been being it its he his him she her "
    "they their them this that these those not no said says has have had will would can could may might must shall "
    "should do does did who which what when where while after before since until about into over under against between "
    "among during than then so if there here also more most all some any other such only very s t"
)


@functools.cache
def everyday_words() -> frozenset[str]:
    """Words that English text writes in lower case. Raises OSError when the file is missing."""
    with gzip.open(DEFAULT_PATH, "rt", encoding="utf-8") as lines:
        return FUNCTION_WORDS | frozenset(line.rstrip("\n") for line in lines)


@functools.lru_cache(maxsize=16_384)
def is_everyday(word: str) -> bool:
    """True for a word, or a plain inflection of one, that English text writes in lower case."""
    lower = word.lower()
    words = everyday_words()
    return lower in words or any(
        lower.endswith(ending) and lower[: -len(ending)] + rest in words
        for ending, rest in (("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
    )
