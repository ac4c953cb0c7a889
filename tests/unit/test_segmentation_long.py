"""Over-long sentences are cut where it hurts least, and nothing of them is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.segmentation.long_sentences import split_long
from tests.unit.timing import best_seconds


def pieces(text: str, limit: int) -> list[str]:
    return [text[start:end] for start, end in split_long(text, limit)]


def test_a_sentence_within_the_limit_stays_whole() -> None:
    assert pieces(" Ein kurzer Satz. ", 16) == ["Ein kurzer Satz."]
    assert pieces("", 16) == pieces(" \n", 16) == []


# The pieces of each text are parted by "|".
JOINTS = """
Der Kanzler reist, wie geplant, ab; |die Minister bleiben.
Es gibt drei Gründe, sagt er: |Geld, Zeit, Personal und Mut
Die Minister bleiben in Berlin |– der Kanzler reist ab
Die Minister sagten am Freitag, |dass der Kanzler abreist
Die Minister bleiben in Berlin |und der Kanzler reist ab
Am Freitagmorgen bleiben |alle Minister gemeinsam hier
Um 11:30 Uhr kamen 3,2 |Millionen Menschen aus der Stadt
"""


@pytest.mark.parametrize("line", JOINTS.strip().splitlines())
def test_the_best_joint_is_taken(line: str) -> None:
    assert pieces(line.replace("|", ""), 36) == line.split(" |")


def test_a_word_without_joints_is_cut_between_characters() -> None:
    assert pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert pieces("e\u0301" * 6, 5) == ["e\u0301" * 2] * 3
    assert pieces("👩‍👩‍👧" * 3, 7) == ["👩‍👩‍👧"] * 3
    assert pieces("🇩🇪" * 4, 3) == ["🇩🇪"] * 4
    assert pieces("👍🏽" * 3, 3) == ["👍🏽"] * 3


def test_twenty_thousand_characters_without_a_full_stop() -> None:
    text = "und dann kam der Minister mit dem Kanzler aus Berlin, " * 400
    found = pieces(text, 500)
    assert all(len(piece) <= 500 for piece in found)
    assert all(piece.endswith(",") for piece in found)
    assert len(found) <= 48


def test_a_limit_leaves_room_for_a_character() -> None:
    with pytest.raises(ValueError, match="room"):
        split_long("Satz", 0)


ANYTHING = st.one_of(
    st.text(), st.lists(st.sampled_from(["wort", ", ", "; ", " ", " und ", "e\u0301", "🇩🇪", "\xa0"])).map("".join)
)


@given(ANYTHING, st.integers(1, 30))
def test_nothing_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    spans = split_long(text, limit)
    assert all(0 < end - start <= limit for start, end in spans)
    assert all(end <= following for (_, end), (following, _) in pairwise(spans))
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["wort ", "x", "e\u0301", "\u0301", "🇩🇪", "a, ", " "])
def test_large_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "a" + unit * (size // len(unit)) + "b"
        return best_seconds(lambda: split_long(text, 500))

    assert seconds(100_000) < 40 * seconds(10_000) + 0.1
