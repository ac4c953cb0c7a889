"""Direct speech: the marks open, close, and stay."""

from __future__ import annotations

import pytest

from service.checks.quotes import QuotesCheck, marks
from tests.unit.check_sample import only_fault, verdicts

CHECK = QuotesCheck()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("„Wir warten auf Sie“, sagte Putin.", "“We are waiting for you,” Putin said."),
        ("»Wir warten auf Sie«, sagte Putin.", "‘We are waiting for you,’ Putin said."),
        ('"Wir warten", sagte er.', "'We're waiting,' he said."),
        ("„Wir warten auf Sie.", "“We are waiting for you."),
        ("Er sprach von einer ‚Tragödie‘.", "He spoke of a ‘tragedy’."),
        ("Die „Sea Watch 3“ legte an.", "The Sea Watch 3 docked."),
        ("Die sogenannte Mietpreisbremse gilt.", "The “rent brake” applies."),
        ("Der Prozess dauerte ein Jahr.", "The president’s trial didn’t last the judges' year."),
    ],
)
def test_kept_quotations_pass(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["pass"]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("„Wir warten auf Sie“, sagte Putin.", "“We are waiting for you, Putin said."),
        ("„Wir warten auf Sie“, sagte Putin.", "We are waiting for you, Putin said."),
        ("„Wir warten.", "We are waiting."),
        ("Er nannte das Gesetz überflüssig.", "He called the law “superfluous”."),
    ],
)
def test_lost_and_invented_marks_are_reviewed(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["review"]


def test_the_fault_shows_the_quotation() -> None:
    german = "Er sagte: „Wir warten.“"
    fault = only_fault(CHECK, german, "He said: we are waiting.")
    assert german[slice(*fault.de)] == "„Wir warten.“"


def test_apostrophes_are_no_marks() -> None:
    assert marks("It's the players' choice, isn’t it?") == []
