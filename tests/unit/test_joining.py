"""Stretches of a sentence, translated apart, become one sentence again."""

from __future__ import annotations

import pytest

from service.translation.joining import Stretch, join
from service.translation.later import Later
from service.translation.model import Link, Translation


def translated(german: str, english: str, *others: str) -> Translation:
    links = (Link(0, len(german), 0, len(english), 0.5),)
    return Translation(german, english, links, -0.5, others=tuple(translated(german, other) for other in others))


def joined(*pairs: tuple[str, ...]) -> Translation:
    segment = " ".join(german for german, *_ in pairs)
    stretches, start = [], 0
    for german, *english in pairs:
        stretches.append(Stretch(start, start + len(german), 5, translated(german, *english)))
        start += len(german) + 1
    return join(segment, stretches)


@pytest.mark.parametrize(
    ("pairs", "english"),
    [
        (
            (("Die Stadt teilte mit,", "The city said."), ("dass der Markt schließt.", "That the market closes.")),
            "The city said, that the market closes.",
        ),
        (
            (("Er reiste nach Kuba", "He went to Cuba."), ("und traf Raúl Castro.", "Raúl Castro was met.")),
            "He went to Cuba Raúl Castro was met.",
        ),
        ((("Es regnete.", "It rained."), ("Niemand kam.", "The hall was empty.")), "It rained. The hall was empty."),
        ((("Um 6 Uhr früh", "At 6 a.m."), ("brannte es.", "There was a fire.")), "At 6 a.m. there was a fire."),
        ((("Sie sahen die Parade zum", "They saw the"), ("Fest.", "On the day.")), "They saw the on the day."),
        ((("Er sagte:", "He said:"), ("Fest steht das.", "That is certain.")), "He said: That is certain."),
    ],
)
def test_a_full_stop_and_a_capital_belong_to_sentences(pairs, english):
    assert joined(*pairs).target == english


def test_every_link_stays_inside_the_text():
    found = joined(("Die Stadt teilte mit,", "The city said."), ("dass der Markt schließt.", "That it closes."))
    assert [found.target[link.target_start : link.target_end] for link in found.links] == [
        "The city said,",
        "that it closes.",
    ]
    assert [found.source[link.source_start : link.source_end] for link in found.links] == [
        "Die Stadt teilte mit,",
        "dass der Markt schließt.",
    ]


def test_the_second_best_of_each_stretch_stand_together():
    found = joined(("Es regnete,", "It rained,", "Rain fell,"), ("und es war kalt.", "and it was cold."))
    assert [other.target for other in found.others] == ["Rain fell, and it was cold."]
    assert found.parts == 2


def test_what_is_made_later_is_made_once_and_only_if_asked_for():
    asked = []

    def make(at: int) -> str:
        asked.append(at)
        return f"No. {at}"

    made = Later(3, make)
    assert len(made) == 3
    assert not asked
    assert made[-1] == made[2] == "No. 2"
    assert asked == [2]
    assert list(made) == ["No. 0", "No. 1", "No. 2"]
    assert made[:2] == ["No. 0", "No. 1"]
    assert asked == [2, 0, 1]
    with pytest.raises(IndexError):
        made[3]
