"""Cuts a sentence that is too long to translate in one go, at the joint that hurts least."""

from __future__ import annotations

import re
import unicodedata

# Best joint first: a clause of its own, a subordinate clause or list part, a conjunction, any white space.
_JOINTS = (
    re.compile(r"[;:](?=\s)|\s(?=[–—-]\s)"),
    re.compile(r",(?=\s)"),
    re.compile(r"\s(?=(?:und|oder|sowie|aber|sondern|denn|dass|weil|wenn|als|wobei|indem)\s)"),
    re.compile(r"\s"),
)
# A piece shorter than this share of the limit says too little by itself to be translated well.
_SMALLEST_SHARE = 1 / 3
# No real character is built of more code points; a longer pile of accents is cut like anything else.
_LONGEST_CLUSTER = 32

_ZERO_WIDTH_JOINER = "\u200d"
_EXTENDS = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


def split_long(text: str, limit: int) -> list[tuple[int, int]]:
    """Half-open spans of at most `limit` code points that hold every character of `text` but white space at the cuts.

    A text within the limit comes back whole, as one span. Takes time linear in the length of the text.

    :raises ValueError: `limit` is less than one.
    """
    if limit < 1:
        raise ValueError(f"a piece needs room for one character, not {limit}")
    spans = []
    start, end = _trim(text, 0, len(text))
    while end - start > limit:
        cut = _cut(text, start, end, limit)
        piece = _trim(text, start, cut)
        if piece[0] < piece[1]:
            spans.append(piece)
        start, _ = _trim(text, cut, end)
    if start < end:
        spans.append((start, end))
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int, limit: int) -> int:
    """Where the first piece of `text[start:end]` stops: at the best joint nearest to pieces of equal length."""
    pieces = -(-(end - start) // limit)
    target = start + (end - start) // pieces
    shortest = max(1, int(limit * _SMALLEST_SHARE))
    for joint in _JOINTS:
        cuts = [match.end() for match in joint.finditer(text, start + shortest - 1, min(end, start + limit + 1))]
        cuts = [cut for cut in cuts if len(text[start:cut].rstrip()) <= limit]
        if cuts:
            return min(cuts, key=lambda cut: abs(cut - target))
    return _between_clusters(text, start, start + limit)


def _between_clusters(text: str, start: int, cut: int) -> int:
    """The last place at or before `cut` that parts no accent from its letter and no emoji or flag in two."""
    for place in range(cut, max(start, cut - _LONGEST_CLUSTER), -1):
        if not _inside_cluster(text, place):
            return place
    return cut


def _inside_cluster(text: str, place: int) -> bool:
    """Whether `place` lies inside a grapheme cluster, as far as news text needs it (Unicode Annex 29, simplified)."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after).startswith("M") or _EXTENDS.match(after) or before == _ZERO_WIDTH_JOINER:
        return True
    return bool(_FLAG_LETTER.match(after)) and _odd_flag_letters_before(text, place)


def _odd_flag_letters_before(text: str, place: int) -> bool:
    count = 0
    while count < _LONGEST_CLUSTER and place - count > 0 and _FLAG_LETTER.match(text[place - count - 1]):
        count += 1
    return count % 2 == 1
