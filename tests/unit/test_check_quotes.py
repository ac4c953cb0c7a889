"""Direct speech: the marks open, close, and stay."""

from __future__ import annotations

import pytest

from service.alignment.model import MentionPair, SentencePair
from service.checks.quotes import QuotesCheck, marks
from service.entities.model import Entity
from service.segmentation.model import Sentence
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
    assert marks("It's the players' choice, isn’t it?") == ()


PUTIN = Entity("e1", "PER", "Wladimir Putin", "Vladimir Putin", ("Wladimir Putin", "Putin"), ())
KIM = Entity("e2", "PER", "Kim Jong-un", "Kim Jong Un", ("Kim Jong-un", "Kim"), ())


@pytest.mark.parametrize(
    ("german", "english", "verdict"),
    [
        ("„Wir helfen“, sagte Putin nach dem Besuch von Kim.", "“We help,” Putin said after Kim’s visit.", "pass"),
        (
            "„Wir helfen“, sagte Putin nach dem Besuch von Kim.",
            "“We help,” Kim said after the visit of Putin.",
            "review",
        ),
        ("„Wir helfen“, sagte der Präsident Putin zu Kim.", "“We help,” President Putin told Kim.", "pass"),
        ("„Wir helfen“, so Putin.", "“We help,” according to Putin.", "pass"),
        ("Kim hörte zu. „Wir helfen“, sagte Putin.", "“We help,” Kim said, and Putin listened.", "review"),
        ("Putin sagte, Kim komme.", "Kim said Putin was coming.", "pass"),  # no quotation: another check's matter
    ],
)
def test_a_quotation_keeps_its_speaker(german: str, english: str, verdict: str) -> None:
    mentions = []
    for entity, name in ((PUTIN, "Putin"), (KIM, "Kim")):
        if name in german:
            start, place = german.index(name), english.index(name)
            span = (place, place + len(name))
            mentions.append(MentionPair(entity.id, (start, start + len(name)), span, "canonical"))
    sentence = SentencePair(Sentence(german, 0, len(german), 0), english, tuple(mentions))
    (finding,) = CHECK.check(sentence, {"e1": PUTIN, "e2": KIM})
    assert finding.verdict == verdict
    if verdict == "review":
        assert german[slice(*finding.de)] == "Putin" and english[slice(*finding.en)] == "Kim"
