"""Counts what a reader sees as characters: a letter with its accents, an emoji with its skin tone, each is one."""

from __future__ import annotations

import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
CONTROLS = {"Cc", "Zl", "Zp"}


def graphemes(text: str) -> int:
    """Extended grapheme clusters (UAX 29), or a few more: what the rules here do not know counts for itself.

    A limit in graphemes is therefore never exceeded. Hangul jamo and flags count by code point.
    """
    if text.isascii():
        return len(text)
    count = 0
    previous = ""
    for character in text:
        if not (previous and _extends(character, previous)):
            count += 1
        previous = character
    return count


def _extends(character: str, previous: str) -> bool:
    if unicodedata.category(previous) in CONTROLS:
        return False
    if character == ZERO_WIDTH_JOINER or ord(character) in SKIN_TONES:
        return True
    return unicodedata.category(character) in {"Mn", "Me"}
