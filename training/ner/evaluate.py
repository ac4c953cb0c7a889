"""Strict span scores of a recogniser on annotated sentences: a name counts if both its ends and its type are right.

The recogniser reads the sentence as text, as the service would give it. A name found inside a longer gold token
(`Scholz` in `Scholz-Regierung`) is left out: the corpora label no parts of words, our annotation rules do.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.entities.base import Recognizer
from service.entities.loading import load_recognizer_in
from training.ner.conll import Sentence, read_conll

TypedSpan = tuple[int, int, str]  # code points in the joined words, half-open, and the type
SpanFinder = Callable[[list[str]], list[list[TypedSpan]]]
SCORED = ("PER", "LOC", "ORG")


@dataclass
class Scores:
    """True positives, false positives and false negatives by type."""

    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def count(self, gold: set[TypedSpan], predicted: set[TypedSpan]) -> None:
        self.found.update(label for _, _, label in gold & predicted)
        self.false.update(label for _, _, label in predicted - gold)
        self.missed.update(label for _, _, label in gold - predicted)

    def precision_recall_f1(self, types: Iterable[str] = SCORED) -> tuple[float, float, float]:
        found, false, missed = (
            sum(counts[label] for label in types) for counts in (self.found, self.false, self.missed)
        )
        precision = found / (found + false) if found + false else 0.0
        recall = found / (found + missed) if found + missed else 0.0
        return precision, recall, 2 * found / (2 * found + false + missed) if found else 0.0

    def row(self) -> str:
        """`P R F1` over the three types, then F1 by type and of MISC, in percent."""
        micro = " ".join(f"{100 * value:5.1f}" for value in self.precision_recall_f1())
        by_type = " ".join(f"{label} {100 * self.precision_recall_f1([label])[2]:.1f}" for label in (*SCORED, "MISC"))
        return f"P R F1 {micro}   {by_type}"


def word_offsets(words: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each word in the words joined by single spaces."""
    offsets, start = [], 0
    for word in words:
        offsets.append((start, start + len(word)))
        start += len(word) + 1
    return offsets


def gold_spans(sentence: Sentence) -> set[TypedSpan]:
    spans: list[TypedSpan] = []
    for (start, end), tag in zip(word_offsets(sentence.words), sentence.tags, strict=True):
        if tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        elif tag != "O":
            spans.append((start, end, tag[2:]))
    return set(spans)


def score(sentences: Sequence[Sentence], find: SpanFinder) -> Scores:
    scores = Scores()
    texts = [" ".join(sentence.words) for sentence in sentences]
    for sentence, spans in zip(sentences, find(texts), strict=True):
        starts, ends = (set(side) for side in zip(*word_offsets(sentence.words), strict=True))
        predicted = {span for span in spans if span[0] in starts and span[1] in ends}
        scores.count(gold_spans(sentence), predicted)
    return scores


def recognizer_spans(recognizer: Recognizer) -> SpanFinder:
    """The recogniser as `score` calls it."""

    def find(texts: list[str]) -> list[list[TypedSpan]]:
        return [[(m.start, m.end, m.type) for m in mentions] for mentions in recognizer.recognize_many(texts)]

    return find


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("conll", type=Path, nargs="+")
    arguments = parser.parse_args()
    find = recognizer_spans(load_recognizer_in(arguments.model))
    for path in arguments.conll:
        print(f"{path.parent.name}/{path.stem:6} {score(list(read_conll(path)), find).row()}")


if __name__ == "__main__":
    main()
