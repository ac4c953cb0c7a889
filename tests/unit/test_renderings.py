"""Words looked up: which ones, what the model reads instead, and where its links lead."""

from __future__ import annotations

from collections import Counter

import numpy
import pytest
import sentencepiece

from service.alignment.projection import project
from service.checks.attempts import Plan, attempt, first_plans, other_plan
from service.checks.counterparts import marked, suspects
from service.checks.gate import run_checks
from service.checks.renderings import LookedUp, look_up, rare_words, rendering_of
from service.places import MODELS
from service.segmentation.model import Sentence
from service.translation.model import Link, Translation
from training.mt.dictionary_words import append, candidates, chance, exchange
from training.mt.encode import flat
from training.words.aligned import Pair, Words, worded, words_of
from training.words.renderings import as_written, compiled, wording

GERMAN = "Häufig hatten sie keine Pause."
SENTENCE = Sentence(GERMAN, 0, len(GERMAN), 0)


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("häufig", "often"),
        ("Häufig", "often"),  # it begins the sentence
        ("Überschneidung", "overlap"),
        ("Wetterbericht", "weather report"),
        ("xqzrtl", None),
    ],
)
def test_a_word_has_a_rendering_or_none(word, english):
    assert rendering_of(word) == english


def test_a_form_that_was_not_seen_has_that_of_its_stem():
    assert rendering_of("Verspätungen") == "delays"
    assert rendering_of("fehlgeschlagenes") == "failed"


def test_names_and_words_that_stay_are_not_looked_up():
    sentence = "Die Pause in Paris dauerte häufig an."
    everything = [(4, 9), (13, 18), (27, 33)]
    assert look_up(sentence, everything, names=[(13, 18)]) == (
        LookedUp(4, 9, "break", "Pause"),
        LookedUp(27, 33, "often", "häufig"),
    )
    assert look_up("Der Computer lief.", [(4, 12)], names=[]) == (LookedUp(4, 12, "computer", "Computer"),)
    assert look_up("das internet lief.", [(4, 12)], names=[]) == ()


def test_a_word_with_soft_hyphens_is_looked_up_as_it_is_meant():
    assert look_up("Das ist häu\u00adfig so.", [(8, 15)], names=[]) == (LookedUp(8, 15, "often", "häufig"),)


def test_the_model_reads_the_words_in_english_and_its_links_lead_to_the_german():
    words = look_up(GERMAN, [(0, 6), (24, 29)], names=[])
    plan = Plan("words looked up", 0, SENTENCE, words)
    assert plan.german == "often hatten sie keine break."
    found = Translation(
        plan.german,
        "Often they had no break.",
        (
            Link(0, 5, 0, 5, 0.9),
            Link(13, 16, 6, 10, 0.8),
            Link(23, 28, 18, 23, 0.7),
            Link(28, 29, 23, 24, 0.9),
        ),
        -0.1,
        confidence=0.8,
    )
    (translation,) = plan.translations(found)
    assert translation.source == GERMAN and translation.target == found.target
    assert [GERMAN[link.source_start : link.source_end] for link in translation.links] == [
        "Häufig",
        "sie",
        "Pause",
        ".",
    ]


def test_what_is_left_out_or_doubtful_is_looked_up():
    english = "They had no glimb."
    links = (Link(7, 13, 5, 8, 0.9), Link(24, 29, 12, 17, 0.9))
    looked_at = marked(Translation(GERMAN, english, links, -0.5, confidence=0.5, doubts=((5, 8),)))
    assert [GERMAN[slice(*place)] for place in suspects(looked_at)] == ["Häufig", "Pause"]  # "hatten" says little
    pair = project(SENTENCE, looked_at, [])
    first = attempt(Plan("first decode", 0, SENTENCE), pair, run_checks(pair, {}), {}, suspects(looked_at))
    plan = other_plan(first, {}, frozenset())
    assert plan is not None and plan.way == "words looked up" and plan.manner == "wide"
    assert plan.german.startswith("often ") and plan.german.endswith(" break.")


def test_rare_words_are_looked_up_before_they_get_lost():
    sentence = "Die Abdankung kam mit drastischen Worten."
    (plan,) = first_plans([Sentence(sentence, 0, len(sentence), 0)], is_measured=True)
    assert plan.way == "first decode" and plan.german == "Die abdication kam mit drastic Worten."
    (plan,) = first_plans([Sentence(sentence, 0, len(sentence), 0)], is_measured=False)
    assert plan.german == sentence


def test_a_rare_word_with_soft_hyphens_is_found_as_it_is_meant():
    assert rare_words("Die Ab\u00addan\u00adkung kam.") == (LookedUp(4, 15, "abdication", "Abdankung"),)


def test_what_may_be_a_name_is_not_looked_up_unasked():
    assert rare_words("Das sagte Präsident Abdankung.") == ()
    assert rare_words("Die Abdankungs-Rede und die Abdankung-Rede.") == ()


def test_rare_words_stay_looked_up_when_others_are():
    sentence = "Die Abdankung kam häufig."
    first_plan = Plan("first decode", 0, Sentence(sentence, 0, len(sentence), 0), rare_words(sentence))
    looked_at = marked(Translation(sentence, "The abdication came.", (), -0.5, confidence=0.5))
    pair = project(first_plan.sentence, looked_at, [])
    first = attempt(first_plan, pair, run_checks(pair, {}), {}, suspects(looked_at))
    plan = other_plan(first, {}, frozenset())
    assert plan is not None and plan.german == "Die abdication kam often."


def test_nothing_is_suspected_in_what_was_not_measured():
    looked_at = marked(Translation(GERMAN, "They had no glimb.", (Link(24, 29, 12, 17, 0.9),), -0.5))
    assert suspects(looked_at) == ()


def test_a_wording_is_what_stands_together_without_the_little_words():
    words = ["the", "weather", "report", "of", "today"]
    assert wording(words, [0, 1, 2, 3]) == "weather report"
    assert wording(words, [1, 4]) == wording(words, [0]) == wording(words, []) == ""


def test_a_rendering_is_the_wording_that_a_word_mostly_has():
    found = {
        "Haus": Counter({"house": 18, "home": 2}),
        "Hauses": Counter({"House": 3}),
        "Häuser": Counter({"houses": 14}),
        "selten": Counter({"rare": 1}),
        "machen": Counter({one: 2 for one in ("make", "do", "take", "give")}),
    }
    entries = dict(compiled(as_written(found)))
    assert entries == {"*Haus": "house", "Häuser": "houses", "!Hauses": "house"}  # seen three times


def test_pieces_are_put_together_to_words():
    assert words_of(["▁Ha", "us", ".", "▁20", "▁gr", "oß"]) == Words(["Haus", ".", "20", "groß"], [0, 0, 1, 2, 3, 3])


def test_a_german_word_is_worded_by_all_that_is_aligned_to_it():
    german, english = words_of(["▁Wetter", "bericht", "▁gut"]), words_of(["▁weather", "▁report", "▁is", "▁good"])
    pair = Pair("pud", german, english, [1, 2, 3], [4, 5, 6, 7], [0, 1, -1, 2])
    assert pair.english_of() == [[0, 1], [3]]


def test_a_separable_verb_is_one_word_once_it_was_seen_as_one():
    apart = Pair(
        "pud",
        words_of(["▁Sie", "▁traf", "▁ein", "."]),
        words_of(["▁She", "▁did", "▁arrive", "."]),
        [1, 2, 3, 4],
        [1, 2, 3, 4],
        [0, 2, 1, 3],
    )
    together = Pair("pud", words_of(["▁eintraf"]), words_of(["▁arrived"]), [1], [1], [0])
    (_, words), *_ = worded([apart, *[together] * 5])
    assert words == [("Sie", [0]), ("eintraf", [1, 2]), (".", [3])]
    (_, words), *_ = worded([apart, *[together] * 4])
    assert [word for word, _ in words] == ["Sie", "traf", "ein", "."]


MODEL = sentencepiece.SentencePieceProcessor(model_file=str(MODELS / "marian-de-en" / "source.spm"))


def encoded(german: str, english: str, places: list[int]) -> Pair:
    source, target = MODEL.encode(german), MODEL.encode(english)
    sides = [words_of([MODEL.id_to_piece(number) for number in ids]) for ids in (source, target)]
    assert len(target) == len(places)
    return Pair("pud", *sides, source, target, places)


def test_the_model_learns_to_take_over_what_is_english_already():
    german, english = MODEL.encode("Die Pause war kurz."), MODEL.encode("The break was short.")
    assert len(german) == len(english) == 5
    pair = encoded("Die Pause war kurz.", "The break was short.", [0, 1, 2, 3, 4])
    assert candidates(pair) == {1: "break"}  # "kurz" is worded in many ways
    source, target, alignment = exchange(pair, {1: "weather report"}, MODEL)
    assert MODEL.decode(source) == "Die weather report war kurz."
    assert MODEL.decode(target) == "The break was short."
    assert [MODEL.id_to_piece(source[place]) for place in alignment] == ["▁Die", "▁weather", "▁war", "▁kurz", "."]


def test_the_particle_of_a_separable_verb_goes_with_it():
    pair = encoded("Sie traf in Rom ein.", "She arrived in Rome.", [0, 1, 2, 3, 5])
    assert candidates(pair) == {1: "arrived"}
    source, _, alignment = exchange(pair, {1: "arrived"}, MODEL)
    assert MODEL.decode(source) == "Sie arrived in Rom."
    assert [MODEL.id_to_piece(source[place]) for place in alignment] == ["▁Sie", "▁arrived", "▁in", "▁Rom", "."]


def test_rare_words_are_exchanged_more_often():
    assert chance(1) > chance(100) > chance(10_000) > 0


def test_exchanged_pairs_come_behind_the_others_and_again_instead_of_those_before(tmp_path):
    path = tmp_path / "encoded.npz"
    source, source_offsets = flat([[5, 6], [7]], numpy.int16)
    target, target_offsets = flat([[8], [9, 10]], numpy.int16)
    numpy.savez(
        path, source=source, source_offsets=source_offsets, target=target, target_offsets=target_offsets,
        alignment=numpy.array([0, 0, -1], numpy.int8), corpus=numpy.array([0, 0], numpy.int8),
        names=numpy.array(["pud"]), vocabulary=numpy.int32(12),
    )  # fmt: skip
    for made in ([([1, 2, 3], [4], [2]), ([1], [2], [0])], [([1, 2, 3], [4], [2])]):
        append(path, made)
    stored = numpy.load(path)
    assert stored["source"].tolist() == [5, 6, 7, 1, 2, 3] and stored["source_offsets"].tolist() == [0, 2, 3, 6]
    assert stored["alignment"].tolist() == [0, 0, -1, 2] and stored["corpus"].tolist() == [0, 0, 1]
    assert stored["names"].tolist() == ["pud", "dictionary-words"]
