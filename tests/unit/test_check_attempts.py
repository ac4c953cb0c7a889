"""What is tried again, and which attempt is kept."""

from __future__ import annotations

import pytest

from service.alignment.model import MentionPair, SentencePair
from service.alignment.stand_ins import words_of
from service.checks.attempts import Attempt, Plan, account_of, attempt, better, loose_names, other_plan
from service.checks.gate import run_checks
from service.entities.model import Entity
from service.segmentation.model import Sentence

GERMAN = "Nach Angaben der Polizei wurden am Freitag in Köln 23 Menschen verletzt."
ENGLISH = "According to police, 23 people were injured in Cologne on Friday."
SENTENCE = Sentence(GERMAN, 0, len(GERMAN), 0)
COLOGNE = Entity("e1", "LOC", "Köln", "Cologne", ("Köln",), ())


def made(english: str, way: str = "first decode", how: str = "canonical") -> Attempt:
    start = GERMAN.index("Köln")
    at = english.find("Cologne")
    mention = MentionPair("e1", (start, start + 4), (at, at + 7) if at >= 0 else None, how if at >= 0 else "none")
    pair = SentencePair(SENTENCE, english, (mention,), stretches=1 if way == "first decode" else 3)
    plan = Plan(way, 0, SENTENCE)
    return attempt(plan, pair, run_checks(pair, [COLOGNE]), {"e1": COLOGNE})


def test_a_sentence_that_passes_is_left_alone():
    first = made(ENGLISH)
    assert first.verdict == "pass" and first.loose == ()
    assert other_plan(first, {"e1": COLOGNE}, words_of([COLOGNE])) is None


def test_a_lost_number_is_tried_clause_by_clause():
    plan = other_plan(made(ENGLISH.replace("23", "32")), {"e1": COLOGNE}, words_of([COLOGNE]))
    assert plan is not None and plan.way == "clause by clause" and plan.german == GERMAN


def test_a_lost_name_is_held_fixed():
    plan = other_plan(made(ENGLISH.replace("Cologne", "the city")), {"e1": COLOGNE}, words_of([COLOGNE]))
    assert plan is not None and plan.way == "names held fixed" and "Köln" not in plan.german


def test_the_attempt_that_passes_is_kept():
    first, second = made(ENGLISH.replace("23", "32")), made(ENGLISH, "clause by clause")
    assert better([first, second]) is second


def test_review_is_better_than_blocked_and_fewer_faults_than_more():
    blocked, doubtful = made(ENGLISH.replace("23", "32")), made(ENGLISH.replace(" on Friday", ""))
    worse = made("According to police, 23 people were injured in Cologne near Springfield.")
    assert better([blocked, worse, doubtful]) is doubtful
    assert better([blocked, worse]) is worse


def test_among_equals_the_first_decode_stays():
    first, second = made(ENGLISH), made(ENGLISH.replace("injured", "hurt"), "clause by clause")
    assert better([first, second]) is first


def test_of_two_that_pass_the_one_with_its_names_in_place_is_kept():
    club = Entity("e2", "ORG", "Europäische Patentorganisation", "European Patent Organisation", (), ())
    german = "Die Europäische Patentorganisation zögert."
    sentence = Sentence(german, 0, len(german), 0)

    def said(english: str, how: str) -> Attempt:
        name = english.removeprefix("The ").removesuffix(" hesitates.")
        mention = MentionPair("e2", (4, 34), (4, 4 + len(name)), how)
        return attempt(Plan("first decode", 0, sentence), SentencePair(sentence, english, (mention,)), (), known)

    known = {"e2": club}
    first = said("The European patents department hesitates.", "attention")
    second = said("The European Patent Organisation hesitates.", "canonical")
    assert len(first.loose) == 1 and not second.loose
    assert better([first, second]) is second


def test_the_account_says_what_was_tried_and_kept():
    first, second = made(ENGLISH.replace("23", "32")), made(ENGLISH, "clause by clause")
    kept, account = account_of(first, [second], other_plan(first, {"e1": COLOGNE}, words_of([COLOGNE])))
    assert account.tried == ("first decode", "clause by clause") and account.kept == "clause by clause"
    assert kept.pair.english == ENGLISH and kept.pair.stretches == 1, "cutting it was our choice, not the model's limit"


def test_an_unlisted_institution_may_be_called_what_the_translation_calls_it():
    club = Entity("e1", "ORG", "Ruderclub Kettwig", "Ruderclub Kettwig", (), ())
    german = "Der Ruderclub Kettwig gewann."
    mention = MentionPair("e1", (4, 21), (4, 23), "attention")
    pair = SentencePair(Sentence(german, 0, len(german), 0), "The Kettwig rowing club won.", (mention,))
    assert loose_names(pair, (), {"e1": club}) == ()


def test_no_attempt_is_no_choice():
    with pytest.raises(ValueError):
        better([])
