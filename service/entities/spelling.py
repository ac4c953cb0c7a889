"""Keys that make different writings of one name equal: inflection (`stem`) and transcription (`fold`)."""

from __future__ import annotations

import functools
import re
import unicodedata

from rapidfuzz.distance import Levenshtein

from service.article.characters import without_break_hints

WORD = re.compile(r"[^\W_]+(?:[.'’\-‐‑][^\W_]+)*\.?")
DASHES = re.compile(r"[\-‐‑–]")
GENITIVE_APOSTROPHE = re.compile(r"['’ʼ]s?$")
ADJECTIVE_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:e|en|em|er|es)$")
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "dj", "ı": "i", "æ": "ae"}
)

# Russian, Arabic and Korean sounds as German and English transcriptions write them, brought to one letter each.
TRANSCRIPTIONS = (
    (re.compile(r"dsch|dzh"), "y"),
    (re.compile(r"s(?:ch|h)ts?ch|shch"), "sc"),
    (re.compile(r"tsch|tch"), "c"),
    (re.compile(r"sch|sh|zh"), "s"),
    (re.compile(r"kh|ch"), "c"),
    (re.compile(r"q(?!u)"), "k"),
    (re.compile(r"ts|z+|(?<=[aeiouy])ss(?=[aeiouy])"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"[ijy]+$"), "i"),
    (re.compile(r"[jy]{2,}"), "y"),
    (re.compile(r"^[jy]e"), "e"),
    (re.compile(r"(?<=[aeou])[jy](?=[aeou])"), ""),
    (re.compile(r"(?<=[^aeou])[ijy](?=[aeou])|j"), "y"),
    (re.compile(r"(?<=[^aeiou])y(?=[^aeiou])"), "i"),
)


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


@functools.lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Lower case, no diacritics (umlauts spelled out), every dash a space."""
    spelled = DASHES.sub(" ", without_break_hints(text).lower()).translate(UMLAUTS)
    if not spelled.isascii():
        spelled = "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))
    return " ".join(spelled.split())


@functools.lru_cache(maxsize=16_384)
def stem(text: str) -> str:
    """A key that inflection does not change: "Europäischen Union" = "Europäische Union", "Russlands" = "Russland".

    Only a key: "Paris" becomes "pari". Two different names share one so rarely that a merge may rest on it, except
    for people, whose genitive is decided by the other names of the article.
    """
    words = GENITIVE_APOSTROPHE.sub("", plain(text).replace(".", "")).split()
    if not words:
        return ""
    inner = [ADJECTIVE_ENDING.sub("", word) for word in words[:-1]]
    last = words[-1]
    if len(words) > 1 and len(last) > 4:
        last = re.sub(r"(?:es|en|s|e)$", "", last)
    elif len(last) > 3:
        last = re.sub(r"s$", "", last)
    return " ".join([*inner, last])


@functools.lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """A key for one word that transcription does not change: Beloussow = Belousov, Selenskyj = Selenski = Zelensky."""
    key = plain(word)
    for pattern, letter in TRANSCRIPTIONS:
        key = pattern.sub(letter, key)
    return key


@functools.lru_cache(maxsize=16_384)
def without_genitive(word: str) -> str | None:
    """ "Putins" gives "Putin", "Marx’" gives "Marx"; None when the word cannot be a genitive."""
    if GENITIVE_APOSTROPHE.search(word):
        return GENITIVE_APOSTROPHE.sub("", word)
    return word[:-1] if len(word) > 2 and word.endswith("s") and word[-2] not in "sßxz" else None


def one_edit_apart(left: str, right: str) -> bool:
    """True when one insertion, deletion or substitution turns one string into the other."""
    return Levenshtein.distance(left, right, score_cutoff=1) == 1


def similarity(left: str, right: str, least: float = 0.0) -> float:
    """Between 0 and 1: one minus the Levenshtein distance of the folded strings over the longer one's length.

    Strings of such different lengths that it is below `least` are not compared; they have none.
    """
    return closeness(fold(left), fold(right), least)


def closeness(first: str, second: str, least: float = 0.0) -> float:
    """The `similarity` of strings that are folded already."""
    if first == second:
        return 1.0
    longest = max(len(first), len(second))
    if 1.0 - abs(len(first) - len(second)) / longest < least:
        return 0.0
    return 1.0 - Levenshtein.distance(first, second) / longest


def is_similar(left: str, right: str, least: float) -> bool:
    return similarity(left, right, least) >= least
