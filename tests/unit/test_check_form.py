"""Length, repetition and German left standing: what goes wrong when a decoder stumbles."""

from __future__ import annotations

import pytest

from service.alignment.projection import project
from service.article.plain import read_text
from service.checks.leftovers import LeftoversCheck
from service.checks.length import LengthCheck
from service.checks.repetition import RepetitionCheck, longest_loop
from service.entities.chains import chain
from service.segmentation.german import segment
from service.translation.model import Translation
from tests.unit.check_sample import only_fault, verdicts
from tests.unit.marked import read_marked

GERMAN = "Putin lud den nordkoreanischen Staatschef außerdem zu einem Besuch nach Russland ein."
ENGLISH = "Putin also invited the North Korean head of state to visit Russia."


def test_a_faithful_translation_has_a_usual_length() -> None:
    assert verdicts(LengthCheck(), GERMAN, ENGLISH) == ["pass"]
    assert verdicts(LengthCheck(), "Ja.", "Yes, it is.") == ["pass"]


def test_half_a_sentence_is_too_short() -> None:
    assert verdicts(LengthCheck(), GERMAN, "Putin also invited the North.") != ["pass"]


def test_a_sentence_three_times_as_long_is_blocked() -> None:
    assert verdicts(LengthCheck(), GERMAN, ENGLISH * 3) == ["blocked"]


@pytest.mark.parametrize("english", ["", "  ", "...", "—"])
def test_no_words_are_blocked(english: str) -> None:
    assert verdicts(LengthCheck(), GERMAN, english) == ["blocked"]


@pytest.mark.parametrize(
    ("english", "verdict"),
    [
        (ENGLISH, "pass"),
        ("He said that that was very, very good and had had enough.", "pass"),
        ("The state of the state of the state of the union.", "blocked"),
        ("He he he came.", "blocked"),
        ("The minister of the minister of the interior resigned.", "review"),
        ("Results: 1 1 2 2 3 3", "pass"),
        ("For it voted 399, 261, 261 were opposed.", "review"),
    ],
)
def test_loops(english: str, verdict: str) -> None:
    assert verdicts(RepetitionCheck(), GERMAN, english) == [verdict]


def test_what_the_german_repeats_the_english_may_repeat() -> None:
    assert verdicts(RepetitionCheck(), "Nein, nein, nein!", "No, no, no!") == ["pass"]


@pytest.mark.parametrize(
    ("marked", "english", "verdict"),
    [
        ("[Putin|PER] empfing [Beloussow|PER] am Freitag.", "Putin received Mr Putin on Friday.", "review"),
        ("[Putin|PER] empfing [Beloussow|PER] am Freitag.", "Putin received Beloussow on Friday.", "pass"),
        ("Als [Putin|PER] kam, sprach er mit [Beloussow|PER].", "When Putin came, Putin spoke to Beloussow.", "pass"),
        ("[Putin|PER], der krank war, reiste ab.", "Putin was ill, and Putin left.", "pass"),
        ("[Putin|PER] lobte die [Putin|PER]-Jugend.", "Putin praised the Putin youth.", "pass"),
        ("[Putin|PER] sprach, und Putins Gäste schwiegen.", "Putin spoke, and Putin's guests were silent.", "pass"),
    ],
)
def test_nobody_is_named_more_often_than_in_the_german(marked: str, english: str, verdict: str) -> None:
    german, mentions = read_marked(marked)
    article = read_text(german)
    entities = chain(article, mentions)
    (sentence,) = segment(article)
    beside = project(sentence, Translation(german, english, (), -1.0), entities)
    (finding,) = RepetitionCheck().check(beside, {entity.id: entity for entity in entities})
    assert finding.verdict == verdict
    if verdict == "review":
        assert beside.english[slice(*finding.en)] == "Putin" and finding.en[0] > english.index("received")
        assert german[slice(*finding.de)] == "Putin"


def test_the_loop_is_found_at_its_place() -> None:
    text = "They came back they came back they came back today."
    start, end, count = longest_loop(text) or (0, 0, 0)
    assert (text[start:end], count) == ("They came back they came back they came back", 3)


@pytest.mark.parametrize(
    ("german", "english", "verdict"),
    [
        (GERMAN, ENGLISH, "pass"),
        ("Er liest den „Spiegel“ und „Die Zeit“.", "He reads “Spiegel” and “Die Zeit”.", "pass"),
        ("Er spielt in „Der geilste Tag“.", "He acts in “Der geilste Tag”.", "pass"),
        ("Er rief: „Das ist der beste Tag.“", "He cried: “Das ist der beste Tag in meinem Leben.”", "blocked"),
        ("Ludwig van Beethoven und von Karajan.", "Ludwig van Beethoven and von Karajan.", "pass"),
        ("Er wurde während der Fahrt gestoppt.", "He was stopped während the journey.", "review"),
        ("Die Vorratsdatenspeicherung ruht.", "The Vorratsdatenspeicherung is suspended.", "review"),
        (GERMAN, "Putin lud den head of state außerdem zu einem Besuch ein.", "blocked"),
        (GERMAN, GERMAN, "blocked"),
        ("Das Stimmungsbarometer steigt.", "The barometer is rising.", "pass"),
        ("Ein Zeuge hörte Geräusche.", "A witness heard Geräusche.", "review"),
        ("Nein, das reicht nicht.", "Nein, that is not enough.", "review"),
        ("Er rettete sich in die Friedenskirche.", "He fled to the Friedenskirche.", "pass"),
        ("Das Unternehmen Neckermann Reisen schließt.", "The company Neckermann Reisen is closing.", "pass"),
        ("Das meldet merkur.de am Abend.", "merkur.de reports this in the evening.", "pass"),
    ],
)
def test_german_left_standing(german: str, english: str, verdict: str) -> None:
    assert verdicts(LeftoversCheck(), german, english) == [verdict]


def test_the_leftover_is_shown() -> None:
    english = "He was stopped während the journey."
    fault = only_fault(LeftoversCheck(), "Er wurde während der Fahrt gestoppt.", english)
    assert english[slice(*fault.en)] == "während"
