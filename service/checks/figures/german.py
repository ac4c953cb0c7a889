"""Reads every figure of a German sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from service.checks.figures.model import (
    Figure,
    calendar,
    clock,
    magnitude,
    number,
    number_key,
    round_number,
    scaled,
    time_key,
)
from service.checks.figures.numerals import GERMAN_CARDINALS, GERMAN_ORDINAL_STEMS
from service.checks.figures.scanning import scan, with_shared_scales
from service.checks.lexicons import figures as lexicon

_SPACE: Final = r"[ \u00a0\u202f]"
_HOURS: Final = {"eins": 1.0} | {word: value for word, value in GERMAN_CARDINALS.items() if value <= 12}
_TOKEN: Final = re.compile(
    rf"""
      (?P<halfhour>\bhalb{_SPACE}(?:{"|".join(_HOURS)})\b)
    | (?P<date>\b\d{{1,2}}\.{_SPACE}?\d{{1,2}}\.(?:{_SPACE}?\d{{2,4}}\b)?)
    | (?P<clock>\b\d{{1,2}}[.:]\d{{2}}(?={_SPACE}?(?:Uhr|h\b)))
    | (?P<hour>\b\d{{1,2}}(?={_SPACE}?Uhr))
    | (?P<colon>\b\d{{1,2}}:\d{{2}}\b(?![:,]))
    | (?P<decade>\b(?:19|20)?\d0er\b)
    | (?P<digits>\d{{1,3}}(?:[.\u00a0\u202f'’]\d{{3}})+(?!\d)(?:,\d+)?
        | \d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d.,])
        | \d+(?:[,.]\d+)?)
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE,
)
_SCALE: Final = re.compile(
    rf"(?:{_SPACE}|-)?(Tsd|Mio|Mill|Mrd|Mia|Milliarden?|Millionen|Million|Billionen|Billion|Billiarden?|Trillionen|Trillion"
    r"|[Tt]ausend|[Hh]undert)\b"
)
_UNIT: Final = re.compile(
    rf"(?:{_SPACE}|-)?(?:" + "|".join(re.escape(unit) for unit in sorted(lexicon.GERMAN_UNITS, key=len, reverse=True))
    + r")(?![a-zäöüß])", re.IGNORECASE,
)  # fmt: skip
_FRACTION: Final = re.compile(rf"{_SPACE}(Drittel|Viertel|Fünftel|Sechstel|Siebtel|Achtel|Neuntel|Zehntel)n?\b")
_FRACTIONS: Final = {
    "Drittel": 3, "Viertel": 4, "Fünftel": 5, "Sechstel": 6, "Siebtel": 7, "Achtel": 8, "Neuntel": 9, "Zehntel": 10,
}  # fmt: skip
_MOST_PARTS: Final = 99
_RANGE: Final = re.compile(rf"{_SPACE}?(?:bis|oder|und|-|–|/)(?:{_SPACE}?zu)?{_SPACE}?")
_HEAD: Final = re.compile(rf"(\w+?)(?:{'|'.join(lexicon.GERMAN_HEADS)})\w*")
_ORDINAL: Final = re.compile(r"(\w+?t)(?:e[rnsm]?|ens|(?=[a-zäöü]+ste[rnsm]?$)\w+)")
_NUMERAL_START: Final = re.compile(
    f"({'|'.join(sorted((w for w in GERMAN_CARDINALS if GERMAN_CARDINALS[w] < 13), key=len, reverse=True))})"
)
_AND_A_HALF: Final = re.compile(r"(\w*?)(?:ein|und)?einhalb\w*")
_DAY: Final = re.compile(
    "|".join(lexicon.GERMAN_WEEKDAYS)
    + "(?=(?:s?(?:abend|morgen|nachmittag|vormittag|mittag|nacht|früh|nachts|abends|s)?)$)"
)
_DAY: Final = re.compile(
    rf"({'|'.join(lexicon.GERMAN_WEEKDAYS)})(?:s|en|abends?|morgens?|nachmittags?|vormittags?|mittags?|nachts?|früh)?"
)
_MONTH: Final = re.compile(
    rf"(?:anfang|mitte|ende)?({'|'.join(lexicon.GERMAN_MONTHS)})(?:s|es|hälfte|woche|wochenende)?"
)


@lru_cache(maxsize=64)  # a sentence is checked as often as it is translated
def read_german(text: str) -> tuple[Figure, ...]:
    """Figures in the order of the text, spans in code points."""
    return with_shared_scales(text, scan(text, _TOKEN, _read), _RANGE)


def _read(text: str, match: re.Match[str]) -> Figure | None:
    if match.lastgroup == "word":  # most are
        return _read_word(text, match)
    start, end, surface = match.start(), match.end(), match.group()
    match match.lastgroup:
        case "date":
            return _date(start, end, surface)
        case "clock":
            return clock(start, end, surface, "date")
        case "colon":
            return clock(start, end, surface)
        case "halfhour":
            return calendar(start, end, *time_key(_HOURS[surface.split()[-1]], -30))
        case "hour":
            return _hour(start, end, surface)
        case "decade":
            value = float(surface[:-2])
            return number(start, end, (value, value % 100, 1900 + value), "digits")
        case _:
            return _with_scale_and_unit(text, _digits(text, start, end, surface))


def _read_word(text: str, match: re.Match[str]) -> Figure | None:
    figure = _word(match.group(), match.start() == 0)
    if figure is None:
        return None
    figure = replace(figure, start=match.start(), end=match.end())
    return figure if figure.topic != "number" else _with_scale_and_unit(text, figure)


def _digits(text: str, start: int, end: int, surface: str) -> Figure:
    values = german_values(surface)
    if re.match(r"\d{4}[/–-]$", text[max(0, start - 5) : start]) and len(surface) == 2:
        values += (2000 + values[0], 1900 + values[0])  # 2018/19
    glued = start > 0 and text[start - 1].isalpha()
    figure = number(start, end, values, "word" if glued else "digits")
    fraction = _FRACTION.match(text, end)
    return _fraction(figure, fraction) if fraction else figure


def german_values(surface: str) -> tuple[float, ...]:
    """1.650 is 1650; 3,2 is 3.2; 2.5 is foreign for 2.5, or two numbers that a dot divides."""
    compact = re.sub(r"[ \u00a0\u202f'’]", "", surface)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", compact):
        return (float(compact.replace(".", "").replace(",", ".")),)
    return (float(compact.replace(",", ".")),)


def _fraction(figure: Figure, match: re.Match[str]) -> Figure:
    if figure.mantissa is None or figure.mantissa > _MOST_PARTS:
        return figure
    value = figure.mantissa / _FRACTIONS[match.group(1)]
    return replace(figure, end=match.end(), keys=frozenset({number_key(value), number_key(round(100 * value))}))


def _with_scale_and_unit(text: str, figure: Figure) -> Figure:
    fraction = _FRACTION.match(text, figure.end) if figure.certainty == "word" else None
    if fraction:
        return _fraction(figure, fraction)
    scale = _SCALE.match(text, figure.end)
    if scale:
        figure = scaled(figure, lexicon.GERMAN_SCALES[scale.group(1).lower()], scale.end())
    unit = _UNIT.match(text, figure.end)
    if unit:
        return replace(figure, unit=lexicon.GERMAN_UNITS[unit.group().strip(" \u00a0\u202f-").lower()])
    return figure


def _date(start: int, end: int, surface: str) -> Figure:
    """04.05.2018: day and month may stand in either order on the English side, or the month as a word."""
    numbers = [int(part) for part in re.findall(r"\d+", surface)]
    if numbers[1] > 12 or numbers[0] > 31:
        return Figure(
            start, end, frozenset(), "digits", parts=tuple(number(start, end, (float(n),), "word") for n in numbers)
        )
    parts = [
        Figure(start, end, frozenset({number_key(numbers[0])}), "digits", topic="date"),
        Figure(start, end, frozenset({number_key(numbers[1]), ("month", float(numbers[1]))}), "digits", topic="date"),
    ]
    if len(numbers) == 3:
        year = numbers[2]
        years = {number_key(year), number_key(year % 100), number_key(2000 + year % 100)}
        parts.append(Figure(start, end, frozenset(years), "digits", topic="date"))
    return Figure(start, end, frozenset(), "digits", topic="date", parts=tuple(parts))


def _hour(start: int, end: int, surface: str) -> Figure:
    hour = int(surface)
    keys = frozenset({time_key(hour, 0), number_key(hour)})
    return Figure(start, end, keys, "digits", topic="date")


@lru_cache(maxsize=8192)
def _word(surface: str, initial: bool) -> Figure | None:
    """The figure that one word stands for, at a place to be filled in by the caller."""
    word, noun = surface.lower(), surface[0].isupper()
    if noun or word.endswith("s"):
        day = _DAY.fullmatch(word)
        if day:
            return calendar(0, 0, "weekday", lexicon.GERMAN_WEEKDAYS[day.group(1)])
        compound = _DAY.match(word)
        if compound:  # Sonntagsfrage, Freitagsausgabe
            figure = calendar(0, 0, "weekday", lexicon.GERMAN_WEEKDAYS[compound.group(1)])
            return replace(figure, certainty="soft")
        month = _MONTH.fullmatch(word)
        if month:
            return calendar(0, 0, "month", lexicon.GERMAN_MONTHS[month.group(1)])
    if word in lexicon.GERMAN_ROUND:
        return round_number(0, 0, lexicon.GERMAN_ROUND[word])
    if word in lexicon.GERMAN_SOFT:
        return number(0, 0, lexicon.GERMAN_SOFT[word], "soft")
    figure = _cardinal(word)
    if figure and noun and not initial and german_cardinal(word) is not None:
        return replace(figure, certainty="soft")  # die Elf is a team, außer Acht no number
    return figure or _bare_scale(word) or _ordinal(word) or _compound(word)


def _cardinal(word: str) -> Figure | None:
    value = german_cardinal(word)
    if value is not None:
        return number(0, 0, (value,), "word")
    head = _HEAD.fullmatch(word)
    value = german_cardinal(head.group(1)) if head else None
    if value is not None:
        return number(0, 0, (value,), "word")
    half = _AND_A_HALF.fullmatch(word)
    if half or word.startswith("anderthalb"):
        whole = (german_cardinal(half.group(1)) or 1.0) if half else 1.0
        return number(0, 0, (whole + 0.5,), "word")
    return None


def german_cardinal(word: str) -> float | None:
    """zwei, dreiundzwanzig, zweitausendfünfhundert; None for anything else, and for ein."""
    if word in GERMAN_CARDINALS:
        return GERMAN_CARDINALS[word]
    thousands, found, rest = word.partition("tausend")
    if not found:
        return None
    factor = 1.0 if thousands in ("", "ein") else GERMAN_CARDINALS.get(thousands)
    remainder = 0.0 if not rest else GERMAN_CARDINALS.get(rest)
    return None if factor is None or remainder is None else factor * 1000 + remainder


def _bare_scale(word: str) -> Figure | None:
    for stem, powers in lexicon.GERMAN_BARE_SCALES.items():
        if word.startswith(stem):
            return magnitude(0, 0, powers, "soft" if word.endswith(lexicon.GERMAN_LOOSE_SCALE_HEADS) else "word")
    return None


def _ordinal(word: str) -> Figure | None:
    match = _ORDINAL.fullmatch(word)
    value = None
    if match:
        value = GERMAN_ORDINAL_STEMS.get(match.group(1))
    return number(0, 0, (value,), "ordinal") if value is not None else None


def _compound(word: str) -> Figure | None:
    """Zweirad, dreidimensional, Neuner-Mannschaft: the number may or may not be spelled out in English."""
    match = _NUMERAL_START.match(word)
    return number(0, 0, (GERMAN_CARDINALS[match.group(1)],), "soft") if match else None
