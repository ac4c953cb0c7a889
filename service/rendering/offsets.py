"""Turns the domain's offsets (code points) into the unit that a caller counts in."""

from __future__ import annotations

from typing import Literal

import numpy as np

OffsetUnit = Literal["codepoint", "utf16", "utf8"]


class OffsetMap:
    """Offsets into one text, in one unit: O(n) to set up, O(1) to ask.

    `utf16` counts code units as JavaScript and Java do, `utf8` counts bytes.
    """

    def __init__(self, text: str, unit: OffsetUnit = "codepoint") -> None:
        self.unit = unit
        self._length = len(text)
        self._converted = None if unit == "codepoint" or text.isascii() else _cumulative_widths(text, unit)

    def __call__(self, offset: int) -> int:
        """The offset in the unit, for a code point offset from 0 to `len(text)`.

        :raises IndexError: the offset lies outside the text.
        """
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside a text of {self._length} code points")
        return offset if self._converted is None else int(self._converted[offset])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Both ends of a half-open span."""
        return self(start), self(end)


def _cumulative_widths(text: str, unit: OffsetUnit) -> np.ndarray:
    """Shape (len(text) + 1,): the length in `unit` of every prefix of the text."""
    code_points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    widths = 1 + (code_points > 0xFFFF).astype(np.int64)
    if unit == "utf8":
        widths += (code_points > 0x7F).astype(np.int64) + (code_points > 0x7FF)
    return np.concatenate(([0], np.cumsum(widths)))
