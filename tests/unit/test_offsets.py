"""Offsets in UTF-16 units and UTF-8 bytes point at the same text as our code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rendering.offsets import OffsetMap

CHARACTERS = st.one_of(
    st.sampled_from(
        ["a", "ü", "ß", "€", "😀", "👩‍👩‍👧", "🇩🇪", "e\u0301", "\u00ad", "\xa0", "\r\n", "\u2028", "\U0010ffff", "„"]
    ),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.lists(CHARACTERS).map("".join)


@given(TEXTS, st.data())
def test_utf16_counts_code_units(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert OffsetMap(text, "utf16")(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(TEXTS, st.data())
def test_utf8_counts_bytes(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert OffsetMap(text, "utf8")(offset) == len(text[:offset].encode())


@given(TEXTS, st.data())
def test_code_points_stay_as_they_are(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert OffsetMap(text, "codepoint")(offset) == OffsetMap(text)(offset) == offset


@given(TEXTS, st.data())
def test_a_span_cuts_the_same_text_out_of_the_encoded_form(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    first, last = OffsetMap(text, "utf8").span(start, end)
    assert text.encode()[first:last].decode() == text[start:end]
    first, last = OffsetMap(text, "utf16").span(start, end)
    assert text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le") == text[start:end]


def test_an_emoji_shifts_what_a_browser_counts() -> None:
    text = "😀 Merkel"
    assert OffsetMap(text, "utf16").span(2, 8) == (3, 9)
    assert OffsetMap(text, "utf8").span(2, 8) == (5, 11)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_offsets_outside_the_text_are_errors(unit: str) -> None:
    offsets = OffsetMap("Köln", unit)
    assert offsets(4) == len("Köln") + (unit == "utf8")
    for offset in (-1, 5):
        with pytest.raises(IndexError):
            offsets(offset)
