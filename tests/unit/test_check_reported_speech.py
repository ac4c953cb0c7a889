"""Minimal pairs: the indicative states, the Konjunktiv reports; the English must say whose words these are."""

from __future__ import annotations

import pytest

from service.checks.reported_speech import ReportedSpeechCheck, find_attribution, find_subjunctive
from tests.unit.check_sample import only_fault, verdicts

CHECK = ReportedSpeechCheck()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Lage ist ernst.", "The situation is serious."),
        ("Die Lage sei ernst, sagte Merkel.", "The situation is serious, Merkel said."),
        ("Die Lage sei ernst.", "The situation was serious, she said."),
        ("Nordkorea habe Raketen geliefert.", "North Korea is said to have supplied missiles."),
        ("Laut Polizei starben zwei Menschen.", "According to police, two people died."),
        ("Dem Ministerium zufolge war es Absicht.", "The ministry says it was deliberate."),
        ("Nach Angaben der Behörden ist die Straße frei.", "Authorities report that the road is clear."),
        ("„Das war ein Fehler“, so Müller.", "“That was a mistake,” Müller said."),
        ("Ich habe keine Zeit.", "I have no time."),
        ("Es sei denn, es regnet.", "Unless it rains."),
        ("Er tut so, als habe er gewonnen.", "He acts like the winner."),
        ("Kritik wurde laut.", "Criticism arose."),
        ("Die Firma gehört den Versicherten.", "The company belongs to the insured."),
        ("Er wurde im Amt bestätigt.", "He was re-elected."),
        ("So viele Gäste waren nie da.", "There have never been so many guests."),
    ],
)
def test_what_is_attributed_stays_attributed(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["pass"]


@pytest.mark.parametrize(
    ("german", "english", "mark"),
    [
        ("Die Lage sei ernst.", "The situation is serious.", "sei"),
        ("Nordkorea habe Raketen geliefert.", "North Korea has supplied missiles.", "habe"),
        ("Laut Polizei starben zwei Menschen.", "Two people died.", "Laut"),
        ("Dem Ministerium zufolge war es Absicht.", "It was deliberate.", "zufolge"),
        ("Das war Absicht, sagte der Minister.", "It was deliberate.", "sagte"),
        ("Der Konzern werde zahlen.", "The company pays.", "werde"),
    ],
)
def test_a_claim_told_as_a_fact_is_reviewed(german: str, english: str, mark: str) -> None:
    fault = only_fault(CHECK, german, english)
    assert fault.verdict == "review"
    assert german[slice(*fault.de)].startswith(mark)


def test_the_indicative_is_no_subjunctive() -> None:
    assert find_subjunctive("Ich habe es gesehen und werde es sagen.") is None
    assert find_subjunctive("Er hat es gesehen.") is None
    assert find_subjunctive("Er habe es gesehen.") is not None


def test_loud_is_no_attribution() -> None:
    assert find_attribution("Die Musik war laut und schnell.") is None
    assert find_attribution("Es geht laut zu.") is None
    assert find_attribution("Laut dem Bericht fehlt Geld.") is not None
    assert find_attribution("Laut einem Sprecher fehlt Geld.") is not None
    assert find_attribution("Das Geld fehlt laut „Spiegel“ seit Mai.") is not None
