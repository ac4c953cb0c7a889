"""Compiles the name lists into word classes: what kinds of names a word has been seen in.

They are one more feature of a word: in a spaCy pipeline its NORM, in our tagger a part of its type. A class holds, in
this order, any of F/f (given name, often/rarely), S/s (surname, often/rarely), P/p (a place alone / part of a place),
O/o (organisation).
Lists made from the training sentences themselves would be trusted too much; these come from elsewhere.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from training.ner.conll import entity_ranges, read_conll

Cut = Callable[[str], list[str]]  # a name into its words

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
# Gold sentences, and silver ones whose names are worth a look.
SILVER = {
    "de": ("germeval14/train.conll", "wikiann-de/train.conll"),
    "en": ("crossner-politics-en/train.conll", "wikiann-en/train.conll"),
}
# Seen this often in the person list, a word is a usual given name or surname.
OFTEN = 3


def names_in(names: Path, lists: Iterable[str], language: str) -> Iterator[str]:
    """The names of the lists in one language. `names`: the folder of the lists."""
    column = 0 if language == "de" else 1
    for path in lists:
        with (names / path).open(encoding="utf-8") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row[min(column, len(row) - 1)]


def _is_name_word(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _whole_and_part(names: Iterable[str], cut: Cut) -> tuple[set[str], set[str]]:
    whole: set[str] = set()
    part: set[str] = set()
    for name in names:
        words = [word for word in cut(name) if _is_name_word(word)]
        (whole if len(words) == 1 and words[0] == name else part).update(words)
    return whole, part


def silver_names(corpora: Path, language: str) -> dict[str, set[str]]:
    """Names that Wikipedia links (WikiANN) mark: full names of people, places and organisations of one word.

    A word that the gold sentences have as no name is left out: WikiANN is noisy.
    """
    gold, silver = SILVER[language]
    common = {
        word
        for sentence in read_conll(corpora / gold)
        for word, tag in zip(sentence.words, sentence.tags, strict=True)
        if tag == "O"
    }
    names: dict[str, set[str]] = {"PER": set(), "LOC": set(), "ORG": set()}
    for sentence in read_conll(corpora / silver):
        for start, end, label in entity_ranges(sentence.tags):
            words = sentence.words[start:end]
            if (label == "PER") == (len(words) > 1) and not common & set(words):
                names[label].add(" ".join(words))
    return names


def word_classes(names: Path, language: str, cut: Cut) -> dict[str, str]:
    """Every word of the lists with its class. `names`: the folder of the lists."""
    silver = silver_names(names.parent / "ner", language)
    given, family = Counter[str](), Counter[str]()
    for person in [*names_in(names, PERSON_LISTS, "de"), *silver["PER"]]:
        words = cut(person)
        given.update(words[:-1])
        family.update(words[-1:])
    family.update(names_in(names, SURNAME_LISTS, language))
    classes: dict[str, str] = defaultdict(str)
    for letter, counts in (("F", given), ("S", family)):
        for word, count in counts.items():
            classes[word] += letter if count >= OFTEN else letter.lower()
    for letter, label, lists in (("P", "LOC", PLACE_LISTS), ("O", "ORG", ORGANISATION_LISTS)):
        whole, part = _whole_and_part(names_in(names, lists, language), cut)
        whole |= silver[label]
        for word in whole | part:
            classes[word] += letter if word in whole else letter.lower()
    return {word: f"<{classes[word]}>" for word in classes if _is_name_word(word)}
