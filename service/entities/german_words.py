"""Knows the German words that a translation into English replaces; made by `training/words/german.py`."""

from __future__ import annotations

import functools
import lzma
from typing import Final

from service.places import MODELS

DEFAULT_PATH: Final = MODELS / "words" / "german.txt.xz"

_SHORTEST_HEAD: Final = 5  # letters: "Sturm-tief" is replaced because "Tief" is, but many words end like shorter ones


@functools.cache
def replaced_words() -> frozenset[str]:
    """The listed words in lower case. Raises OSError when the file is missing."""
    return frozenset(lzma.decompress(DEFAULT_PATH.read_bytes()).decode("utf-8").split())


@functools.lru_cache(maxsize=16_384)
def is_replaced(word: str) -> bool:
    """Whether no English translation keeps the word as it is: it is listed, or a compound of two listed words."""
    words = replaced_words()
    lower = word.lower()
    if lower in words:
        return True
    cuts = range(_SHORTEST_HEAD - 1, len(lower) - _SHORTEST_HEAD + 1)
    return any(lower[cut:] in words and (lower[:cut] in words or lower[: cut - 1] in words) for cut in cuts)
