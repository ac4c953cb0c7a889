"""Knows which strings of letters are English words: a list, and the rules by which English makes more of them."""

from __future__ import annotations

import functools
import lzma
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy

from service.alignment.vocabulary import everyday_words
from service.checks.lexicons.spelling import DERIVATIONS, ENDINGS_OF_WORDS, INFLECTIONS, PREFIXES

DEFAULT_PATH: Final = Path(__file__).parents[2] / "models" / "words" / "english.txt.xz"
WORD: Final = re.compile(r"[^\W\d_]+")

_SHORTEST_STEM: Final = 3
_SHORTEST_BASE: Final = 4  # of a derived or prefixed word: "selfy" is none of "self", "rety" none of "ty"
_SHORTEST_HALF: Final = 3
_IN_A_ROW: Final = 5  # letters, the ends of the word counted; of four hardly any is unheard of, of six too many are


@functools.cache
def word_list() -> str:
    """The listed words, a line each, in lower case without accents. Raises OSError when the file is missing."""
    return lzma.decompress(DEFAULT_PATH.read_bytes()).decode("ascii")


@functools.cache
def listed_words() -> frozenset[str]:
    return frozenset(word_list().split())


def plain_letters(word: str) -> str:
    """Lower case without accents: "protégés" is listed as "proteges"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=4_096)
def is_unlike_english(word: str) -> bool:
    """Whether a word that is not listed was put together from pieces that do not belong together.

    Some letters in a row stand like that in no listed word ("slachthof": "achth"), which is rare in rare words and
    common in invented ones; or an English ending stands at what is no English word ("resight-less").
    """
    if any(not _is_inflected(stem) for stem in _stems(plain_letters(word), ENDINGS_OF_WORDS, _SHORTEST_STEM)):
        return True
    line = f"\n{plain_letters(word)}\n"
    if len(line) < _IN_A_ROW:
        return False
    if not line.isascii():
        return True
    rows, listed = _rows(line), _listed_rows()
    return bool((listed[numpy.searchsorted(listed[:-1], rows)] != rows).any())


@functools.cache
def _listed_rows() -> numpy.ndarray:
    """Every row of letters that a listed word holds, its ends counted; shape (rows,), in order."""
    return numpy.unique(_rows(word_list()))


def _rows(lines: str) -> numpy.ndarray:
    """Each row of `_IN_A_ROW` ASCII characters as a number; shape (characters - `_IN_A_ROW` + 1,)."""
    letters = numpy.frombuffer(lines.encode("ascii"), numpy.uint8).astype(numpy.int64)
    places = 128 ** numpy.arange(_IN_A_ROW)
    return numpy.lib.stride_tricks.sliding_window_view(letters, _IN_A_ROW) @ places


@functools.lru_cache(maxsize=16_384)
def is_english(word: str) -> bool:
    """Whether the list holds the word, or English may have made it of one that it holds.

    The rules take one step (two for an inflected word with a prefix): "resightless" would take three.
    """
    plain = plain_letters(word)
    return _is_inflected(plain) or _is_derived(plain) or _has_prefix(plain) or _is_compound(plain)


def _is_inflected(word: str) -> bool:
    words = listed_words()
    return word in words or any(stem in words for stem in _stems(word, INFLECTIONS, _SHORTEST_STEM))


def _is_derived(word: str) -> bool:
    words = listed_words()
    return any(stem in words for stem in _stems(word, DERIVATIONS, _SHORTEST_BASE))


def _has_prefix(word: str) -> bool:
    return any(
        word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_BASE and _is_inflected(word[len(prefix) :])
        for prefix in PREFIXES
    )


def _is_compound(word: str) -> bool:
    """Two everyday words in one, as English writes "warhorse" and "heartwarming"."""
    everyday = everyday_words()
    return any(
        word[:cut] in everyday and (word[cut:] in everyday or word[cut:].removesuffix("s") in everyday)
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
    )


def _stems(word: str, rules: tuple[tuple[str, str], ...], shortest: int) -> Iterator[str]:
    """What the word may be made of; a doubled letter before the ending may be a single one ("tottered", "slurping")."""
    for ending, instead in rules:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            stem = word[: len(word) - len(ending)] + instead
            yield stem
            if not instead and stem[-1] == stem[-2]:
                yield stem[:-1]
