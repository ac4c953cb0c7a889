"""Figures with what they count, so that two reports of one fact can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.entities.values import recognize_values
from service.segmentation.model import Sentence
from service.summarization.terms import STEM

SCALES = {"tausend": 10**3, "mio": 10**6, "million": 10**6, "mrd": 10**9, "milliarde": 10**9, "billion": 10**12}
NUMBER_WORDS = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12,
}  # fmt: skip
QUALIFIER = re.compile(
    r"(?:mehr als|weniger als|mindestens|höchstens|bis zu|rund|etwa|ungefähr|knapp|fast|über|gut|circa|ca\.)\s+$",
    re.IGNORECASE,
)
COUNTED = re.compile(r"(?:\s+[a-zäöüß]\w*(?:e|en|er|es))?\s+([A-ZÄÖÜ][\w-]+)")
COUNTED_BEFORE = re.compile(r"\b(?:Zahl|Anzahl) de[rs] ([A-ZÄÖÜ][\w-]+)\b[^,;.]*$")
NUMBER = re.compile(r"\d[\d.'’  ]*(?:,\d+)?")
UNIT = re.compile(r"(?:km/h|[A-Za-zÄÖÜäöüß%€$£°]+(?: Celsius)?)$")
CLAUSE_BREAK = re.compile(r"[,;:–]|\s(?:und|sowie|während)\s")

# What reports call alike; the first word stands for all of them.
ALIKE = (
    ("tote", "todesopfer", "todesopfern", "toten", "leichen"),
    ("menschen", "personen", "leute", "leuten"),
    ("verletzte", "verletzten", "verwundete", "verwundeten"),
    ("prozent", "%"),
    ("grad", "grad celsius", "°c"),
    ("euro", "euros", "eur", "€"),
    ("dollar", "dollars", "us-dollar", "usd", "$"),
    ("stellen", "arbeitsplätze", "arbeitsplätzen", "jobs"),
    ("soldaten", "soldatinnen", "truppen"),
)
ONE_WORD = {word: group[0] for group in ALIKE for word in group}
# Of people a clause may say more than that they are people.
FATES = (
    ("tote", re.compile(r"\b(?:starb(?:en)?|gestorben|ums Leben|getötet|tödlich|tot|umgekommen|Tod)\b")),
    ("verletzte", re.compile(r"\b(?:verletzt|verwundet)(?:en)?\b")),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """`text` with its qualifier (mehr als 10.000 Soldaten), code points in the article; `value` in plain units.

    `counted` is the word of the text, `thing` what all words for the same thing share.
    """

    text: str
    start: int
    end: int
    value: float
    counted: str
    thing: str


def figures_in(sentence: Sentence) -> tuple[Figure, ...]:
    """Sums and quantities whose worth and whose thing counted can be read; dates are none."""
    return tuple(_figures(sentence))


def _figures(sentence: Sentence) -> Iterator[Figure]:
    text = sentence.text
    for mention in recognize_values(text):
        value = None if mention.type == "DATE" else _value(mention.text)
        noun = COUNTED.match(text, mention.end)
        counted = _counted(text[: mention.start], mention.text, noun)
        if value is None or not counted:
            continue
        qualifier = QUALIFIER.search(text[: mention.start])
        start = qualifier.start() if qualifier else mention.start
        end = noun.end() if noun else mention.end
        thing = _thing(counted, text, mention.start)
        yield Figure(text[start:end], sentence.start + start, sentence.start + end, value, counted, thing)


def _counted(before: str, figure: str, noun: re.Match[str] | None) -> str:
    """The noun after the figure, its unit, or the noun of "die Zahl der Toten stieg auf"."""
    if noun:
        return noun.group(1)
    if unit := UNIT.search(figure):
        return unit.group()
    announced = COUNTED_BEFORE.search(before)
    return announced.group(1) if announced else ""


def _thing(counted: str, text: str, place: int) -> str:
    word = ONE_WORD.get(counted.lower(), counted.lower()[:STEM])
    if word != "menschen":
        return word
    breaks = [match.start() for match in CLAUSE_BREAK.finditer(text)]
    start = max((at for at in breaks if at < place), default=0)
    end = min((at for at in breaks if at > place), default=len(text))
    return next((fate for fate, said in FATES if said.search(text[start:end])), word)


def differing(ours: Sequence[Figure], theirs: Sequence[Figure]) -> Iterator[tuple[str, tuple[Figure, Figure]]]:
    """Pairs that count the same, in order, leaving out what the other side has with the same value."""
    for thing in dict.fromkeys(figure.thing for figure in ours):
        left = [figure for figure in ours if figure.thing == thing]
        right = [figure for figure in theirs if figure.thing == thing]
        known = {figure.value for figure in left} & {figure.value for figure in right}
        unlike = zip(
            *([figure for figure in side if figure.value not in known] for side in (left, right)), strict=False
        )
        yield from ((pair[0].counted, pair) for pair in unlike)


def _value(text: str) -> float | None:
    """In plain units, exactly: 8,2 Milliarden are 8.200 Millionen."""
    lowered = text.lower()
    number = NUMBER.search(lowered)
    if number:
        value = Decimal(re.sub(r"[.'’  ]", "", number.group().strip()).replace(",", "."))
    elif lowered.split()[0] in NUMBER_WORDS:
        value = Decimal(NUMBER_WORDS[lowered.split()[0]])
    else:
        return None
    scale = next((factor for word, factor in SCALES.items() if re.search(rf"(?<![a-zäöü]){word}", lowered)), 1)
    return float(value * scale)
