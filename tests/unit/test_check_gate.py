"""The gate as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.alignment.model import MentionPair
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


def test_soft_hyphens_hide_nothing_from_the_gate() -> None:
    """Without this "Mil-lionen" would be no scale word and "mut-maßlich" no hedge. Spans are as given."""
    german = "Der mut\xadmaß\xadliche Täter stahl 23 Mil\xadli\xadonen Euro in Mün\xadchen."
    english = "The perpetrator stole 23 billion euros in Vienna."
    name = (german.index("Mün"), german.index("chen.") + 4)
    entity = Entity("e1", "LOC", "München", "Munich", (), ())
    paired = replace(pair(german, english), mentions=(MentionPair("e1", name, None, "none"),))
    faults = {finding.kind: finding for finding in run_checks(paired, [entity]) if finding.verdict != "pass"}
    said = {kind: german[slice(*fault.de)] for kind, fault in faults.items() if fault.de}
    assert said == {"scale_words": "23 Mil\xadli\xadonen", "names": "Mün\xadchen", "hedges": "mut\xadmaß\xadliche"}
    plain = pair(german.replace("\xad", ""), english)
    start = plain.source.text.index("München")
    same = replace(plain, mentions=(MentionPair("e1", (start, start + 7), None, "none"),))
    assert [f.kind for f in run_checks(same, [entity])] == [f.kind for f in run_checks(paired, [entity])]
