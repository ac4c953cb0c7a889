"""Words that a translation model makes up are told from rare ones."""

from __future__ import annotations

import pytest

from service.checks.english_words import is_english, is_unlike_english, listed_words
from service.checks.spelling import SpellingCheck
from tests.unit.check_sample import only_fault, pair, verdicts


@pytest.mark.parametrize(
    ("german", "english", "verdict"),
    [
        ("Der „rücksichtslose“ Vormarsch der NATO.", "The “resightless” advance of NATO.", "review"),
        ("Der „rücksichtslose“ Vormarsch der NATO.", "The “ruthless” advance of NATO.", "pass"),
        ("Er unterstützt ihn ausnahmslos.", "He would specred him.", "review"),
        ("Der Machthaber kam.", "The powerhaber came.", "review"),
        ("Der Schlachthof brennt.", "The slachthof is burning.", "review"),
        ("Er taumelte und schalt sie.", "He tottered, castigating them stealthily.", "pass"),
        ("Die Autobahnbrücke fiel.", "The autobahn bridge fell.", "pass"),
        ("In Kiew sprach Selenskyj.", "In Kyiv spoke Zelenskyj.", "pass"),
        ("Er sagte es auf BBC.", "He said it on bbc, um 10 Uhr.", "pass"),
        ("Vizekanzler Klingbeil widersprach.", "Deputyllor Klingbeil objected.", "review"),
        ("Die Professur ist neu.", "The Professsur is new.", "review"),
        ("Beloussow traf ein.", "Belousov arrived.", "pass"),
        ("Er ging über den Opernplatz.", "He crossed the Opernplatz.", "pass"),
    ],
)
def test_invented_words(german: str, english: str, verdict: str) -> None:
    assert verdicts(SpellingCheck(), german, english) == [verdict]


def test_every_invented_word_is_shown_up_to_three() -> None:
    english = "The tintenfics were snapplely slimbled and shoughterrong."
    findings = SpellingCheck().check(pair("Die Tintenfische waren da.", english), {})
    assert [english[slice(*finding.en)] for finding in findings] == ["tintenfics", "snapplely", "slimbled"]


def test_the_word_is_named() -> None:
    fault = only_fault(SpellingCheck(), "Der Schlachthof brennt.", "The slachthof is burning.")
    assert fault.detail == "“slachthof” is no English word that we know"


@pytest.mark.parametrize(
    "word",
    ["protégés", "heartwarming", "emphasised", "emphasized", "colours", "recognizably", "demonize", "mightiest",
     "unpermitted", "microplastics", "warhorses", "influenceable"],
)  # fmt: skip
def test_british_american_inflected_derived_and_compound_words_are_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["specred", "selfy", "spectakel", "hazzzhic", "crabulously", "polizists"])
def test_made_up_words_are_not(word: str) -> None:
    assert not is_english(word) and is_unlike_english(word)


def test_the_list_is_large_and_plain() -> None:
    words = listed_words()
    assert len(words) > 70_000
    assert all(word.isascii() and word.islower() for word in words)


@pytest.mark.parametrize("word", ["", "a", "qx"])
def test_of_fewer_letters_than_a_row_nothing_is_said(word: str) -> None:
    assert not is_unlike_english(word)
