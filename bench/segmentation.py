"""Sentence boundary F1 of our splitter beside spaCy's and pysbd's, on held-out German text.

    python -m bench.segmentation --corpora ../shared/corpora [--errors] [--split dev]

A boundary is the end of a sentence inside a document; the end of the document is not counted, nobody can miss it.
F1 is given twice: over all boundaries of the gold, and over those at an end mark (`.`, `!`, `?`, `…`) inside a line.
The gold of wikinews-de is automatic: it also splits at colons and semicolons, which our annotation rules forbid, and
joins paragraphs now and then; the second figure leaves these out, for every splitter alike.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from service.article.plain import read_text
from service.segmentation.german import segment

Splitter = Callable[[str], list[int]]
SETS = ("ud-german-gsd", "wikinews-de")
_END_MARK = re.compile(r"[.!?…][\"'“”»«‘’›‹)\]]*$")


@dataclass(frozen=True, slots=True)
class Document:
    text: str
    ends: frozenset[int]


Chooser = Callable[[Document, Iterable[int]], set[int]]


def read(path: Path) -> list[Document]:
    """Documents with the ends of their sentences, in code points."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Document(row["text"], frozenset(len(row["text"][:end].rstrip()) for end in row["ends"])) for row in rows]


def ours(text: str) -> list[int]:
    return [sentence.end for sentence in segment(read_text(text))]


def spacy_sentencizer() -> Splitter:
    import spacy

    pipeline = spacy.blank("de")
    pipeline.add_pipe("sentencizer")
    return lambda text: [len(text[: sentence.end_char].rstrip()) for sentence in pipeline(text).sents]


def pysbd_splitter() -> Splitter | None:
    try:
        import pysbd
    except ImportError:
        return None
    segmenter = pysbd.Segmenter(language="de", clean=False, char_span=True)
    return lambda text: [len(text[: span.end].rstrip()) for span in segmenter.segment(text)]


def inner(document: Document, ends: Iterable[int]) -> set[int]:
    """The boundaries without the end of the document."""
    return set(ends) - {len(document.text.rstrip())}


def at_end_mark(document: Document, ends: Iterable[int]) -> set[int]:
    """The inner boundaries that an end mark makes, and not the end of a line."""
    text = document.text
    return {end for end in inner(document, ends) if _END_MARK.search(text, max(0, end - 8), end) and text[end] != "\n"}


def f1(documents: list[Document], predictions: list[list[int]], chosen: Chooser) -> str:
    """Precision, recall and F1 of the chosen boundaries, micro-averaged."""
    right = found = wanted = 0
    for document, ends in zip(documents, predictions, strict=True):
        predicted, gold = chosen(document, ends), chosen(document, document.ends)
        right += len(predicted & gold)
        found += len(predicted)
        wanted += len(gold)
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return f"P {precision:.4f} R {recall:.4f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.4f}"


def golden(path: Path) -> tuple[int, int]:
    """How many of the pragmatic segmenter's German rules hold, white space aside."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    passed = 0
    for row in rows:
        found = [" ".join(sentence.text.split()) for sentence in segment(read_text(row["text"]))]
        passed += found == row["sentences"]
        if found != row["sentences"]:
            print("golden", row["id"], *found, sep="\n    ")
    return passed, len(rows)


def print_errors(documents: Iterable[Document], split: Splitter) -> None:
    """One line an error: `+` where we split and should not, `-` where we should have."""
    for document in documents:
        predicted = set(split(document.text)) - {len(document.text.rstrip())}
        for end in sorted(predicted ^ document.ends - {len(document.text.rstrip())}):
            sign = "+" if end in predicted else "-"
            print(
                sign, repr(document.text[max(0, end - 45) : end])[1:-1], "|", repr(document.text[end : end + 35])[1:-1]
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--split", choices=("train", "dev", "test"))
    parser.add_argument("--errors", action="store_true", help="print every wrong boundary of ours and stop")
    arguments = parser.parse_args()
    sentences = arguments.corpora / "sentences"
    passed, total = golden(sentences / "pragmatic-golden-de" / "test.jsonl")
    print(f"pragmatic-golden-de: {passed} of {total}")
    splitters = {"presseschau": ours, "spacy sentencizer": spacy_sentencizer(), "pysbd": pysbd_splitter()}
    for name in SETS:
        for split in (arguments.split,) if arguments.split else ("dev", "test"):
            paths = [path for path in (sentences / name).glob(f"{split}*.jsonl")]
            documents = read(paths[0])
            if arguments.errors:
                print_errors(documents, ours)
                continue
            for label, splitter in splitters.items():
                if splitter:
                    started = time.perf_counter()
                    predictions = [splitter(document.text) for document in documents]
                    elapsed = time.perf_counter() - started
                    print(f"{name:13} {split:5} {label:18} all: {f1(documents, predictions, inner)}", end="   ")
                    print(f"at end marks: {f1(documents, predictions, at_end_mark)} {elapsed:6.2f} s")


if __name__ == "__main__":
    main()
