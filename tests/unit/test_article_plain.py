"""Plain text becomes blocks; the text itself stays as it came, character for character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.errors import ArticleTooLong, EmptyArticle, InvalidCharacter
from service.article.model import Article
from service.article.plain import read_text
from tests.unit.timing import best_seconds


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def kinds(*lines: str) -> list[str]:
    return [block.kind for block in read_text("\n".join(lines)).blocks]


def test_headline_subheading_and_paragraphs() -> None:
    text = (
        "Kim sagt Putin volle Unterstützung zu\n\nKim Jong-un hat Wladimir Putin Hilfe zugesagt.\n"
        "Putin: Verhältnis zu Nordkorea „vertrauensvoll und freundschaftlich“\n„Wir warten auf Sie“, sagte Putin.\n"
    )
    assert blocks(read_text(text)) == [
        ("headline", "Kim sagt Putin volle Unterstützung zu"),
        ("paragraph", "Kim Jong-un hat Wladimir Putin Hilfe zugesagt."),
        ("subheading", "Putin: Verhältnis zu Nordkorea „vertrauensvoll und freundschaftlich“"),
        ("paragraph", "„Wir warten auf Sie“, sagte Putin."),
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"])
def test_every_line_break_parts_blocks_and_none_is_changed(line_break: str) -> None:
    text = f"Erster Satz.{line_break}{line_break}Zweiter Satz.{line_break}"
    article = read_text(text)
    assert article.text == text
    assert blocks(article) == [("paragraph", "Erster Satz."), ("paragraph", "Zweiter Satz.")]


def test_the_title_is_kept_beside_the_text() -> None:
    article = read_text("Der Rat tagte am Freitag.", title="Rat tagt")
    assert article.title == "Rat tagt"
    assert blocks(article) == [("paragraph", "Der Rat tagte am Freitag.")]


def test_a_lone_line_is_the_text_and_heads_nothing() -> None:
    assert kinds("Merkel trifft Putin") == ["paragraph"]


def test_a_long_line_without_full_stop_is_a_paragraph() -> None:
    assert kinds("Erster Satz.", "wort " * 40 + "Ende") == ["paragraph", "paragraph"]


def test_a_short_question_heads_a_longer_paragraph() -> None:
    paragraph = "Der Bundestag stimmt am Freitag über das Gesetz ab, danach ist der Bundesrat am Zug."
    assert kinds("Ein Satz.", "Wie geht es weiter?", paragraph) == ["paragraph", "subheading", "paragraph"]
    assert kinds("Ein Satz.", "„Wie geht es weiter?“", paragraph) == ["paragraph", "paragraph", "paragraph"]


def test_lists() -> None:
    assert (
        kinds("Das ist neu:", "- mehr Geld", "• weniger Regeln", "– kürzere Wege.") == ["headline"] + ["list_item"] * 3
    )
    assert kinds("1. Bayern", "2. Dortmund", "3. Leipzig") == ["list_item"] * 3


def test_a_lone_number_opens_no_list() -> None:
    assert kinds("1. Mai ist frei.", "Es gibt Demonstrationen in Berlin.") == ["paragraph", "paragraph"]


def test_table_of_figures() -> None:
    assert kinds("Partei\t2021\t2025", "CDU/CSU\t24,1\t28,5", "SPD | 25,7 | 16,4") == ["table_row"] * 3


def test_a_bar_in_a_sentence_makes_no_table() -> None:
    assert kinds("Der Sender heißt |tv|, sagt er.", "Der Satz   hat   Lücken.") == ["paragraph", "paragraph"]


def test_captions() -> None:
    assert kinds("Ein Satz.", "Foto: dpa", "© Reuters") == ["paragraph", "caption", "caption"]
    assert kinds("Ein Satz.", "Putin und Kim in Pjöngjang. Foto: KCNA/dpa") == ["paragraph", "caption"]


def test_live_ticker() -> None:
    assert kinds("+++ 14:05 Merkel trifft Putin +++", "11.30 Uhr", "11.45 Uhr: Der Minister ist angekommen.") == [
        "headline",
        "subheading",
        "paragraph",
    ]


def test_text_wrapped_at_a_column_is_one_paragraph() -> None:
    text = (
        "Der nordkoreanische Machthaber Kim Jong-un hat dem russischen Präsidenten\n"
        "Wladimir Putin volle Unterstützung zugesichert. Nordkorea sei bereit, alles\n"
        "zu tun, um Russland beizustehen, sagte Kim am Mittwoch am Rande der Feier\n"
        "in Peking."
    )
    assert blocks(read_text(text)) == [("paragraph", text)]


def test_a_sentence_runs_on_after_a_word_that_cannot_end_it() -> None:
    assert blocks(read_text("Er sprach mit der\nKanzlerin.")) == [("paragraph", "Er sprach mit der\nKanzlerin.")]


def test_byte_order_mark_and_zero_width_space_stay_outside_the_blocks() -> None:
    text = "\ufeffEin Satz.\u200b\n\u200b\nNoch einer."
    article = read_text(text)
    assert article.text == text
    assert blocks(article) == [("paragraph", "Ein Satz."), ("paragraph", "Noch einer.")]


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\ufeff", "\u200b \x07", "\u2028"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(EmptyArticle):
        read_text(text)


@pytest.mark.parametrize(("text", "position"), [("a\0b", 1), ("Müll\ud83d", 4), ("\udc00", 0)])
def test_characters_that_no_text_can_hold(text: str, position: int) -> None:
    with pytest.raises(InvalidCharacter) as caught:
        read_text(text)
    assert caught.value.position == position
    with pytest.raises(InvalidCharacter):
        read_text("Ein Satz.", title=text)


def test_other_control_characters_are_kept() -> None:
    assert read_text("Ein\x07 Satz.\x1b").text == "Ein\x07 Satz.\x1b"


def test_the_limit_counts_code_points() -> None:
    assert read_text("😀" * 10, limit=10).text == "😀" * 10
    with pytest.raises(ArticleTooLong) as caught:
        read_text("😀" * 11, limit=10)
    assert (caught.value.length, caught.value.limit) == (11, 10)


@pytest.mark.parametrize("text", ["Wort", "😀", "?", "12,5", "👩‍👩‍👧", "e\u0301"])
def test_a_single_word_is_an_article(text: str) -> None:
    assert blocks(read_text(text)) == [("paragraph", text)]


WORDS = "Wort der Ein Satz. 3. Mai - 1. Foto: dpa 11.30 Uhr 😀 e\u0301 \u00ad \ufeff | „ “ , +++"
FRAGMENTS = st.sampled_from([*WORDS.split(), " ", "\t", "\xa0", "\n", "\r\n", "\r", "\u2028", "\x85"])


def prints(character: str) -> bool:
    return (
        unicodedata.category(character) not in ("Cc", "Zs", "Zl", "Zp")
        and character not in "\u200b\u200e\u200f\u2060\ufeff"
    )


@given(st.one_of(st.lists(FRAGMENTS).map("".join), st.text()))
def test_blocks_cover_everything_that_prints(text: str) -> None:
    try:
        article = read_text(text)
    except (EmptyArticle, InvalidCharacter):
        return
    assert article.text == text
    position = 0
    for block in article.blocks:
        assert position <= block.start < block.end <= len(text)
        assert not any(map(prints, text[position : block.start]))
        assert prints(text[block.start]) and prints(text[block.end - 1])
        position = block.end
    assert not any(map(prints, text[position:]))


@pytest.mark.parametrize(
    "unit", ["Das ist ein Satz. ", "Das ist ein Satz.\n", "und\n", "a\tb\n", ".", " \n", "1. a\n", "+"]
)
def test_large_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + "Ende."
        return best_seconds(lambda: read_text(text))

    assert seconds(100_000) < 40 * seconds(10_000) + 0.1
