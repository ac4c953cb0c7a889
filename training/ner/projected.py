"""Gold names of GermEval sentences carried over to their English translations: English training sentences.

A name is found again if it is spelled alike, apart from the genitive -s, or if the name lists know its English form.
What stays open: capitalised words of a sentence in which some name was not found.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

from spacy.tokenizer import Tokenizer

from training.ner.conll import Sentence, read_conll
from training.ner.gazetteer import ORGANISATION_LISTS, PLACE_LISTS
from training.ner.tokenizer import blank_pipeline

CORPUS = "germeval14-translated"


def english_forms(names: Path) -> dict[str, str]:
    forms: dict[str, str] = {}
    for path in (*PLACE_LISTS, *ORGANISATION_LISTS):
        with (names / path).open(encoding="utf-8") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                forms.setdefault(row[0], row[1])
    return forms


def entities(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Name and type of every entity."""
    words: list[str] = []
    label = ""
    for word, tag in [*zip(sentence.words, sentence.tags, strict=True), ("", "O")]:
        if words and not tag.startswith("I-"):
            yield " ".join(words), label
            words = []
        if tag.startswith("B-"):
            label = tag[2:]
        if tag != "O":
            words.append(word)


def candidates(name: str, forms: dict[str, str]) -> list[str]:
    """Ways the German name may be spelled in English, the likeliest first."""
    bare = name.removesuffix("s")
    return [form for form in (forms.get(name), name, forms.get(bare), bare) if form]


def positions(words: list[str], part: list[str]) -> list[int]:
    return [start for start in range(len(words) - len(part) + 1) if words[start : start + len(part)] == part]


def project(sentence: Sentence, english: str, forms: dict[str, str], tokenizer: Tokenizer) -> Sentence:
    words = [token.text for token in tokenizer(english) if not token.is_space]
    tags = ["O"] * len(words)
    lost = False
    for name, label in sorted(entities(sentence), key=lambda entity: -len(entity[0])):
        for form in candidates(name, forms):
            part = [token.text for token in tokenizer(form)]
            starts = positions(words, part)
            if starts:
                break
        lost = lost or not starts
        for start in starts:
            if all(tag == "O" for tag in tags[start : start + len(part)]):
                tags[start : start + len(part)] = [f"B-{label}", *[f"I-{label}"] * (len(part) - 1)]
    if lost:
        tags = ["-" if tag == "O" and word[0].isupper() else tag for word, tag in zip(words, tags, strict=True)]
    return Sentence(tuple(words), tuple(tags))


def projected_sentences(corpora: Path) -> list[Sentence]:
    """The translated sentences with the names of their originals."""
    folder = corpora / "parallel"
    gold = list(read_conll(corpora / "ner/germeval14/train.conll"))
    forms = english_forms(corpora / "names")
    tokenizer = blank_pipeline("en").tokenizer
    indices = [int(line) for line in (folder / f"{CORPUS}.ids").read_text().split()]
    with lzma.open(folder / f"{CORPUS}.en.xz", "rt", encoding="utf-8") as lines:
        return [
            project(gold[index], line.strip(), forms, tokenizer) for index, line in zip(indices, lines, strict=True)
        ]
