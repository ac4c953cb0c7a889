"""What the tagger is told of each word, and which pieces a word is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from service.entities.encoder_recognition import best_paths, sentences
from service.entities.word_features import (
    CAPITALISED,
    CLASSES,
    SHAPES,
    TAGGED_WORD,
    WordTypes,
    class_number,
    first_and_last_pieces,
    read_classes,
    shape,
    word_row,
    write_classes,
)

CLASSES_OF_WORDS = {"Merkel": "S", "Angela": "F", "Berlin": "fP", "Nato": "O"}


def test_a_compound_is_several_words() -> None:
    assert TAGGED_WORD.findall("Die Scholz-Regierung (2,5 %)") == [
        "Die", "Scholz", "-", "Regierung", "(", "2", ",", "5", "%", ")",
    ]  # fmt: skip


def test_words_written_alike_share_a_shape() -> None:
    assert shape("Merkel") == shape("Berlin") != shape("merkel")
    assert shape("USA") == shape("ÖRF") != shape("BERLIN")
    words = ["7", ".", ",", "-", "„", "%", "G7", "er", "X", "UN", "NACHT", "Er", "iPad"]
    assert sorted(map(shape, words)) == list(range(CAPITALISED + 2))


def test_a_capitalised_word_may_be_a_common_noun() -> None:
    types = WordTypes({"Verband": "N", "Straße": "M", "Laut": "A", "Frauen": "N", "Essen": "PN"})
    words = ["Siemens", "Verband", "Laut", "Frauenverband", "Schulstraße", "Verbandsfrauen", "Essen"]
    assert [types.type_of(word) // CLASSES for word in words] == [11, 13, 14, 15, 16, 15, 13]
    assert types.type_of("verband") // CLASSES == shape("verband")
    assert types.type_of("Essen") % CLASSES == class_number("P")
    assert types.type_of("Verband") < types.type_of("Schulstraße") < SHAPES * CLASSES


def test_a_class_is_found_for_genitives_and_capitals() -> None:
    types = WordTypes(CLASSES_OF_WORDS)
    assert types.type_of("Merkels") % CLASSES == class_number("S")
    assert types.type_of("MERKEL") % CLASSES == class_number("S")
    assert types.type_of("Berlin") % CLASSES == class_number("fP")
    assert types.type_of("Haus") % CLASSES == 0


def test_classes_are_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "classes.gz"
    write_classes(path, CLASSES_OF_WORDS)
    assert read_classes(path) == CLASSES_OF_WORDS


def test_a_word_has_the_pieces_of_its_first_and_last_character() -> None:
    # "Nato-Gipfel ." as ▁Na to - Gip fel ▁ .
    ends = np.array([2, 4, 5, 8, 11, 12, 13])
    starts, word_ends = np.array([0, 4, 5, 12]), np.array([4, 5, 11, 13])
    first, last = first_and_last_pieces(ends, starts, word_ends)
    assert first.tolist() == [0, 2, 3, 6]
    assert last.tolist() == [1, 2, 4, 6]


def test_row_zero_is_no_words() -> None:
    assert all(0 < word_row(word, 10) < 10 for word in ("Merkel", "😀", "\ud83d", "x" * 1000))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Putin kam. Er ging. „Nie“, rief er.", ["Putin kam. ", "Er ging. ", "„Nie“, rief er."]),
        ("Er sagte: „Nein.“ Dann ging er.", ["Er sagte: „Nein.“ ", "Dann ging er."]),
        ("Dr. Müller und J. K. Rowling in St. Pauli", ["Dr. Müller und J. K. Rowling in St. Pauli"]),
        ("", []),
    ],
)
def test_a_line_is_read_sentence_by_sentence(line: str, expected: list[str]) -> None:
    assert [line[start:end] for start, end in sentences(line)] == expected


def test_the_best_path_keeps_to_the_possible_transitions() -> None:
    # Tags 0 and 1; 1 may not follow 0, nor open.
    start, transitions = np.array([0.0, -1e4]), np.array([[0.0, -1e4], [0.0, 0.0]])
    scores = [np.array([[0.0, 5.0], [0.0, 5.0]]), np.array([[1.0, 0.0]])]
    assert best_paths(scores, start, transitions) == [[0, 0], [0]]
