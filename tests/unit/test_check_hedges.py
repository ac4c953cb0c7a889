"""The presumption of innocence, word by word."""

from __future__ import annotations

import pytest

from service.checks.hedges import HedgesCheck
from tests.unit.check_sample import only_fault, verdicts

CHECK = HedgesCheck()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der mutmaßliche Täter floh.", "The alleged perpetrator fled."),
        ("Der mutmaßliche Täter floh.", "The suspected attacker fled."),
        ("Der Tatverdächtige wurde festgenommen.", "The suspect was arrested."),
        ("Er steht unter Verdacht der Bestechung.", "He is suspected of bribery."),
        ("Angeblich fehlen Millionen.", "Millions are allegedly missing."),
        ("Er soll Akten vernichtet haben.", "He is said to have destroyed files."),
        ("Zehn Menschen sollen verletzt worden sein.", "Ten people were reportedly injured."),
        ("Der Mann, der Akten vernichtet haben soll, schweigt.", "The man alleged to have destroyed files is silent."),
        ("Der Bau soll am 1. Februar beginnen.", "Construction begins on February 1."),
        ("Die Steuer soll sinken.", "The tax is to fall."),
        ("Dem Vernehmen nach geht der Chef.", "The boss is reportedly leaving."),
        ("Offenbar war es Brandstiftung.", "It was apparently arson."),
        ("Das könnte teuer werden.", "That may prove costly."),
        ("Vermutlich war der Fahrer betrunken.", "The driver had probably been drinking."),
    ],
)
def test_kept_hedges_and_plans_pass(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["pass"]


@pytest.mark.parametrize(
    ("german", "english", "hedge"),
    [
        ("Der mutmaßliche Täter floh.", "The perpetrator fled.", "mutmaßliche"),
        ("Er steht unter Verdacht der Bestechung.", "He took bribes.", "unter Verdacht"),
        ("Angeblich fehlen Millionen.", "Millions are missing.", "Angeblich"),
        ("Er soll Akten vernichtet haben.", "He destroyed files.", "soll Akten vernichtet haben"),
        ("Zehn Menschen sollen verletzt worden sein.", "Ten people were injured.", "sollen verletzt worden sein"),
        ("Dem Vernehmen nach geht der Chef.", "The boss is leaving.", "Dem Vernehmen nach"),
    ],
)
def test_a_suspicion_told_as_a_fact_is_blocked(german: str, english: str, hedge: str) -> None:
    fault = only_fault(CHECK, german, english)
    assert fault.verdict == "blocked"
    assert german[slice(*fault.de)] == hedge


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Offenbar war es Brandstiftung.", "It was arson."),
        ("Vermutlich war der Fahrer betrunken.", "The driver was drunk."),
        ("Das könnte teuer werden.", "That will be expensive."),
    ],
)
def test_a_lost_likelihood_is_reviewed(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["review"]


def test_two_suspicions_need_two_words() -> None:
    german = "Der mutmaßliche Täter traf einen angeblichen Freund."
    assert verdicts(CHECK, german, "The alleged perpetrator met a friend.") == ["review"]
