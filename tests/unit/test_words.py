"""A text cut into words: nothing lost, every place right."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from service.entities.words import WORD, Words

TEXTS = st.text(st.sampled_from("aÄß9_ -.'’\n\xa0\xad\u0301𝔘🙂"), max_size=40)


@given(TEXTS)
@example("")
@example("_")
@example("snake_case und Snake")
def test_a_text_is_cut_where_its_words_begin_and_end(text: str) -> None:
    found = Words(text)
    assert found.words == WORD.findall(text)
    assert found.spans() == [match.span() for match in WORD.finditer(text)]
    assert [(found.start(at), found.end(at)) for at in range(len(found.words))] == found.spans()


@given(TEXTS)
def test_words_and_gaps_make_the_text_again(text: str) -> None:
    found = Words(text)
    before = text[: found.start(0)] if found.words else text
    assert before + "".join(map("".join, zip(found.words, found.gaps(), strict=True))) == text
    assert [found.gap(at) for at in range(len(found.words))] == found.gaps()
