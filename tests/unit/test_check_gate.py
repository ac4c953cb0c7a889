"""The gate as a whole."""

from __future__ import annotations

import pytest

from service.checks.gate import CHECKS, run_checks
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
