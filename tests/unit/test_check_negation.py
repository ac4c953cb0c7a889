"""Denials: kept, put in other words, lost, added."""

from __future__ import annotations

import pytest

from service.alignment.model import MentionPair, SentencePair
from service.checks.negation import NegationCheck
from service.segmentation.model import Sentence
from tests.unit.check_sample import only_fault, verdicts

CHECK = NegationCheck()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Minister trat nicht zurück.", "The minister did not resign."),
        ("Der Minister trat nicht zurück.", "The minister didn’t resign."),
        ("Niemand wurde verletzt.", "No one was injured."),
        ("Verletzt wurde bei dem Vorfall niemand.", "Nobody was hurt in the incident."),
        ("Es gibt keine Hinweise auf Brandstiftung.", "There is no evidence of arson."),
        ("Er kam ohne seinen Anwalt.", "He came without his lawyer."),
        ("Weder Polizei noch Feuerwehr äußerten sich.", "Neither police nor fire brigade commented."),
        ("Das sei nicht hinnehmbar.", "That is unacceptable, he said."),
        ("Sie konnten sich nicht einigen.", "They were unable to agree."),
        ("Nicht nur Berlin ist betroffen.", "Not only Berlin is affected."),
        ("Nicht zuletzt das Wetter spielte mit.", "The weather, above all, played along."),
        ("Der Ausgang ist unklar.", "The outcome is not clear."),
        ("Er bestritt die Tat.", "He said he had not done it."),
        ("Die Nr. 1 der Welt gewann.", "The world’s no. 1 won."),
        ("Nichtsdestotrotz geht es weiter.", "Nonetheless, it goes on."),
    ],
)
def test_a_denial_may_be_put_in_other_words(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["pass"]


@pytest.mark.parametrize(
    ("german", "english", "word"),
    [
        ("Der Minister trat nicht zurück.", "The minister resigned.", "nicht"),
        ("Es gibt keine Hinweise auf Brandstiftung.", "There is evidence of arson.", "keine"),
        ("Niemand wurde verletzt.", "People were injured.", "Niemand"),
        ("Das Gesetz wurde nie angewandt.", "The law was applied.", "nie"),
    ],
)
def test_a_lost_denial_is_blocked(german: str, english: str, word: str) -> None:
    fault = only_fault(CHECK, german, english)
    assert fault.verdict == "blocked"
    assert german[slice(*fault.de)] == word


def test_one_of_several_denials_lost_is_reviewed() -> None:
    german = "Er kam nicht, weil er keine Zeit hatte."
    assert verdicts(CHECK, german, "He did not come because he had time.") == ["review"]


def test_a_name_denies_nothing() -> None:
    german, english = "Minister No Kwang Chol kam.", "Minister No Kwang Chol came."
    mention = MentionPair("e1", (9, 22), (9, 22), "canonical")
    named = SentencePair(Sentence(german, 0, len(german), 0), english, (mention,))
    assert [finding.verdict for finding in CHECK.check(named, {})] == ["pass"]


def test_an_added_denial_is_reviewed_at_its_place() -> None:
    english = "The director was not convinced."
    fault = only_fault(CHECK, "Der Direktor gab sich überzeugt.", english)
    assert fault.verdict == "review"
    assert english[slice(*fault.en)] == "not"
