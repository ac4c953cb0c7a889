"""What a tagger is told of each word besides its letters: how it is written, and what the name lists say of it."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np

# A name may end at any mark: "Scholz-Regierung" is three words, and only "Scholz" is the name.
TAGGED_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

WORD_CLASSES = "word-classes.txt.gz"
# Given name, surname, place, organisation: the letter in a class, small where the lists are less sure.
CLASS_LETTERS = "FSPO"
CLASSES = 3 ** len(CLASS_LETTERS)
OPENING_AND_CLOSING = frozenset("\"„“”»«'‚‘’")
SHAPES = 17
MARK = 5  # the shape of a mark that is none of the usual ones
CAPITALISED = 11  # German writes nouns so, and names: the last four shapes say more
KINDS = {"N": 13, "M": 13, "A": 14}  # a noun; a word that is usually written small
AT_END = {"N": 15, "M": 16}  # Frauenverband; Schulstraße, for Straße closes names too
SHORTEST_TAIL = 4  # letters
ABBREVIATION = 4  # letters; capitals beyond are a shouted word
REMEMBERED_WORDS = 50_000


def shape(word: str) -> int:
    """One of `SHAPES` ways in which a word or mark is written."""
    if word.isdigit():
        return 0
    if not word[0].isalnum():
        return {".": 1, ",": 2, "-": 3, "–": 3}.get(word, 4 if word in OPENING_AND_CLOSING else MARK)
    if not word.isalpha():
        return 6
    if word.islower():
        return 7
    if len(word) == 1:
        return 8
    if word.isupper():
        return 9 if len(word) <= ABBREVIATION else 10
    return CAPITALISED if is_capitalised(word) else 12


def is_capitalised(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word[0].isupper() and word[1:].islower()


def tails(word: str) -> Iterator[str]:
    """What may be the last word of a compound, the longest first, as it is written alone."""
    return (word[at:].capitalize() for at in range(2, len(word) - SHORTEST_TAIL + 1))


def class_number(letters: str) -> int:
    """A class of the name lists, `Fs` say, as a number below `CLASSES`."""
    number = 0
    for letter in CLASS_LETTERS:
        number = 3 * number + (1 if letter in letters else 2 if letter.lower() in letters else 0)
    return number


class WordTypes:
    """The type of a word, which the network reads with each of its pieces: `shape * CLASSES + class`."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._letters = classes
        self.type_of = lru_cache(REMEMBERED_WORDS)(self._type_of)

    @classmethod
    def from_folder(cls, folder: Path) -> WordTypes:
        return cls(read_classes(folder / WORD_CLASSES))

    def _type_of(self, word: str) -> int:
        shaped = shape(word)
        kind = self._kind_of(word) if shaped == CAPITALISED else shaped
        return kind * CLASSES + self._class_of(word)

    def _kind_of(self, word: str) -> int:
        """The shape of a capitalised word: a noun, a word that is usually small, a compound, or neither."""
        kind = _kind_in(self._letters.get(word, ""))
        if kind:
            return KINDS[kind]
        ends = (AT_END.get(_kind_in(self._letters.get(tail, ""))) for tail in tails(word))
        return next(filter(None, ends), CAPITALISED)

    def _class_of(self, word: str) -> int:
        """The lists know no genitives, and nothing in capitals."""
        found = class_number(self._letters.get(word, ""))
        if not found and len(word) > 3 and word[-1] == "s":
            found = class_number(self._letters.get(word[:-1], ""))
        if not found and len(word) > 3 and word.isupper():
            found = class_number(self._letters.get(word.capitalize(), ""))
        return found


def _kind_in(letters: str) -> str:
    return next((letter for letter in letters if letter in KINDS), "")


def read_classes(path: Path) -> dict[str, str]:
    """A line a class: its letters, a tab, its words with spaces between them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {word: letters for letters, words in rows for word in words.split(" ")}


def write_classes(path: Path, classes: Mapping[str, str]) -> None:
    """The inverse of `read_classes`; the same classes always give the same bytes."""
    words: dict[str, list[str]] = {}
    for word in sorted(classes):
        words.setdefault(classes[word], []).append(word)
    text = "".join(f"{letters}\t{' '.join(words[letters])}\n" for letters in sorted(words))
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def word_row(word: str, rows: int) -> int:
    """The row of a word in a hashed table; row 0 is for words not looked at."""
    return 1 + zlib.crc32(word.encode("utf-8", "replace")) % (rows - 1)


def first_and_last_pieces(ends: np.ndarray, starts: np.ndarray, word_ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pieces that hold the first and the last character of each word.

    ends: where each piece ends; starts, word_ends: of the words, ascending; code points. A piece begins where the one
    before it ends, with the white space between them.
    """
    top = len(ends) - 1
    first = np.searchsorted(ends, starts, side="right")
    last = np.searchsorted(ends, word_ends - 1, side="right")
    return np.minimum(first, top), np.minimum(last, top)


def all_classes() -> list[tuple[int, ...]]:
    """For each class number, the marks 0 to 2 of its letters."""
    return list(product(range(3), repeat=len(CLASS_LETTERS)))
