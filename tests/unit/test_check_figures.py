"""Numbers, scale words and dates: what a newsroom would call the same figure, and what it would not."""

from __future__ import annotations

import pytest

from service.checks.dates import DatesCheck
from service.checks.figures.english import read_english
from service.checks.figures.german import german_cardinal, read_german
from service.checks.figures.numerals import english_ordinal, spell_german
from service.checks.model import Finding, worst
from service.checks.numbers import NumbersCheck
from service.checks.scale_words import ScaleWordsCheck
from tests.unit.check_sample import pair

SAME = [
    ("Die Inflation stieg auf 3,2 Prozent.", "Inflation rose to 3.2 percent."),
    ("Rund 20.000 Menschen kamen.", "Around 20,000 people came."),
    ("Der Umbau kostet 3,2 Milliarden Euro.", "The conversion costs €3.2bn."),
    ("Die Schulden betragen 100 Billionen Dollar.", "The debt amounts to 100 trillion dollars."),
    ("Zwei bis drei Milliarden Menschen sind betroffen.", "Two to three billion people are affected."),
    ("Eine halbe Million Menschen floh.", "Half a million people fled."),
    ("Hunderttausende gingen auf die Straße.", "Hundreds of thousands took to the streets."),
    ("Der Milliardär spendete Millionen.", "The billionaire donated millions."),
    ("Zwei Drittel stimmten zu.", "Two-thirds agreed."),
    ("Die 44-jährige Fahrerin blieb unverletzt.", "The 44-year-old driver was unhurt."),
    ("Das fünfjährige Projekt endet.", "The five-year project ends."),
    ("Dreiundzwanzig Abgeordnete fehlten.", "23 members were absent."),
    ("Zweitausendfünfhundert Stellen fallen weg.", "Two thousand five hundred jobs will go."),
    ("Anderthalb Jahre dauerte der Prozess.", "The trial took one and a half years."),
    ("Beide Seiten verhandeln.", "The two sides are negotiating."),
    ("Die Bayern gewannen 3:1 (1:0).", "Bayern won 3-1 (1-0)."),
    ("In den 90er Jahren war das anders.", "In the 1990s things were different."),
    ("In der Saison 2018/19 stiegen sie auf.", "They were promoted in the 2018-19 season."),
    ("Am 4. Mai 2018 begann der Prozess.", "The trial began on May 4, 2018."),
    ("Aktualisiert am 04.05.2018 um 11:11", "Updated on 04/05/2018 at 11:11"),
    ("Der Unfall geschah gegen 21.30 Uhr.", "The accident happened around 9:30 pm."),
    ("Um halb drei kam die Polizei.", "The police came at half past two."),
    ("Theresa May trat am Freitag zurück.", "Theresa May resigned on Friday."),
    ("Das sagte er der „Bild am Sonntag“.", "He told “Bild am Sonntag”."),
    ("Am 2. Januar gab es Strom.", "On January 2nd there was power."),
    ("Die Freitagsausgabe erschien.", "The Friday edition appeared."),
    ("Die Sonntagsfrage zeigt es.", "The opinion poll shows it."),
    ("Im 17. Jahrhundert brannte die Stadt.", "In the 17th century the town burned down."),
    ("Sie wurde Zweite, er Dritter.", "She came second, he came third."),
    ("Gegen 6.50 Uhr am Morgen brannte es.", "A fire broke out around 6.50 a.m."),
    ("Um 8 Uhr abends begann das Konzert.", "The concert began at 8 p.m."),
    ("Vom 7. bis 9. Juni tagt der Rat.", "The council meets from 7 to 9 June."),
    ("Auf dem Foto hielt sie einen Becher.", "The photograph showed May holding a cup."),
    ("Er gehörte zur Startelf.", "He was in the starting eleven."),
]  # fmt: skip

BLOCKED = [
    (NumbersCheck(), "Rund 20.000 Menschen kamen.", "Around 30,000 people came.", "20.000", "30,000"),
    (NumbersCheck(), "Rund 20.000 Menschen kamen.", "Around 20.000 people came.", "20.000", "20.000"),
    (NumbersCheck(), "Zwölf Menschen starben.", "Eleven people died.", "Zwölf", "Eleven"),
    (NumbersCheck(), "Bei dem Unfall starben 15 Menschen.", "Many people died in the accident.", "15", None),
    (ScaleWordsCheck(), "Das kostet 3,2 Milliarden Euro.", "It costs 3.2 million euros.",
     "3,2 Milliarden", "3.2 million"),
    (ScaleWordsCheck(), "Die Schulden: 100 Billionen.", "The debt: 100 billion.", "100 Billionen", "100 billion"),
    (ScaleWordsCheck(), "Es geht um Milliarden.", "It is about millions.", "Milliarden", "millions"),
    (DatesCheck(), "Er reiste am Freitag ab.", "He left on Thursday.", "Freitag", "Thursday"),
    (DatesCheck(), "Das Gesetz gilt ab 1. März.", "The law applies from May 1.", "März", "May"),
    (DatesCheck(), "Gegen 21.30 Uhr brannte es.", "A fire broke out around 8:30 pm.", "21.30", "8:30"),
    (DatesCheck(), "Am Morgen gegen 6.50 Uhr krachte es.", "It crashed at around 6.50 p.m.", "6.50", "6.50 p.m."),
    (DatesCheck(), "Bis 22.15 Uhr kamen Gäste.", "Guests came until 22.15 a.m.", "22.15", "22.15 a.m."),
]  # fmt: skip

REVIEW = [
    (NumbersCheck(), "Viele Menschen kamen.", "Some 300 people came."),
    (NumbersCheck(), "Die Wand ist 550 Meter hoch.", "The face is 1,800 feet high."),
    (NumbersCheck(), "Das kostet 20 Euro.", "It costs 20 dollars."),
    (NumbersCheck(), "Sie wurde Dritte.", "She came fourth."),
    (ScaleWordsCheck(), "Es geht um Milliarden.", "It is about a lot of money."),
    (DatesCheck(), "Er reiste am Freitag ab.", "He left."),
    (DatesCheck(), "Er wurde am 7. Juni 2009 gewählt.", "He was on 7 in the mayoral elections. June 2009 elected."),
]


def findings(german: str, english: str) -> list[Finding]:
    checks = (NumbersCheck(), ScaleWordsCheck(), DatesCheck())
    return [finding for check in checks for finding in check.check(pair(german, english), {})]


@pytest.mark.parametrize(("german", "english"), SAME)
def test_the_same_figure_passes(german: str, english: str) -> None:
    assert [finding for finding in findings(german, english) if finding.verdict != "pass"] == []


@pytest.mark.parametrize(("check", "german", "english", "source", "target"), BLOCKED)
def test_a_changed_figure_is_blocked_at_its_place(check, german, english, source, target) -> None:  # type: ignore[no-untyped-def]
    found = check.check(pair(german, english), {})
    assert [finding.verdict for finding in found] == ["blocked"]
    assert german[slice(*found[0].de)] == source
    assert (english[slice(*found[0].en)] if found[0].en else None) == target


@pytest.mark.parametrize(("check", "german", "english"), REVIEW)
def test_a_doubtful_figure_is_reviewed(check, german, english) -> None:  # type: ignore[no-untyped-def]
    assert worst(check.check(pair(german, english), {})) == "review"


def test_a_fault_is_reported_by_one_check_only() -> None:
    faults = [
        f for f in findings("Das kostet 3,2 Milliarden Euro.", "It costs 3.2 million euros.") if f.verdict != "pass"
    ]
    assert [fault.kind for fault in faults] == ["scale_words"]


def test_number_words_are_built_from_their_parts() -> None:
    assert spell_german(321) == "dreihunderteinundzwanzig"
    assert english_ordinal(22) == "twenty-second"
    assert german_cardinal("dreitausendzwölf") == 3012
    assert german_cardinal("achtung") is None


def test_reading_survives_anything() -> None:
    for text in (
        "",
        "%",
        "1.2.3.4.5",
        "99:99",
        "32.13.2020",
        "½ ²",
        "1" * 400 + " Drittel",
        "9" * 400 + " thirds",
        "٣",
        "-",
    ):
        read_german(text)
        read_english(text)
