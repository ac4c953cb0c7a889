"""The gate as a whole, and the choice among candidates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.checks.gate import CHECKS, better, run_checks
from service.checks.model import worst
from service.entities.model import Entity
from tests.unit.check_sample import pair

GERMAN = "Nach Angaben der Polizei wurden am Freitag in Köln 23 Menschen verletzt."
ENGLISH = "According to police, 23 people were injured in Cologne on Friday."


def test_every_check_says_pass_for_a_faithful_sentence() -> None:
    findings = run_checks(pair(GERMAN, ENGLISH), {})
    assert [finding.kind for finding in findings] == [check.kind for check in CHECKS]
    assert worst(findings) == "pass"


def test_entities_may_be_listed() -> None:
    entity = Entity("e1", "LOC", "Köln", "Cologne", ("Köln",), ())
    assert run_checks(pair(GERMAN, ENGLISH), [entity]) == run_checks(pair(GERMAN, ENGLISH), {"e1": entity})


@pytest.mark.parametrize("english", ["", " ", "...", "–"])
def test_no_english_is_blocked(english: str) -> None:
    assert worst(run_checks(pair(GERMAN, english), {})) == "blocked"


@pytest.mark.parametrize("german", ["", "…", "***", "Ja.", "😀", "1", "\ud800", "Ö" * 5000])
def test_odd_german_does_not_trouble_the_gate(german: str) -> None:
    assert run_checks(pair(german, german), {})


def test_better_takes_the_candidate_that_passes() -> None:
    candidates = [pair(GERMAN, ENGLISH.replace("23", "32"), score=-0.1), pair(GERMAN, ENGLISH, score=-0.9)]
    chosen, findings = better([(candidate, run_checks(candidate, {})) for candidate in candidates])
    assert chosen.english == ENGLISH
    assert worst(findings) == "pass"


def test_better_prefers_review_to_blocked_and_fewer_faults_to_more() -> None:
    blocked = pair(GERMAN, ENGLISH.replace("23", "32"))
    doubtful = pair(GERMAN, ENGLISH.replace(" on Friday", ""))
    more_doubtful = pair(GERMAN, "According to police, 23 people were injured in Cologne near Springfield.")
    ranked = [(candidate, run_checks(candidate, {})) for candidate in (blocked, more_doubtful, doubtful)]
    assert better(ranked)[0] is doubtful
    assert better(ranked[:2])[0] is more_doubtful


def test_better_among_equals_takes_the_model_s_favourite() -> None:
    first, second = pair(GERMAN, ENGLISH, score=-0.4), pair(GERMAN, ENGLISH, score=-0.2)
    assert better([(first, ()), (second, ())])[0] is second
    twin = replace(second)
    assert better([(second, ()), (twin, ())])[0] is second


def test_better_needs_a_candidate() -> None:
    with pytest.raises(ValueError):
        better([])
