"""What is read instead of a part of a sentence, and the way back to the sentence's own places."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.alignment.exchanges import exchanged, into_sentence
from service.checks.renderings import LookedUp
from service.translation.model import Link


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[LookedUp]]:
    """A sentence of any characters, with some of its stretches exchanged for longer, shorter or no words."""
    text = draw(st.text(min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    exchanges = [
        LookedUp(start, end, draw(st.text(max_size=8)))
        for number, (start, end) in enumerate(pairwise(cuts))
        if number % 2 == 0
    ]
    return text, exchanges


@given(sentences())
def test_every_character_that_stays_is_found_again_and_what_is_new_leads_to_the_whole_place(found):
    text, exchanges = found
    read = exchanged(text, exchanges)
    places: list[tuple[int, int]] = []
    done = 0
    for one in exchanges:
        places += [(at, at + 1) for at in range(done, one.start)]
        places += [(one.start, one.end)] * len(one.reads)
        done = one.end
    places += [(at, at + 1) for at in range(done, len(text))]
    assert len(places) == len(read)
    for at, place in enumerate(places):
        link = into_sentence(Link(at, at + 1, 0, 1, 1.0), exchanges)
        assert (link.source_start, link.source_end) == place
        if place[1] - place[0] == 1 and (place[0], place[1]) not in [(one.start, one.end) for one in exchanges]:
            assert text[place[0]] == read[at]


@given(sentences())
def test_a_link_over_several_pieces_stays_inside_the_sentence(found):
    text, exchanges = found
    read = exchanged(text, exchanges)
    for start in range(len(read)):
        for end in range(start + 1, len(read) + 1):
            link = into_sentence(Link(start, end, 0, 1, 1.0), exchanges)
            assert 0 <= link.source_start < link.source_end <= len(text)
