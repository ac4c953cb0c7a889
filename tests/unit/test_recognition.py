"""The bundled recognisers on sentences of real news: the right names, the right types, exact offsets."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import pytest

from service.entities.loading import load_recognizer_in
from service.entities.model import Mention
from service.entities.pieces import lower_capitals
from service.entities.recognition import LineRecognizer, Tagged, bounds, complete, is_no_name
from service.patience import Patience

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def german() -> LineRecognizer:
    return load_recognizer_in(ROOT / "models" / "ner-de")


def names(recognizer: LineRecognizer, text: str) -> set[tuple[str, str]]:
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
def test_the_names_of_the_seeds(german: LineRecognizer, seed: str) -> None:
    text = (ROOT / "seeds" / seed).read_text(encoding="utf-8")
    assert SEED_NAMES[seed] - names(german, text) == set()


def test_titles_stay_outside_and_the_genitive_inside(german: LineRecognizer) -> None:
    text = "Bundeskanzler Olaf Scholz lobte am Montag Angela Merkels Politik."
    assert names(german, text) == {("Olaf Scholz", "PER"), ("Angela Merkels", "PER")}


def test_a_name_in_a_compound_is_the_name_alone(german: LineRecognizer) -> None:
    text = "Olaf Scholz flog nach Brüssel. Die Scholz-Regierung will beim Nato-Gipfel für die Ukraine werben."
    assert {("Scholz", "PER"), ("Nato", "ORG")} <= names(german, text)
    assert not any("-" in name for name, _ in names(german, text))


def test_a_fixed_name_is_whole(german: LineRecognizer) -> None:
    assert ("EU-Kommission", "ORG") in names(german, "Die EU-Kommission in Brüssel prüft den Fall.")


def test_adjectives_of_nationality_are_no_names(german: LineRecognizer) -> None:
    assert names(german, "Der russische Präsident empfing den nordkoreanischen Minister.") == set()


def test_nothing_to_find(german: LineRecognizer) -> None:
    assert names(german, "") == set()
    assert names(german, " \r\n\t\u2028") == set()
    assert names(german, "Es regnet seit gestern.") == set()


def test_offsets_point_into_the_text_as_it_was_given(german: LineRecognizer) -> None:
    text = "😀 Heute sprach Wladimir\u00a0Putin in Pjöng\u00adjang.\r\nIn Mu\u0308nchen traf er Angela Merkel."
    found = names(german, text)
    assert {("Pjöng\u00adjang", "LOC"), ("Mu\u0308nchen", "LOC"), ("Angela Merkel", "PER")} <= found


def test_broken_and_odd_characters_do_no_harm(german: LineRecognizer) -> None:
    text = "\ud83d Putin\x00 sprach\u200b in \ufeffPeking \u0301.\x85\u0301Putin"
    assert ("Peking", "LOC") in names(german, text)


def test_a_line_in_capitals_is_read_too(german: LineRecognizer) -> None:
    assert {("PUTIN", "PER"), ("NORDKOREA", "LOC")} <= names(german, "PUTIN IN NORDKOREA ANGEKOMMEN")


def test_capitals_keep_their_length() -> None:
    assert lower_capitals("PUTIN TRIFFT KIM IN PEKING") == "Putin trifft KIM in Peking"
    assert lower_capitals("NATO") == "NATO"
    assert len(lower_capitals("STRAẞE İSTANBUL ŒUVRE")) == len("STRAẞE İSTANBUL ŒUVRE")


def test_a_sentence_without_end_is_read_in_pieces(german: LineRecognizer) -> None:
    text = "Angela Merkel und " * 2_000 + "x" * 20_000
    mentions = german.recognize(text)
    assert len(mentions) > 1_900
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_a_batch_gives_what_single_calls_give(german: LineRecognizer) -> None:
    texts = ["Putin reist nach Peking.", "", "Angela Merkel wohnt in Berlin."]
    assert german.recognize_many(texts) == [german.recognize(text) for text in texts]


def test_threads_get_the_same_answers(german: LineRecognizer) -> None:
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


def test_a_line_is_read_once(german: LineRecognizer, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    tag = type(german).tag
    monkeypatch.setattr(type(german), "tag", lambda self, lines: read.extend(lines) or tag(self, lines))
    remembering = german.remembering(100_000)
    old = "Angela Merkel traf Putin in Moskau.\nDanach reiste sie nach Paris."
    assert remembering.recognize(old) == german.recognize(old)
    read.clear()
    new = old.replace("Paris", "London")
    assert [mention.text for mention in remembering.recognize(new)] == ["Angela Merkel", "Putin", "Moskau", "London"]
    assert read == ["Danach reiste sie nach London."]
    for _ in range(2):
        remembering.within(Patience(recall=False, remember=False)).recognize("Geheimes aus Kiew.")
    assert read[1:] == ["Geheimes aus Kiew."] * 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Das sagte KCNA.", "KCNA"),
        ("Das sagte Wladimir Putin.", "Wladimir Putin"),
        ("Es kam Benedikt XVI.", "Benedikt XVI."),
        ("Es kam Johannes XXIII.", "Johannes XXIII."),
        ("Es kam Jakob M.", "Jakob M."),
    ],
)
def test_a_full_stop_belongs_to_initials_and_ordinals_alone(text: str, name: str) -> None:
    start = text.index(name[:4])
    assert bounds(Tagged(start, len(text), "PER"), text, frozenset()) == (start, start + len(name))


def test_two_places_side_by_side_are_two_names() -> None:
    text = "Nordkorea bat. Es hieß, dass Russland Nordkorea hilft. Russland schwieg."
    mentions = [Mention("Nordkorea", 0, 9, "LOC"), Mention("Russland Nordkorea", 29, 47, "LOC")]
    both = [*mentions, Mention("Russland", 55, 63, "LOC")]
    assert [m.text for m in complete(text, both)] == ["Nordkorea", "Russland", "Nordkorea", "Russland"]
    assert [m.text for m in complete(text[:55], mentions)] == ["Nordkorea", "Russland Nordkorea"]


def test_korean_names_have_three_syllables() -> None:
    text = "Kim Jong Un im Juni, Angela Merkel Un"
    assert bounds(Tagged(0, 8, "PER"), text, frozenset()) == (0, 11)
    assert bounds(Tagged(21, 34, "PER"), text, frozenset()) == (21, 34)


def test_an_army_is_no_name_for_being_russian() -> None:
    assert is_no_name(Tagged(4, 20, "ORG"), "der russischen Armee")
    assert not is_no_name(Tagged(4, 25, "LOC"), "der Russischen Föderation")
