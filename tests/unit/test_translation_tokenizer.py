"""Pieces know where they come from, whatever normalisation did to the text."""

from __future__ import annotations

import pytest

from service.translation.marian_tokenizer import UNKNOWN, MarianTokenizer
from tests.unit.translation_sample import write_tokenizer


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory) -> MarianTokenizer:
    folder = tmp_path_factory.mktemp("tokenizer")
    write_tokenizer(folder)
    return MarianTokenizer.from_folder(folder)


@pytest.mark.parametrize(
    "text",
    [
        "In Köln leben Menschen.",
        "  Zwei  Leerzeichen,\u00a0ein geschütztes,\tein Tabulator ",
        "ﬁnden, Ĳssel, ½, …, ㎞",
        "😀 nach dem Emoji, 👩‍👩‍👧 und e\u0301 mit Akzent",
        "allein \ud83d ohne Partner",
        "Nullzeichen \x00 im Text",
    ],
)
def test_spans_cover_the_text_in_order(tokenizer, text):
    encoding = tokenizer.encode(text)
    covered = "".join(text[start:end] for start, end in encoding.spans)
    assert covered.split() == text.split()
    ends = [end for _, end in encoding.spans]
    assert ends == sorted(ends)


def test_a_word_after_an_emoji_has_its_own_place(tokenizer):
    text = "😀😀 Köln"
    encoding = tokenizer.encode(text)
    letters = [text[start:end] for start, end in encoding.spans if start >= 2]
    assert "".join(letters) == " Köln"


def test_what_looks_like_the_end_of_a_sentence_is_text(tokenizer):
    assert "</s>" not in tokenizer.encode("Ende </s> und weiter").tokens
    assert ">>fr<<" not in tokenizer.encode(">>fr<< Guten Tag").tokens


def test_pieces_outside_the_vocabulary_are_unknown(tmp_path):
    write_tokenizer(tmp_path)
    (tmp_path / "vocab.json").write_text('{"</s>": 0, "<unk>": 1}')
    assert set(MarianTokenizer.from_folder(tmp_path).encode("Köln").tokens) == {UNKNOWN}


def test_bytes_become_characters_again(tokenizer):
    decoding = tokenizer.decode(["▁In", "▁", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "▁Köln"])
    assert decoding.text == "In 😀 Köln"
    assert [decoding.text[start:end] for start, end in decoding.spans] == ["In", "😀", "Köln"]
    assert decoding.starts == (0, 1, 6, 7)


def test_broken_bytes_and_unknown_tokens_take_the_source_they_look_at(tokenizer):
    assert tokenizer.decode(["▁a", "<0xE2>", "<0x99>", "▁b"]).text == "a\ufffd\ufffd b"
    assert tokenizer.decode(["▁a", "▁", UNKNOWN], surfaces=["x", "x", "♥"]).text == "a ♥"


def test_spaces_at_the_ends_are_no_text(tokenizer):
    assert tokenizer.decode(["▁", "▁a", "▁"]).text == "a"
    assert tokenizer.decode([]).text == ""
