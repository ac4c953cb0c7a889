"""What a dictionary says about a translation: words that nothing stands for, and words that are left out."""

from __future__ import annotations

import time

import pytest

from service.alignment.model import Change, MentionPair, SentencePair
from service.alignment.projection import project
from service.checks.attempts import Attempt, Plan, Way, account_of, attempt, other_plan
from service.checks.content import ContentCheck
from service.checks.counterparts import english_stem, german_stem, marked, marked_again, omitted, readings, unexplained
from service.checks.gate import run_checks
from service.entities.model import Entity, Mention
from service.segmentation.model import Sentence
from service.translation.model import Link, Translation
from training.words.counterparts import Counter, compiled

VISIT = "Der Minister hat dem Land einen Besuch abgestattet."


def strange(german: str, english: str, links: tuple[Link, ...] = ()) -> list[str]:
    return [english[slice(*span)] for span in unexplained(german, english, links)]


def missing(german: str, english: str) -> list[str]:
    return [german[slice(*span)] for span in omitted(german, english)]


@pytest.mark.parametrize(
    ("german", "english", "words"),
    [
        (VISIT, "The minister has allowed the country to visit.", ["allowed"]),
        (VISIT, "The minister has made a visit to the country.", []),
        ("Ein Zeuge hörte Geräusche.", "A witness heard smells.", ["smells"]),
        ("Ein Zeuge hörte Geräusche.", "A witness heard noises.", []),
        ("Der Jahrestag wurde gefeiert.", "The annual conference was celebrated.", ["annual", "conference"]),
        ("Der Jahrestag wurde gefeiert.", "The anniversary was celebrated.", []),
        ("Die Panik war groß.", "The panic was great.", []),
        ("Das Land füllt seine Artilleriesysteme auf.", "The country fills its artillery systems.", []),
        ("Die Regierung sagte nichts.", "The government didn't say anything.", []),
        ("Er sagte das der Regierung.", "He said this, the government’s consensus.", ["consensus"]),
    ],
)
def test_english_words_that_nothing_in_the_german_stands_for(german, english, words):
    assert strange(german, english) == words


@pytest.mark.parametrize(
    ("german", "english", "words"),
    [
        ("Häufig hatten sie keine Pause.", "They had no break.", ["Häufig"]),
        ("Häufig hatten sie keine Pause.", "Often they had no break.", []),
        ("Die Gäste hatten der Parade beigewohnt.", "The guests had been the parade.", ["beigewohnt"]),
        ("Die Gäste hatten der Parade beigewohnt.", "The guests had attended the parade.", []),
        ("Die Panik war groß.", "The panic was great.", []),
        ("Xqzrtgl und Wbrtzk schwiegen.", "They were silent.", []),
    ],
)
def test_german_words_that_the_english_leaves_out(german, english, words):
    assert missing(german, english) == words


def test_what_stands_for_an_unknown_word_is_not_judged():
    german, english = "Der Xqzrtgl wurde gefeiert.", "The harvest was celebrated."
    looked_at = (Link(4, 11, english.index("harvest"), english.index("harvest") + 7, 0.9),)
    assert strange(german, english) == ["harvest"]
    assert strange(german, english, looked_at) == []


def test_soft_hyphens_change_nothing_but_the_places():
    german = "Häu\xadfig hat\xadten sie kei\xadne Pau\xadse."
    assert missing(german, "They had no break.") == ["Häu\xadfig"]
    assert missing(german, "Often they had no break.") == []


def test_a_capital_makes_a_name_of_no_everyday_word():
    german = "Das sagte sein Amtskollege No Kwang Chol."
    assert strange(german, "So said his Ombudsman No Kwang Chol.") == ["Ombudsman"]
    assert strange(german, "So said his counterpart No Kwang Chol.") == []
    assert strange(german, "So said Smirnow, his counterpart, to the UNHCR.") == []


def test_words_of_a_compound_are_asked_where_it_is_rare():
    assert readings("Artilleriesysteme") == (german_stem("Artillerie"), german_stem("Systeme"))
    assert readings("Xqzrtgl") == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [("abgestattet", "abstatten"), ("aufzufüllen", "auffüllen"), ("Ländern", "Länder"), ("großes", "große")],
)
def test_inflections_of_a_german_word_share_a_stem(left, right):
    assert german_stem(left) == german_stem(right)


@pytest.mark.parametrize(("left", "right"), [("studies", "studied"), ("stopped", "stop"), ("agreed", "agree")])
def test_inflections_of_an_english_word_share_a_stem(left, right):
    assert english_stem(left) == english_stem(right)


def test_marks_keep_their_places_and_leave_names_alone():
    german, english = "Häufig traf Beloussow Putin.", "Belussow visited Putin."
    entities = [
        Entity("e1", "PER", "Beloussow", "Belousov", (), (Mention("Beloussow", 12, 21, "PER"),)),
        Entity("e2", "PER", "Putin", "Putin", (), (Mention("Putin", 22, 27, "PER"),)),
    ]
    links = (Link(12, 21, 0, 8, 0.9), Link(7, 11, 9, 16, 0.9), Link(22, 27, 17, 22, 0.9))
    translation = marked(Translation(german, english, links, -0.5, confidence=0.5))
    pair = project(Sentence(german, 0, len(german), 0), translation, entities)
    assert pair.english == "Belousov visited Putin."
    assert [pair.english[slice(*span)] for span in pair.doubts] == ["visited"]
    assert [german[slice(*span)] for span in pair.omissions] == ["Häufig", "traf"]
    assert [(found.verdict, found.detail) for found in ContentCheck().check(pair, {})] == [
        ("review", "“visited”: nothing in the German says so"),
        ("review", "“Häufig”, “traf”: not found in the English"),
    ]


def test_a_counterpart_is_what_was_seen_often_enough():
    counts = Counter({("haus", "hous"): 400, ("haus", "noise"): 1, ("haus", "hom"): 20, ("selt", "rar"): 2})
    assert list(compiled(counts)) == ["+haus hom hous\n"]


def test_the_wording_of_a_model_that_was_not_measured_is_not_judged():
    german = "Häufig hatten sie keine Pause."
    translation = marked(Translation(german, "They had no break.", (), -0.5))
    pair = project(Sentence(german, 0, len(german), 0), translation, [])
    assert pair.doubts == pair.omissions == ()
    assert [found.verdict for found in ContentCheck().check(pair, {})] == ["pass"]


def test_a_word_that_a_repaired_name_swallowed_is_missing():
    german = "Wladimir Putin empfing am Freitag den Minister."
    sentence = Sentence(german, 0, len(german), 0)
    english = "Vladimir Putin on Friday the minister."
    changes = (Change("e1", "Wladimir received Putin", "Vladimir Putin", 0, 14),)
    mentions = (MentionPair("e1", (0, 14), (0, 14), "repaired"),)
    pair = marked_again(SentencePair(sentence, english, mentions, changes, confidence=0.5))
    assert [german[slice(*word)] for word in pair.omissions] == ["empfing"]
    unmeasured = SentencePair(sentence, english, mentions, changes)
    assert marked_again(unmeasured) == unmeasured


def test_what_lacks_a_counterpart_is_tried_again_and_the_fuller_attempt_kept():
    german = "Häufig hatten sie keine Pause."
    first, second = (
        made("first decode", german, "They had no break."),
        made("clause by clause", german, "Often they had no break."),
    )
    plan = other_plan(first, {}, frozenset())
    assert plan is not None and plan.way == "clause by clause"
    kept, account = account_of(first, [second], plan)
    assert kept.pair.english == "Often they had no break." and account.kept == "clause by clause"
    assert second.is_faultless


def made(way: Way, german: str, english: str) -> Attempt:
    sentence = Sentence(german, 0, len(german), 0)
    pair = project(sentence, marked(Translation(german, english, (), -0.5, confidence=0.5)), [])
    return attempt(Plan(way, 0, sentence), pair, run_checks(pair, {}), {})


def test_of_two_translations_with_a_strange_word_the_one_that_covers_more_is_kept():
    german = "Er hat dem Land einen Besuch abgestattet, um die Zusammenarbeit zu besprechen."
    first = made("first decode", german, "He has allowed the country to visit the cooperation.")
    second = made("clause by clause", german, "He has left the country a visit to discuss cooperation.")
    assert first.pair.uncovered > second.pair.uncovered
    kept, _ = account_of(first, [second], second.plan)
    assert kept is not first and "discuss" in kept.pair.english


def test_a_word_without_end_takes_no_time_and_is_not_judged():
    german, english = "Ö" + "ö" * 200_000 + " schwieg häufig.", "The " + "o" * 200_000 + " was silent."
    started = time.process_time()
    assert strange(german, english) == []
    assert missing(german, english) == ["häufig"]
    assert time.process_time() - started < 1.0


def test_a_sentence_without_end_is_not_judged():
    german = "Häufig schwiegen sie, " * 300 + "und dann nicht mehr."
    translation = Translation(german, "They were silent.", (), -0.5, confidence=0.5)
    assert marked(translation) is translation
