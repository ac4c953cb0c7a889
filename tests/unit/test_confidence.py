"""What the model itself doubts: sentences by rank among other news, words by their own probability."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.alignment.projection import project
from service.checks.attempts import Plan, account_of, attempt, other_plan
from service.checks.confidence import ConfidenceCheck
from service.checks.gate import run_checks
from service.entities.model import Entity, Mention
from service.segmentation.model import Sentence
from service.translation.confidence import Confidence, confidence_in
from service.translation.loading import load_engine
from service.translation.model import Link, Translation
from tests.unit.check_sample import pair
from tests.unit.translation_sample import LINES, write_random_model

BUNDLED = Path(__file__).parents[2] / "models" / "marian-de-en"
KNOWN = Confidence({"plain": (-2.0, -1.0, 0.0), "wide": (-1.0, -0.5, 0.0)}, word=-1.5)
GERMAN = "Der Chor sang am Abend im Freien."
ENGLISH = "The choir sang outdoors in the evening."


@pytest.mark.parametrize(
    ("score", "manner", "share"), [(-3.0, "plain", 0.0), (-1.5, "plain", 0.25), (-0.5, "wide", 0.5), (0.0, "wide", 1.0)]
)
def test_a_score_is_a_rank_among_others_of_its_manner(score, manner, share):
    assert KNOWN.of(score, manner) == pytest.approx(share)


def test_a_word_is_as_doubtful_as_its_least_likely_piece():
    english = "He sang wonderfully, didn't he?"
    pieces = [(0, 2, -0.1), (3, 7, -1.6), (8, 14, -0.2), (14, 19, -2.0), (21, 27, -3.0), (28, 31, None)]
    links = tuple(Link(0, 2, start, end, 0.9, log_prob) for start, end, log_prob in pieces)
    doubts = KNOWN.doubts(Translation("Er …", english, links, -1.0))
    assert doubts is not None
    assert [english[slice(*doubt)] for doubt in doubts] == ["sang", "wonderfully", "didn't"]


def test_nothing_is_said_of_words_whose_probability_is_not_known():
    assert KNOWN.doubts(Translation("Er sang.", "He sang.", (Link(0, 2, 0, 2, 0.9),), -1.0)) is None


def test_a_model_that_was_not_measured_has_no_confidence(tmp_path):
    folder = write_random_model(tmp_path)
    assert confidence_in(folder) is None
    assert all(one.confidence is None and one.doubts is None for one in load_engine(folder).translate(LINES))


def test_the_bundled_model_doubts_what_no_model_could_know():
    engine = load_engine(BUNDLED)
    plain, odd = engine.translate(["Die Polizei sucht Zeugen.", "Der Schlonz bragelte die Fimmelkluft ins Gnurz."])
    assert odd.confidence < 0.2 < plain.confidence
    assert odd.doubts and not plain.doubts


def test_probabilities_are_those_that_the_score_is_the_mean_of():
    (translation,) = load_engine(BUNDLED).translate(["Die Polizei sucht Zeugen."])
    known = [link.log_prob for link in translation.links]
    assert all(value is not None and value <= 0 for value in known)
    assert sum(known) / (len(known) + 1) >= translation.score - 0.5  # the end of the sentence counts in the score


def test_what_the_model_is_unsure_of_is_reviewed():
    (finding,) = ConfidenceCheck().check(pair(GERMAN, ENGLISH, confidence=0.07), {})
    assert finding.verdict == "review" and "93%" in (finding.detail or "")


@pytest.mark.parametrize("confidence", [None, 0.2, 0.9])
def test_what_it_is_sure_of_or_was_not_asked_about_passes(confidence):
    assert [f.verdict for f in ConfidenceCheck().check(pair(GERMAN, ENGLISH, confidence), {})] == ["pass"]


def made(confidence: float, way: str = "first decode", english: str = ENGLISH):
    sentence = pair(GERMAN, english, confidence)
    return attempt(Plan(way, 0, sentence.source), sentence, run_checks(sentence, {}), {})


def test_its_own_doubt_alone_is_tried_along_several_paths():
    plan = other_plan(made(0.1), {}, frozenset())
    assert plan is not None and plan.way == "several paths" and plan.manner == "wide"


def test_any_other_doubt_goes_clause_by_clause():
    plan = other_plan(made(0.1, english="The choir did not sing outdoors in the evening."), {}, frozenset())
    assert plan is not None and plan.way == "clause by clause" and plan.manner == "careful"


def test_of_two_doubtful_translations_the_wider_search_is_kept():
    first, second = made(0.15), made(0.1, "several paths")
    kept, account = account_of(first, [second], second.plan)
    assert kept.pair.confidence == 0.1 and account.kept == "several paths"


def test_doubts_keep_their_places_where_a_name_is_put_right():
    german, english = "Beloussow sprach in Moskau leise.", "Beloussow whispered in Moskau quietly."
    links = tuple(
        Link(*place, english.index(word), english.index(word) + len(word), 0.9)
        for word, place in {"Beloussow": (0, 9), "whispered": (10, 16), "Moskau": (20, 26), "quietly": (27, 32)}.items()
    )
    doubts = tuple(
        (english.index(word), english.index(word) + len(word)) for word in ("whispered", "Moskau", "quietly")
    )
    entities = [
        Entity("e1", "PER", "Beloussow", "Belousov", ("Beloussow",), (Mention("Beloussow", 0, 9, "PER"),)),
        Entity("e2", "LOC", "Moskau", "Moscow", ("Moskau",), (Mention("Moskau", 20, 26, "LOC"),)),
    ]
    translation = Translation(german, english, links, -0.3, doubts=doubts)
    placed = project(Sentence(german, 0, len(german), 0), translation, entities)
    assert placed.english == "Belousov whispered in Moscow quietly."
    assert [placed.english[slice(*doubt)] for doubt in placed.doubts] == ["whispered", "quietly"]
