"""Collects the running text that the word vectors are trained on: one tokenised sentence a line.

Only corpora whose licence lets a trained model be shipped; evaluation and test parts are never read.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from training.ner.conll import NER_CORPORA, read_conll
from training.ner.tokenizer import blank_pipeline

# Tier C is software documentation and tier D is lower-cased: neither teaches what newspaper names look like.
TIERS = {"A", "B"}
# News, Wikipedia and parliament: of these at most so many lines are labelled by taggers (`tagger.label`).
LABELLED = {
    "newsdev08-18": 30_000,
    "wikinews": 11_000,
    "wmt-mix-demo": 9_000,
    "mlqe-pe-wiki": 9_000,
    "mt-geneval-wiki": 4_700,
    "xquad": 2_200,
    "pud": 1_000,
    "europarl-natural": 5_000,
}
LABELLED_TOO = "sentences/ud-german-gsd/train-detok.sents.txt"


def parallel_names(corpora: Path) -> list[str]:
    """The parallel corpora that may be used, as `parallel/manifest.tsv` states it."""
    with (corpora / "parallel" / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["name"] for row in rows if row["ship"] == "yes" and row["tier"] in TIERS]


def parallel_lines(corpora: Path, language: str) -> Iterator[str]:
    for name in parallel_names(corpora):
        with lzma.open(corpora / "parallel" / f"{name}.{language}.xz", "rt", encoding="utf-8") as lines:
            yield from lines


def sentence_lines(corpora: Path) -> Iterator[str]:
    """German only: the training parts of the segmentation corpora and the Wikinews articles."""
    for name in ("ud-german-gsd/train-detok.sents.txt", "wikinews-de/train.sents.txt"):
        with (corpora / "sentences" / name).open(encoding="utf-8") as lines:
            yield from lines
    with (corpora / "summaries/wikinews-de/train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield from json.loads(line)["text"].splitlines()


def name_corpus_lines(corpora: Path, language: str) -> Iterator[str]:
    for corpus in NER_CORPORA[language]:
        for path in corpus.train_paths(corpora):
            for sentence in read_conll(path):
                yield " ".join(sentence.words)


def running_text(corpora: Path, language: str) -> Iterator[str]:
    yield from parallel_lines(corpora, language)
    if language == "de":
        yield from sentence_lines(corpora)
    yield from name_corpus_lines(corpora, language)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--language", choices=("de", "en"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    tokenizer = blank_pipeline(arguments.language).tokenizer
    seen: set[str] = set()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with arguments.out.open("w", encoding="utf-8") as out:
        for line in running_text(arguments.corpora, arguments.language):
            text = " ".join(token.text for token in tokenizer(line.strip()) if not token.is_space)
            if text and text not in seen:
                seen.add(text)
                out.write(text + "\n")


if __name__ == "__main__":
    main()
