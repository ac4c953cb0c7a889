"""Figures with what they count, so that two reports of one fact can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.entities.values import recognize_values
from service.segmentation.model import Sentence
from service.summarization.terms import STEM

SCALES = {"tausend": 1e3, "mio": 1e6, "million": 1e6, "mrd": 1e9, "milliarde": 1e9, "billion": 1e12}
NUMBER_WORDS = {
    "zwei": 2.0, "drei": 3.0, "vier": 4.0, "fünf": 5.0, "sechs": 6.0, "sieben": 7.0, "acht": 8.0, "neun": 9.0,
    "zehn": 10.0, "elf": 11.0, "zwölf": 12.0,
}  # fmt: skip
QUALIFIER = re.compile(
    r"(?:mehr als|weniger als|mindestens|höchstens|bis zu|rund|etwa|ungefähr|knapp|fast|über|gut|circa|ca\.)\s+$",
    re.IGNORECASE,
)
COUNTED = re.compile(r"(?:\s+[a-zäöüß]\w*(?:e|en|er|es))?\s+([A-ZÄÖÜ][\w-]+)")
NUMBER = re.compile(r"\d[\d.'’  ]*(?:,\d+)?")
UNIT = re.compile(r"[A-Za-zÄÖÜäöüß%€$£]+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """`text` with its qualifier (mehr als 10.000 Soldaten), code points in the article; `value` in plain units."""

    text: str
    start: int
    end: int
    value: float
    counted: str


def figures_in(sentence: Sentence) -> tuple[Figure, ...]:
    """Sums and quantities whose worth and whose thing counted can be read; dates are none."""
    return tuple(_figures(sentence))


def _figures(sentence: Sentence) -> Iterator[Figure]:
    text = sentence.text
    for mention in recognize_values(text):
        value = None if mention.type == "DATE" else _value(mention.text)
        noun = COUNTED.match(text, mention.end)
        unit = UNIT.search(mention.text)
        counted = noun.group(1) if noun else unit.group() if unit else ""
        if value is None or not counted:
            continue
        qualifier = QUALIFIER.search(text[: mention.start])
        start = qualifier.start() if qualifier else mention.start
        end = noun.end() if noun else mention.end
        yield Figure(text[start:end], sentence.start + start, sentence.start + end, value, counted)


def differing(ours: Sequence[Figure], theirs: Sequence[Figure]) -> Iterator[tuple[str, tuple[Figure, Figure]]]:
    """Pairs that count the same, where neither side has the other's value anywhere."""
    for figure in ours:
        same = [other for other in theirs if _stem(other.counted) == _stem(figure.counted)]
        if same and all(other.value != figure.value for other in same):
            yield figure.counted, (figure, same[0])


def _stem(noun: str) -> str:
    return noun.lower()[:STEM]


def _value(text: str) -> float | None:
    lowered = text.lower()
    number = NUMBER.search(lowered)
    if number:
        value = float(re.sub(r"[.'’  ]", "", number.group().strip()).replace(",", "."))
    elif lowered.split()[0] in NUMBER_WORDS:
        value = NUMBER_WORDS[lowered.split()[0]]
    else:
        return None
    scale = next((factor for word, factor in SCALES.items() if re.search(rf"(?<![a-zäöü]){word}", lowered)), 1.0)
    return value * scale
