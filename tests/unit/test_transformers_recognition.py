"""A token classifier of the hub as the recogniser: every tag in its place, whatever the text is made of."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from service.entities.loading import load_recognizer
from service.entities.model import Mention
from service.entities.transformers_recognition import Token, TransformersRecognizer, names_of
from tests.unit.hub_sample import WINDOW, write_random_tagger, write_tagger
from tests.unit.translation_sample import LINES

TAG_OF = {
    "Wladimir": "B-PER", "Putin": "I-PER", "Olaf": "B-PER", "Scholz": "I-PER", "Angela": "B-PER", "Merkel": "I-PER",
    "Pjöngjang": "B-LOC", "München": "B-LOC", "Russland": "B-LOC", "Nato": "B-ORG", "EU": "B-ORG", "Deutsche": "B-ORG",
    "Bank": "I-ORG", "Montag": "B-DATE", "Kanzler": "B-PER", "J": "B-PER",
}  # fmt: skip


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory) -> TransformersRecognizer:
    found = load_recognizer("transformers", write_tagger(tmp_path_factory.mktemp("tagger"), TAG_OF))
    assert isinstance(found, TransformersRecognizer)
    return found


def names(recognizer: TransformersRecognizer, text: str) -> list[tuple[str, str]]:
    mentions = recognizer.recognize(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    return [(mention.text, mention.type) for mention in mentions]


def test_tags_become_names_and_dates_are_left_to_the_rules(recognizer) -> None:
    text = "Wladimir Putin kam am Montag nach Pjöngjang, die Deutsche Bank nach München."
    assert names(recognizer, text) == [
        ("Wladimir Putin", "PER"),
        ("Pjöngjang", "LOC"),
        ("Deutsche Bank", "ORG"),
        ("München", "LOC"),
    ]


def test_two_names_side_by_side_stay_two(recognizer) -> None:
    assert names(recognizer, "Olaf Scholz Angela Merkel") == [("Olaf Scholz", "PER"), ("Angela Merkel", "PER")]


def test_the_german_rules_are_those_of_the_bundled_recogniser(recognizer) -> None:
    text = "Kanzler Scholz lobt die EU-Kommission vor dem Nato-Gipfel in München. Die Scholz-Regierung wirbt."
    assert names(recognizer, text) == [
        ("Scholz", "PER"),
        ("EU-Kommission", "ORG"),
        ("Nato", "ORG"),
        ("München", "LOC"),
        ("Scholz", "PER"),
    ]


def test_initials_belong_to_the_name(recognizer) -> None:
    assert names(recognizer, "Es schrieb J. Scholz.") == [("J. Scholz", "PER")]


def test_offsets_count_code_points_of_the_text_as_it_was_given(recognizer) -> None:
    text = (
        "😀 Heute sprach Wladimir\u00a0Putin in Pjöng\u00adjang.\r\n"
        "In Mu\u0308nchen 🇩🇪 traf er „Angela Merkel“\u2028Russland."
    )
    assert names(recognizer, text) == [
        ("Wladimir\u00a0Putin", "PER"),
        ("Pjöng\u00adjang", "LOC"),
        ("Mu\u0308nchen", "LOC"),
        ("Angela Merkel", "PER"),
        ("Russland", "LOC"),
    ]


def test_no_name_runs_on_over_a_line_break(recognizer) -> None:
    assert names(recognizer, "Es sprach Wladimir\nPutin schwieg.") == [("Wladimir", "PER"), ("Putin", "PER")]


def test_a_line_longer_than_the_network_reads_at_once_is_read_to_its_end(recognizer) -> None:
    sentence = "Gestern traf Wladimir Putin in der Stadt Pjöngjang auf Olaf Scholz. "
    text = sentence * 60 + "Dann kam Angela Merkel."
    assert len(text.split()) > 10 * WINDOW
    expected = [("Wladimir Putin", "PER"), ("Pjöngjang", "LOC"), ("Olaf Scholz", "PER")] * 60
    assert names(recognizer, text) == [*expected, ("Angela Merkel", "PER")]


@pytest.mark.parametrize("before", range(0, WINDOW + 8))
def test_no_cut_goes_through_a_name(recognizer, before) -> None:
    text = "a " * before + "Wladimir Putin" + " a" * (2 * WINDOW)
    assert names(recognizer, text) == [("Wladimir Putin", "PER")]


@pytest.mark.parametrize("text", ["", " \r\n\t\u2028", "\x00\x01", "\ud83d", "😀" * 200, "a" * 30_000, ". " * 5_000])
def test_texts_without_a_name(recognizer, text) -> None:
    assert names(recognizer, text) == []


def test_callers_take_turns(recognizer) -> None:
    texts = [f"{'a ' * number}Wladimir Putin in München." for number in range(0, 60, 3)]
    found: dict[int, list[Mention]] = {}
    threads = [
        threading.Thread(target=lambda number=number: found.update({number: recognizer.recognize(texts[number])}))
        for number in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[mention.text for mention in found[number]] for number in range(len(texts))] == [
        ["Wladimir Putin", "München"]
    ] * len(texts)


@pytest.mark.parametrize("family", ["unigram", "bytes"])
def test_a_network_of_another_family_with_tags_of_its_own(tmp_path, family) -> None:
    recognizer = TransformersRecognizer(write_random_tagger(tmp_path, LINES, family))
    text = "\n".join([*LINES, " ".join(LINES), "😀 Mu\u0308nchen\u00a0liegt nicht an der Spree."])
    for name, _ in names(recognizer, text):
        assert name == name.strip(" ,„“") and "\n" not in name


@pytest.mark.parametrize(
    "tags",
    [
        ["B-PER", "I-PER", "O", "B-LOC", "B-LOC"],  # as CoNLL 2003 has it
        ["I-PER", "I-PER", "O", "I-LOC", "B-LOC"],  # inside, and begin only where two would touch
        ["B-PER", "E-PER", "O", "S-LOC", "S-LOC"],
        ["B-PER", "L-PER", "O", "U-LOC", "U-LOC"],
        ["B-person", "I-person", "O", "B-GPE", "B-GPE"],
    ],
)
def test_the_usual_schemes_of_tags(tags) -> None:
    line = "Olaf Scholz in Bonn, Köln"
    starts = [0, 5, 12, 15, 21]
    tokens = [Token(start, start + 2, tag, 1) for start, tag in zip(starts, tags, strict=True)]
    tokens.append(Token(19, 20, "O", 1))
    found = [(line[name.start : name.end], name.type) for name in names_of(line, tokens)]
    assert found == [("Olaf Scholz", "PER"), ("Bonn", "LOC"), ("Köln", "LOC")]


def test_tags_without_a_place_join_what_stands_together() -> None:
    tokens = [Token(0, 4, "PER", 1), Token(5, 11, "PER", 1), Token(12, 14, "TIME", 1), Token(15, 19, "ORGANIZATION", 1)]
    line = "Olaf Scholz um Bonn"
    assert [(line[name.start : name.end], name.type) for name in names_of(line, tokens)] == [
        ("Olaf Scholz", "PER"),
        ("Bonn", "ORG"),
    ]


def test_a_folder_that_holds_no_tagger_is_refused(tmp_path) -> None:
    with pytest.raises((OSError, ValueError)):
        load_recognizer("transformers", tmp_path)
    with pytest.raises(ValueError, match="no recogniser"):
        load_recognizer("onnx", tmp_path)


def test_the_bundled_profile_works_where_torch_is_not_installed() -> None:
    code = (
        "import sys; sys.modules['torch'] = sys.modules['transformers'] = None\n"
        "from service.loading import load_warm_parts\nfrom service.settings import Settings\n"
        "load_warm_parts(Settings())"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True)
