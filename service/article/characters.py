"""Which characters print nothing, which break a line, and which no text may hold."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from service.article.errors import ArticleTooLong, EmptyArticle, InvalidCharacter

# White space, control characters, and the format characters that carry no text of their own. Soft hyphens, joiners
# and tag characters are not here: they belong to the word or the emoji that they stand in.
_BLANK_CODES = (
    *range(0x21), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200C), 0x200E, 0x200F, 0x2028, 0x2029, 0x202F, 0x205F,
    0x2060, 0x3000, 0xFEFF,
)  # fmt: skip
_BLANKS = "".join(map(chr, _BLANK_CODES))

# The same characters for use inside the brackets of a pattern.
BLANK = re.escape(_BLANKS)

# Inside a word they say where a line may break or may not, and no more: soft hyphen, zero-width space, word joiner and
# no-break space. The joiners of scripts and emoji (U+200C, U+200D) are not among them: they change what is read.
BREAK_HINTS = "\u00ad\u200b\u2060\ufeff"
BREAK_HINT = re.compile(f"[{BREAK_HINTS}]")

LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

_PRINTING = re.compile(rf"[^{BLANK}]")
_REFUSED = re.compile("[\x00\ud800-\udfff]")


def check_text(text: str, limit: int | None = None) -> None:
    """Refuse what no later stage can handle.

    NUL means that the text was binary or cut by a C program; half a surrogate pair cannot be written as UTF-8, so it
    could never be sent back. Every other character, control characters included, is kept as it is.

    :raises ArticleTooLong: more than `limit` code points.
    :raises InvalidCharacter: NUL or a lone surrogate.
    :raises EmptyArticle: nothing in it prints.
    """
    if limit is not None and len(text) > limit:
        raise ArticleTooLong(len(text), limit)
    check_characters(text)
    if not _PRINTING.search(text):
        raise EmptyArticle()


def check_characters(text: str) -> None:
    """Refuse NUL and lone surrogates, also in a title. Raises InvalidCharacter."""
    if refused := _REFUSED.search(text):
        raise InvalidCharacter(refused.start(), refused.group())


def without_break_hints(text: str) -> str:
    """The text as it is meant, for what is written anew from it: names, translations."""
    return BREAK_HINT.sub("", text)


class Excerpt:
    """A text without some of its characters, for what reads the rest; spans go there and back."""

    def __init__(self, original: str, kept: Sequence[int]) -> None:
        """`kept`: the places of the characters that stay, in order."""
        self.text = original if len(kept) == len(original) else "".join(original[place] for place in kept)
        self._kept = kept

    def inside(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where a span of the original stands in `text`."""
        return bisect.bisect_left(self._kept, span[0]), bisect.bisect_left(self._kept, span[1])

    def outside(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where a span of `text` stands in the original; an empty one where the character behind it stands."""
        start, end = span
        if start < end:
            return self._kept[start], self._kept[end - 1] + 1
        place = self._kept[min(start, len(self._kept) - 1)] if self._kept else 0
        return place, place


def meant(original: str) -> Excerpt:
    """The text without its break hints, for what looks for words in it."""
    if not BREAK_HINT.search(original):
        return Excerpt(original, range(len(original)))
    return Excerpt(original, [at for at, char in enumerate(original) if not BREAK_HINT.match(char)])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of `text[start:end]` without blank characters at its ends; empty (`start == end`) if all is blank."""
    part = text[start:end]
    inner = part.lstrip(_BLANKS)
    start = end - len(inner)
    return start, start + len(inner.rstrip(_BLANKS))
