"""Minimal pairs: what the German says, and its opposite."""

from __future__ import annotations

import pytest

from service.checks.opposites import OppositesCheck
from tests.unit.check_sample import only_fault, verdicts

CHECK = OppositesCheck()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Aktie stieg um 2,4 Prozent.", "The share rose by 2.4 percent."),
        ("Die Mieten stiegen, die Löhne sanken.", "Rents fell, wages rose."),
        ("Der Club steigt ab.", "The club drops to a lower division."),
        ("Zwei Menschen wurden getötet, 18 verletzt.", "18 people were killed and two injured."),
        ("Höchstens 18.000 Menschen dürfen kommen.", "No more than 18,000 people may come."),
        ("Die Lage ist unklar.", "It is far from clear what happened."),
        ("Nordkorea droht.", "North Korea threatens."),
        ("Eine Frau und ihr Mann starben.", "A man and his wife died."),
        ("Das Opfer ist eine Frau.", "The victim is female."),
    ],
)
def test_one_of_the_two_is_still_said(german: str, english: str) -> None:
    assert verdicts(CHECK, german, english) == ["pass"]


@pytest.mark.parametrize(
    ("german", "english", "said", "became"),
    [
        ("Die Aktie stieg um 2,4 Prozent.", "The share fell by 2.4 percent.", "stieg", "fell"),
        ("Die Nachfrage nahm im Mai zu.", "Demand declined in May.", "nahm im Mai zu", "declined"),
        ("18 Menschen wurden verletzt.", "18 people were killed.", "verletzt", "killed"),
        ("Köln gewann das Derby.", "Cologne lost the derby.", "gewann", "lost"),
        (
            "Der Bundesrat stimmte dem Gesetz zu.",
            "The Bundesrat rejected the law.",
            "stimmte dem Gesetz zu",
            "rejected",
        ),
        ("Das Gericht sprach ihn von allen Vorwürfen frei.", "The court convicted him.", None, "convicted"),
        ("Mindestens neun Menschen starben.", "Less than nine people died.", "Mindestens", "Less than"),
        ("Das Beben traf den Norden Italiens.", "The quake hit southern Italy.", "Norden", "southern"),
        ("Ein rechtsextremer Täter floh.", "A left-wing offender fled.", "rechtsextremer", "left-wing"),
        ("Die Nordsee blieb unruhig.", "The North Sea remained calm.", "unruhig", "calm"),
        ("Eine Frau wurde festgenommen.", "A man was arrested.", "Frau", "man"),
    ],
)
def test_what_became_its_opposite_is_blocked(german: str, english: str, said: str | None, became: str) -> None:
    fault = only_fault(CHECK, german, english)
    assert fault.verdict == "blocked"
    assert said is None or german[slice(*fault.de)] == said
    assert english[slice(*fault.en)] == became
