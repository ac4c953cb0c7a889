"""The bundled recognisers on sentences of real news: the right names, the right types, exact offsets."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import pytest

from service.entities.model import Mention
from service.entities.pieces import lower_capitals
from service.entities.recognition import SpacyRecognizer, complete

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def german() -> SpacyRecognizer:
    return SpacyRecognizer(ROOT / "models" / "ner-de")


def names(recognizer: SpacyRecognizer, text: str) -> set[tuple[str, str]]:
    mentions = recognizer.recognize(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    return {(mention.text, mention.type) for mention in mentions}


SEED_NAMES = {
    "000_d763b39abf864ff6.txt": {
        ("Kim Yong-un", "PER"), ("Andrei Belousov", "PER"), ("Belousov", "PER"), ("Putin", "PER"),
        ("Nordkorea", "LOC"), ("Pjöngjang", "LOC"), ("Ukraine", "LOC"), ("KCNA", "ORG"), ("NATO", "ORG"),
    },
    "001_3be988a3a0b26f87.txt": {
        ("Andrei Beloussow", "PER"), ("Beloussow", "PER"), ("Belousov", "PER"), ("Kim Jong Un", "PER"),
        ("Wladimir Putin", "PER"), ("No Kwang Cho", "PER"), ("Nordkorea", "LOC"), ("Pjöngjang", "LOC"),
    },
    "003_125cd6b2de38e199.txt": {
        ("Kim Jong-un", "PER"), ("Wladimir Putin", "PER"), ("Putin", "PER"), ("Kim", "PER"), ("Xi Jinping", "PER"),
        ("Peking", "LOC"), ("Kursk", "LOC"), ("Reuters", "ORG"), ("Tass", "ORG"),
    },
}  # fmt: skip


@pytest.mark.parametrize("seed", SEED_NAMES)
def test_the_names_of_the_seeds(german: SpacyRecognizer, seed: str) -> None:
    text = (ROOT / "seeds" / seed).read_text(encoding="utf-8")
    assert SEED_NAMES[seed] - names(german, text) == set()


def test_titles_stay_outside_and_the_genitive_inside(german: SpacyRecognizer) -> None:
    text = "Bundeskanzler Olaf Scholz lobte am Montag Angela Merkels Politik."
    assert names(german, text) == {("Olaf Scholz", "PER"), ("Angela Merkels", "PER")}


def test_a_name_in_a_compound_is_the_name_alone(german: SpacyRecognizer) -> None:
    text = "Olaf Scholz flog nach Brüssel. Die Scholz-Regierung will beim Nato-Gipfel für die Ukraine werben."
    assert {("Scholz", "PER"), ("Nato", "ORG")} <= names(german, text)
    assert not any("-" in name for name, _ in names(german, text))


def test_a_fixed_name_is_whole(german: SpacyRecognizer) -> None:
    assert ("EU-Kommission", "ORG") in names(german, "Die EU-Kommission in Brüssel prüft den Fall.")


def test_adjectives_of_nationality_are_no_names(german: SpacyRecognizer) -> None:
    assert names(german, "Der russische Präsident empfing den nordkoreanischen Minister.") == set()


def test_nothing_to_find(german: SpacyRecognizer) -> None:
    assert names(german, "") == set()
    assert names(german, " \r\n\t\u2028") == set()
    assert names(german, "Es regnet seit gestern.") == set()


def test_offsets_point_into_the_text_as_it_was_given(german: SpacyRecognizer) -> None:
    text = "😀 Heute sprach Wladimir\u00a0Putin in Pjöng\u00adjang.\r\nIn Mu\u0308nchen traf er Angela Merkel."
    found = names(german, text)
    assert {("Pjöng\u00adjang", "LOC"), ("Mu\u0308nchen", "LOC"), ("Angela Merkel", "PER")} <= found


def test_broken_and_odd_characters_do_no_harm(german: SpacyRecognizer) -> None:
    text = "\ud83d Putin\x00 sprach\u200b in \ufeffPeking \u0301.\x85\u0301Putin"
    assert ("Peking", "LOC") in names(german, text)


def test_a_line_in_capitals_is_read_too(german: SpacyRecognizer) -> None:
    assert {("PUTIN", "PER"), ("NORDKOREA", "LOC")} <= names(german, "PUTIN IN NORDKOREA ANGEKOMMEN")


def test_capitals_keep_their_length() -> None:
    assert lower_capitals("PUTIN TRIFFT KIM IN PEKING") == "Putin Trifft KIM in Peking"
    assert lower_capitals("NATO") == "NATO"
    assert len(lower_capitals("STRAẞE İSTANBUL ŒUVRE")) == len("STRAẞE İSTANBUL ŒUVRE")


def test_a_sentence_without_end_is_read_in_pieces(german: SpacyRecognizer) -> None:
    text = "Angela Merkel und " * 2_000 + "x" * 20_000
    mentions = german.recognize(text)
    assert len(mentions) > 1_900
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_a_batch_gives_what_single_calls_give(german: SpacyRecognizer) -> None:
    texts = ["Putin reist nach Peking.", "", "Angela Merkel wohnt in Berlin."]
    assert german.recognize_many(texts) == [german.recognize(text) for text in texts]


def test_threads_get_the_same_answers(german: SpacyRecognizer) -> None:
    texts = [(ROOT / "seeds" / seed).read_text(encoding="utf-8") for seed in SEED_NAMES]
    expected = german.recognize_many(texts)
    answers: dict[int, list[Mention]] = {}

    def work(number: int) -> None:
        answers[number] = german.recognize(texts[number % len(texts)])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[number] for number in range(9)] == expected * 3


def test_a_name_overlooked_once_is_added() -> None:
    text = "Anna Koch sprach. Koch ging."
    assert complete(text, [Mention("Anna Koch", 0, 9, "PER")])[1:] == [Mention("Koch", 18, 22, "PER")]


def test_a_common_word_is_not_taken_for_the_name_it_once_was() -> None:
    text = "Anna Koch sprach. Der Koch und ein Koch kamen."
    assert complete(text, [Mention("Anna Koch", 0, 9, "PER")]) == [Mention("Anna Koch", 0, 9, "PER")]
