"""Slots: never over the limit in either language, never cut inside a word, a number or a quotation."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from service.entities.model import Entity
from service.summarization.graphemes import graphemes
from service.summarization.shortening import OMISSION, shorten
from service.summarization.slots import LIMITS, SlotSentence, SlotText, UnknownSlot, fill_slots, slot_names

# Pieces that must stay whole, among words that may be parted.
GERMAN_WHOLE = [
    "„alles Mögliche zu tun“",
    "„niemals“",
    "3,2 Milliarden Euro",
    "zwei Millionen",
    "am 1. Februar",
    "(seit 2024)",
]
GERMAN_WORDS = [
    "Die",
    "Regierung",
    "Zoë",
    "👩‍👩‍👧",
    "bestätigte,",
    "dass",
    "nicht",
    "werde",
    "sagte",
    "–",
    "Donaudampfschifffahrt",
]
ENGLISH_WHOLE = [
    "“everything possible to do”",
    "“never”",
    "3.2 billion euros",
    "two million",
    "on 1 February",
    "(since 2024)",
]
ENGLISH_WORDS = [
    "The",
    "government",
    "Zoë",
    "👩‍👩‍👧",
    "confirmed,",
    "that",
    "not",
    "would",
    "said",
    "–",
    "incomprehensibilities",
]
RANKS = st.floats(0, 1)
PAIRS = st.lists(
    st.builds(
        SlotSentence,
        st.lists(st.sampled_from(GERMAN_WORDS + GERMAN_WHOLE), min_size=1, max_size=40).map(
            lambda words: " ".join(words) + "."
        ),
        st.lists(st.sampled_from(ENGLISH_WORDS + ENGLISH_WHOLE), min_size=1, max_size=40).map(
            lambda words: " ".join(words) + "."
        ),
        RANKS,
    ),
    max_size=4,
)


@given(PAIRS)
def test_no_text_is_longer_than_its_slot(sentences: list[SlotSentence]) -> None:
    for slot in fill_slots(LIMITS, sentences):
        for text in (slot.de, slot.en):
            assert len(regex.findall(r"\X", text)) <= LIMITS[slot.name]


@given(PAIRS)
def test_texts_are_whole_sentences_or_one_beginning_that_ends_between_words(sentences: list[SlotSentence]) -> None:
    for slot in fill_slots(LIMITS, sentences):
        for text, originals in ((slot.de, [s.de for s in sentences]), (slot.en, [s.en for s in sentences])):
            chosen = " ".join(originals[index] for index in slot.sentences)
            if not text.endswith(OMISSION):
                assert text == chosen
                continue
            assert slot.shortened
            beginning = text.removesuffix(OMISSION)
            assert chosen.startswith(beginning)
            assert re.match(r"[\s,;:–—-]", chosen[len(beginning) :])
            for piece in GERMAN_WHOLE + ENGLISH_WHOLE:
                for place in re.finditer(re.escape(piece), chosen):
                    assert not place.start() < len(beginning) < place.end()


@given(PAIRS)
def test_both_languages_tell_the_same_sentences_or_nothing(sentences: list[SlotSentence]) -> None:
    for slot in fill_slots(LIMITS, sentences):
        assert bool(slot.de) == bool(slot.en) == bool(slot.sentences) == (slot.reason is None)
        assert list(slot.sentences) == sorted(slot.sentences)


@given(st.text())
def test_graphemes_are_never_undercounted(text: str) -> None:
    assert graphemes(text) >= len(regex.findall(r"\X", text))


@pytest.mark.parametrize(("text", "count"), [("Zoë", 3), ("Zoe\u0308", 3), ("👍🏽", 1), ("❤️", 1), ("", 0), ("Ja.", 3)])
def test_what_readers_count_as_one_character(text: str, count: int) -> None:
    assert graphemes(text) == count


def test_whole_sentences_by_rank_in_the_order_of_the_article() -> None:
    sentences = [
        SlotSentence(
            "Kim Jong-un hat Putin Unterstützung zugesichert.", "Kim Jong Un has promised Putin support.", 0.7
        ),
        SlotSentence("Putin lud Kim nach Russland ein.", "Putin invited Kim to Russia.", 0.4),
        SlotSentence("Beide umarmten sich.", "The two embraced.", 0.9),
    ]
    push = fill_slots(["push"], sentences)[0]
    assert push.de == (
        "Kim Jong-un hat Putin Unterstützung zugesichert. Putin lud Kim nach Russland ein. Beide umarmten sich."
    )
    assert push.en == "Kim Jong Un has promised Putin support. Putin invited Kim to Russia. The two embraced."


def test_a_sentence_that_leans_comes_only_with_the_one_before() -> None:
    sentences = [
        SlotSentence("Anna Berg besuchte das Werk. " + "Sehr lang " * 15 + ".", "Anna Berg visited the plant.", 0.2),
        SlotSentence("Sie versprach Hilfe.", "She promised help.", 0.9),
    ]
    assert fill_slots(["push"], sentences)[0].sentences != (1,)
    assert fill_slots(["teaser"], sentences)[0].sentences == (0, 1)


def test_a_surname_gets_its_full_name_where_the_slot_speaks_of_somebody_first() -> None:
    berg = Entity("e1", "PER", "Anna Berg", "Anna Berg", ("Anna Berg", "Berg"), ())
    first = "Bergs Plan ist gescheitert, sagte Berg."
    english = "Berg's plan has failed, said Berg."
    sentence = SlotSentence(
        first,
        english,
        0.5,
        slot_names(berg, first, [(0, 5), (34, 38)], "de"),
        slot_names(berg, english, [(0, 6), (29, 33)], "en"),
    )
    push = fill_slots(["push"], [sentence])[0]
    assert push.de == "[Anna Bergs] Plan ist gescheitert, sagte Berg."
    assert push.en == "[Anna Berg's] plan has failed, said Berg."


@pytest.mark.parametrize(
    ("text", "limit", "shortened"),
    [
        (
            "Der russische Verteidigungsminister Andrei Beloussow hat Nordkorea einen Besuch abgestattet, um die "
            "weitere Zusammenarbeit zwischen den beiden Ländern zu besprechen.",
            120,
            "Der russische Verteidigungsminister Andrei Beloussow hat Nordkorea einen Besuch abgestattet …",
        ),
        # What was said would be lost.
        ("Die Ministerin sagte am Freitag, dass die Regierung den Plan im Herbst vorlegen will.", 40, None),
        # The denial would be lost.
        ("Die Partei stellte den Plan vor, der Kanzler unterstützt ihn nicht.", 40, None),
        # The source would be lost.
        ("Die Rakete wurde in der Nacht gestartet, teilte das Ministerium in Seoul mit.", 50, None),
        # The doubt would be lost.
        ("Der Mann floh über die Grenze nach Polen, mutmaßlich in einem Lastwagen.", 50, None),
    ],
)
def test_only_what_leaves_the_meaning_is_cut(text: str, limit: int, shortened: str | None) -> None:
    assert shorten(text, limit, "de", "clause") == shortened


def test_names_are_not_cut() -> None:
    text = "Die Delegation traf in der Hauptstadt den Machthaber Kim Jong-un und reiste weiter nach Wladiwostok."
    name = (text.index("Kim"), text.index("Kim") + len("Kim Jong-un"))
    assert shorten(text, 60, "de", "word") == "Die Delegation traf in der Hauptstadt den Machthaber Kim …"
    assert shorten(text, 60, "de", "word", [name]) == "Die Delegation traf in der Hauptstadt den Machthaber …"


def test_each_language_is_cut_where_it_can_be() -> None:
    push = _only_push(
        "Eine russische Militärdelegation ist am Freitag in Pjöngjang eingetroffen, um über die Zusammenarbeit beider "
        "Länder zu sprechen.",
        "A Russian military delegation arrived in Pyongyang on Friday, to talk about cooperation.",
    )
    assert push.de == "Eine russische Militärdelegation ist am Freitag in Pjöngjang eingetroffen …"
    assert push.en == "A Russian military delegation arrived in Pyongyang on Friday, to talk about cooperation."
    assert push.shortened


def test_nothing_true_fits() -> None:
    quotation = "„" + "Wir werden niemals aufgeben und immer weiter kämpfen " * 3 + "“, sagte Kim."
    slot = _only_push(quotation, "“" + "We shall never give up " * 8 + "”, said Kim.")
    assert (slot.de, slot.en, slot.sentences) == ("", "", ())
    assert slot.reason


def test_no_sentence_at_all() -> None:
    assert fill_slots(["teaser"], [])[0].reason


def test_unknown_slots_are_named() -> None:
    with pytest.raises(UnknownSlot) as error:
        fill_slots(["push", "poster"], [])
    assert error.value.name == "poster"


def test_slots_come_in_the_asked_order_once() -> None:
    assert [slot.name for slot in fill_slots(["seo", "push", "seo"], [])] == ["seo", "push"]


def test_limits_grow_from_push_to_newsletter() -> None:
    assert list(LIMITS.values()) == [120, 155, 300, 600]
    assert all(small < large for small, large in pairwise(LIMITS.values()))


def _only_push(german: str, english: str) -> SlotText:
    return fill_slots(["push"], [SlotSentence(german, english, 1.0)])[0]
