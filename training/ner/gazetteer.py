"""Compiles the name lists into word classes: what kinds of names a word has been seen in.

The classes become the NORM of the word in the pipeline (spaCy's `lexeme_norm` table), so the model reads them as one
more feature and nothing of ours is needed to load it. A class holds, in this order, any of
F/f (given name, often/rarely), S/s (surname, often/rarely), P/p (a place alone / part of a place), O/o (organisation).
Lists made from the training sentences themselves would be trusted too much; these come from elsewhere.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokenizer import Tokenizer

PLACE_LISTS = ("cldr/names.tsv", "eu-vocab/countries.tsv", "naturalearth-cities/names.tsv")
ORGANISATION_LISTS = ("supraverden-orgs/names.tsv", "openfootball-clubs/names.tsv")
SURNAME_LISTS = ("ru-names-translit/names.tsv",)
PERSON_LISTS = ("dewiki-persons-deonly/names.txt",)
LICENCES = {
    "cldr": "Unicode License v3",
    "eu-vocab": "CC BY 4.0",
    "naturalearth-cities": "public domain",
    "supraverden-orgs": "CC BY-SA 4.0",
    "openfootball-clubs": "CC0",
    "ru-names-translit": "CC0",
    "dewiki-persons-deonly": "titles of German Wikipedia (CC BY-SA 4.0)",
}
# Seen this often in the person list, a word is a usual given name or surname.
OFTEN = 3


def _column(names: Path, lists: Iterable[str], language: str) -> Iterator[str]:
    column = 0 if language == "de" else 1
    for path in lists:
        with (names / path).open(encoding="utf-8") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row[min(column, len(row) - 1)]


def _is_name_word(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _whole_and_part(names: Iterable[str], tokenizer: Tokenizer) -> tuple[set[str], set[str]]:
    whole: set[str] = set()
    part: set[str] = set()
    for name in names:
        words = [word for word in (token.text for token in tokenizer(name)) if _is_name_word(word)]
        (whole if len(words) == 1 and words[0] == name else part).update(words)
    return whole, part


def word_classes(names: Path, language: str, tokenizer: Tokenizer) -> dict[str, str]:
    """Every word of the lists with its class. `names`: the folder of the lists."""
    given, family = Counter[str](), Counter[str]()
    for person in _column(names, PERSON_LISTS, "de"):
        words = [token.text for token in tokenizer(person)]
        given.update(words[:-1])
        family.update(words[-1:])
    family.update(_column(names, SURNAME_LISTS, language))
    classes: dict[str, str] = defaultdict(str)
    for letter, counts in (("F", given), ("S", family)):
        for word, count in counts.items():
            classes[word] += letter if count >= OFTEN else letter.lower()
    for letter, lists in (("P", PLACE_LISTS), ("O", ORGANISATION_LISTS)):
        whole, part = _whole_and_part(_column(names, lists, language), tokenizer)
        for word in whole | part:
            classes[word] += letter if word in whole else letter.lower()
    return {word: f"<{classes[word]}>" for word in classes if _is_name_word(word)}
