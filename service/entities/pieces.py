"""Cuts a text into pieces that a recogniser reads well, and remembers where each character of a piece stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.article.characters import BREAK_HINTS
from service.entities.words import WORD

# Longer lines are read in pieces: the network's memory grows with the piece, and no name is as long as this.
PIECE_CHARACTERS = 10_000
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Invisible inside a word: break hints, and the joiners, which join nothing in a name.
INVISIBLE = re.compile(f"[{BREAK_HINTS}\u200c\u200d]")
# Half a character of a broken UTF-16 text; spaCy cannot encode it.
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# In a line of capitals these are neither initials nor names: the network would read "Merkel Traf" as one.
SMALL_WORDS = frozenset({
    "AB", "ABER", "ALS", "AM", "AN", "AUCH", "AUF", "AUS", "BEI", "BLEIBT", "DARF", "DAS", "DASS", "DEM", "DEN", "DER",
    "DES", "DIE", "DROHT", "EIN", "EINE", "EINEN", "ER", "ERKLÄRT", "ERKLÄRTE", "ES", "FORDERT", "FORDERTE", "FÜR",
    "GEGEN", "GEHT", "GEWINNT", "HABEN", "HAT", "HATTE", "IM", "IN", "IST", "KANN", "KEIN", "KEINE", "KOMMT", "MIT",
    "MUSS", "NACH", "NICHT", "NOCH", "NUR", "ODER", "REIST", "SAGT", "SAGTE", "SEIN", "SEINE", "SICH", "SIE", "SIEGT",
    "SIND", "SOLL", "STIRBT", "TRAF", "TRIFFT", "UM", "UND", "UNTER", "VERLIERT", "VOM", "VON", "VOR", "WAR", "WARNT",
    "WARNTE", "WEGEN", "WEITER", "WIE", "WIEDER", "WILL", "WIRD", "WURDE", "ZU", "ZUM", "ZUR", "ÜBER",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a part of a very long one, as the network reads it.

    `origins[i]` is where character i begins in the text; one entry more than characters, the last is the end.
    """

    readable: str
    origins: Sequence[int]


def pieces_of(text: str) -> Iterator[Piece]:
    """The text line by line: the network was trained on sentences, and no name runs on over a line break."""
    for line in LINE.finditer(text):
        start = line.start()
        while start < line.end():
            end = min(start + PIECE_CHARACTERS, line.end())
            if end < line.end():
                end = text.rfind(" ", start, end) + 1 or end
            yield readable(text[start:end], start)
            start = end


def readable(text: str, start: int) -> Piece:
    """The text as a reader sees it: composed characters, nothing invisible or broken, no line of capitals."""
    if INVISIBLE.search(text) or not unicodedata.is_normalized("NFC", text):
        characters, origins = composed(text, start)
    else:
        characters, origins = text, range(start, start + len(text) + 1)
    return Piece(LONE_SURROGATE.sub("\ufffd", lower_capitals(characters)), origins)


def composed(text: str, start: int) -> tuple[str, list[int]]:
    """The text without invisible characters and with combining marks joined to their letters, and where each began."""
    characters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text, start):
        if INVISIBLE.match(character):
            continue
        if characters and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", characters[-1] + character)
            if len(joined) == 1:
                characters[-1] = joined
                continue
        characters.append(character)
        origins.append(position)
    return "".join(characters), [*origins, start + len(text)]


def lower_capitals(text: str) -> str:
    """`PUTIN IN PJÖNGJANG: KIM` as `Putin in Pjöngjang: KIM`: in a line of capitals a short word may be initials."""
    if not text.isupper() or " " not in text:
        return text
    title = WORD.sub(lambda word: lower_capital_word(word[0]), text)
    return title if len(title) == len(text) else text


def lower_capital_word(word: str) -> str:
    if word in SMALL_WORDS:
        return word.lower()
    return word if len(word) < 4 else word[0] + word[1:].lower()
