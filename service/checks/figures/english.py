"""Reads every figure of an English sentence."""

from __future__ import annotations

import re
from dataclasses import replace
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
from service.checks.figures.numerals import ENGLISH_CARDINALS, ENGLISH_ORDINALS
from service.checks.figures.scanning import scan, with_shared_scales
from service.checks.lexicons import figures as lexicon

_SPACE: Final = r"[ \u00a0\u202f]"
_HALF_OF_DAY: Final = rf"{_SPACE}?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|o['’]clock)"
_TOKEN: Final = re.compile(
    rf"""
      (?P<date>(?<![\d.]/)\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b
        | (?<![\d.])\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}(?![.\d])
        | \b\d{{4}}-\d{{2}}-\d{{2}}\b)
    | (?P<clock>\b\d{{1,2}}[.:]\d{{2}}(?={_HALF_OF_DAY}|{_SPACE}?(?:hrs|hours|h)\b))
    | (?P<hour>\b\d{{1,2}}(?={_HALF_OF_DAY}))
    | (?P<colon>\b\d{{1,2}}:\d{{2}}\b(?![:.,]\d))
    | (?P<decade>['’]?\b(?:19|20)?\d0['’]?s\b)
    | (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?
        | \d{{1,3}}(?:[\u00a0\u202f]\d{{3}})+(?!\d)
        | \d+(?:\.\d+)?
        | (?<![\w.)])\.\d+)
    | (?P<word>[A-Za-z]+)
    """,
    re.VERBOSE,
)
_DOTTED_TIME: Final = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_DECIMAL_COMMA: Final = re.compile(r",(\d{1,2})(?![\d,])")
_SCALE: Final = re.compile(
    rf"(?:{_SPACE}|-)?(?:and{_SPACE}a{_SPACE}half{_SPACE})?"
    r"(hundred|thousand|million|billion|trillion|quadrillion|quintillion)\b"
    r"|(?:[ \u00a0\u202f]|-)?(mln|mn|m|bln|bn|b|trn|tn|k)\b(?!['’.]\w)",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(
    rf"(?:{_SPACE}|-)?(?:" + "|".join(re.escape(unit) for unit in sorted(lexicon.ENGLISH_UNITS, key=len, reverse=True))
    + r")(?![a-z])", re.IGNORECASE,
)  # fmt: skip
_CURRENCY_BEFORE: Final = re.compile(r"(?:€|\$|£|EUR|USD|GBP)[ \u00a0]?$")
_CURRENCIES: Final = {"€": "EUR", "$": "USD", "£": "GBP", "EUR": "EUR", "USD": "USD", "GBP": "GBP"}
_RANGE: Final = re.compile(rf"{_SPACE}?(?:to|or|and|-|–|/){_SPACE}?")
_JOIN: Final = re.compile(rf"(?:{_SPACE}(?:and{_SPACE})?|-(?:and-)?)([A-Za-z]+)")
_AND_A_HALF: Final = re.compile(rf"(?:{_SPACE}|-)and(?:{_SPACE}|-)a(?:{_SPACE}|-)half\b")
_OVER: Final = re.compile(rf"(?:{_SPACE}|-)(thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b")
_OVERS: Final = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_HALF_SCALE: Final = re.compile(rf"(?:{_SPACE}|-)(?:a(?:{_SPACE}|-))?(million|billion|trillion|thousand)\b")
_HALF_PAST: Final = re.compile(rf"{_SPACE}past{_SPACE}(\w+)")
_TENS: Final = {f"{word.rstrip('y')}ies": value * 10 for value, word in lexicon.ENGLISH_TENS.items()}
_TEAM: Final = re.compile(r"\b(?:starting|first) eleven$", re.IGNORECASE)  # the "Startelf", the "Anfangsformation"
_BEFORE_MAY: Final = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:after|and|around|before|by|during|early|end|every|for|from|in|last|late|mid|next|of|or|since"
    r"|this|through|till|to|until))\.?[ -]$|[,–-] ?$",
    re.IGNORECASE,
)
_AFTER_MONTH: Final = re.compile(r"[ ](?:\d|is|was|and|to)")
_SCALE_WORDS: Final = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}
# Every word that a figure may begin with, in lower case, and the beginnings of others: most words are none of them.
_FIRST_WORDS: Final = frozenset({
    *map(str.lower, lexicon.ENGLISH_MONTHS),
    *lexicon.ENGLISH_WEEKDAYS, *(f"{day}s" for day in lexicon.ENGLISH_WEEKDAYS),
    *ENGLISH_CARDINALS, *ENGLISH_ORDINALS, *_TENS, *lexicon.ENGLISH_SOFT, *lexicon.ENGLISH_ROUND,
    *lexicon.ENGLISH_PLURAL_SCALES, "a", "an", "one", "half",
})  # fmt: skip
_FIRST_LETTERS: Final = tuple(lexicon.ENGLISH_BARE_SCALES)


def read_english(text: str) -> tuple[Figure, ...]:
    """Figures in the order of the text, spans in code points."""
    return with_shared_scales(text, _add_up(text, scan(text, _TOKEN, _read)), _RANGE)


def _read(text: str, match: re.Match[str]) -> Figure | None:
    start, end, surface = match.start(), match.end(), match.group()
    if match.lastgroup == "word":  # most are
        return _word(text, start, end, surface)
    match match.lastgroup:
        case "date":
            return _date(start, end, surface)
        case "clock":
            return clock(start, end, surface, "date")
        case "colon":
            return clock(start, end, surface)
        case "hour":
            keys = frozenset({time_key(int(surface), 0), number_key(int(surface))})
            return Figure(start, end, keys, "digits", topic="date")
        case "decade":
            value = float(re.sub(r"\D", "", surface))
            return number(start, end, (value, value % 100, 1900 + value), "digits")
        case _:
            return _with_scale_and_unit(text, _digits(text, start, end, surface))


def _digits(text: str, start: int, end: int, surface: str) -> Figure:
    values = (float(re.sub(r"[,\u00a0\u202f]", "", surface)),)
    comma = _DECIMAL_COMMA.match(text, end)
    if comma and surface.isdigit():  # a German decimal comma that was left standing
        values = (float(f"{surface}.{comma.group(1)}"), values[0])
        end = comma.end()
    if len(surface) == 2 and re.match(r"\d{4}[/–-]$", text[max(0, start - 5) : start]):
        values += (2000 + values[0], 1900 + values[0])  # 2018-19
    glued = start > 0 and text[start - 1].isalpha()
    figure = number(start, end, values, "word" if glued else "digits")
    if _DOTTED_TIME.fullmatch(surface):  # 13.30 may be a time
        figure = replace(figure, keys=figure.keys | clock(start, end, surface).keys)
    return _over(text, figure)


def _over(text: str, figure: Figure) -> Figure:
    """two-thirds, 3 quarters"""
    match = _OVER.match(text, figure.end)
    if not match or figure.mantissa is None or figure.mantissa > 9:
        return figure
    value = figure.mantissa / _OVERS[match.group(1).rstrip("s")]
    return replace(figure, end=match.end(), keys=frozenset({number_key(value), number_key(round(100 * value))}))


def _with_scale_and_unit(text: str, figure: Figure) -> Figure:
    half = _AND_A_HALF.match(text, figure.end)
    if half and figure.mantissa is not None:
        figure = number(figure.start, half.end(), (figure.mantissa + 0.5,), figure.certainty)
    scale = _SCALE.match(text, figure.end)
    if scale and not (scale.group(2) and figure.certainty == "word"):
        power = lexicon.ENGLISH_SCALES[(scale.group(1) or scale.group(2)).lower()]
        plain = figure.keys if scale.group(2) in ("m", "M") else frozenset()  # 500 m may be metres
        figure = scaled(figure, power, scale.end())
        figure = replace(figure, keys=figure.keys | plain)
    before = _CURRENCY_BEFORE.search(text, max(0, figure.start - 4), figure.start)
    if before:
        return replace(figure, unit=_CURRENCIES[before.group().strip(" \u00a0")])
    unit = _UNIT.match(text, figure.end)
    return replace(figure, unit=lexicon.ENGLISH_UNITS[unit.group().strip(" \u00a0\u202f-").lower()]) if unit else figure


def _date(start: int, end: int, surface: str) -> Figure:
    """04/05/2018: which number is the day is not known, so each may be the month."""
    numbers = [int(part) for part in re.findall(r"\d+", surface)]
    if numbers[0] > 31:
        numbers.reverse()
    parts = [
        Figure(start, end, frozenset({number_key(value), ("month", float(value))}), "digits", topic="date")
        for value in numbers[:2]
    ]
    year = numbers[2]
    years = frozenset({number_key(year), number_key(year % 100), number_key(2000 + year % 100)})
    parts.append(Figure(start, end, years, "digits", topic="date"))
    return Figure(start, end, frozenset(), "digits", topic="date", parts=tuple(parts))


def _word(text: str, start: int, end: int, surface: str) -> Figure | None:
    word = surface.lower()
    if word not in _FIRST_WORDS and not word.startswith(_FIRST_LETTERS):
        return None
    if surface in lexicon.ENGLISH_MONTHS and _is_month(text, start, end, surface):
        return calendar(start, end, "month", lexicon.ENGLISH_MONTHS[surface])
    if word.removesuffix("s") in lexicon.ENGLISH_WEEKDAYS:
        return calendar(start, end, "weekday", lexicon.ENGLISH_WEEKDAYS[word.removesuffix("s")])
    value, last = _cardinal(text, end, word)
    if value is not None and _TEAM.search(text, max(0, start - 10), end):
        return number(start, last, (value,), "soft")
    if value is not None:
        return _with_scale_and_unit(text, _over(text, number(start, last, (value,), "word")))
    if word in ("a", "an", "one"):
        return _one(text, start, end)
    if word in _TENS:
        return number(start, end, (float(_TENS[word]), 1900.0 + _TENS[word]), "word")
    if word == "half":
        return _half(text, start, end)
    if word in lexicon.ENGLISH_SOFT:
        return number(start, end, lexicon.ENGLISH_SOFT[word], "soft")
    if word in ENGLISH_ORDINALS:
        return number(start, end, (ENGLISH_ORDINALS[word], 1 / ENGLISH_ORDINALS[word]), "ordinal")
    return _bare_scale(start, end, word)


def _is_month(text: str, start: int, end: int, surface: str) -> bool:
    """May and March are verbs at the start of a sentence, and Theresa May is none, unless a date is near."""
    if surface not in ("May", "March", "Mar") or _AFTER_MONTH.match(text, end):
        return True
    return start > 0 and (surface != "May" or _BEFORE_MAY.search(text, max(0, start - 16), start) is not None)


def _cardinal(text: str, end: int, word: str) -> tuple[float | None, int]:
    """two; twenty-two; two hundred and fifty: the value and where its words end."""
    value = ENGLISH_CARDINALS.get(word)
    if value is None:
        return None, end
    if value >= 20 and value % 10 == 0:
        value, end = _add(text, end, value, 1, 9)
    return value, end


def _add(text: str, end: int, value: float, least: int, most: int) -> tuple[float, int]:
    following = _JOIN.match(text, end)
    if not following or " and " in following.group():
        return value, end
    word = following.group(1).lower()
    extra = 1.0 if word == "one" else ENGLISH_CARDINALS.get(word)
    ordinal = {"first": 1.0, "second": 2.0}.get(word) or ENGLISH_ORDINALS.get(word)
    addend = extra if extra is not None else ordinal
    return (value + addend, following.end()) if addend is not None and least <= addend <= most else (value, end)


def _one(text: str, start: int, end: int) -> Figure | None:
    """A million and one million are numbers; any other a or one may only answer a German 1."""
    scale = _SCALE.match(text, end)
    if scale and scale.group(1):
        figure = scaled(number(start, end, (1.0,), "word"), _SCALE_WORDS[scale.group(1).lower()], scale.end())
        return _with_scale_and_unit(text, figure)
    half = _AND_A_HALF.match(text, end)
    if half:
        return _with_scale_and_unit(text, number(start, half.end(), (1.5,), "word"))
    return number(start, end, (1.0,), "soft")


def _half(text: str, start: int, end: int) -> Figure:
    """half a million, half past two, half"""
    figure = number(start, end, lexicon.ENGLISH_SOFT["half"], "soft")
    scale = _HALF_SCALE.match(text, end)
    if scale:
        return replace(scaled(figure, _SCALE_WORDS[scale.group(1)], scale.end()), certainty="word")
    past = _HALF_PAST.match(text, end)
    if past and past.group(1).lower() in ENGLISH_CARDINALS | {"one": 1.0}:
        hours = 1.0 if past.group(1) == "one" else ENGLISH_CARDINALS[past.group(1).lower()]
        return calendar(start, past.end(), *time_key(hours, 30))
    return figure


def _bare_scale(start: int, end: int, word: str) -> Figure | None:
    if word in lexicon.ENGLISH_ROUND:
        return round_number(start, end, lexicon.ENGLISH_ROUND[word])
    if word in lexicon.ENGLISH_PLURAL_SCALES:
        return magnitude(start, end, (lexicon.ENGLISH_PLURAL_SCALES[word],))
    for stem, power in lexicon.ENGLISH_BARE_SCALES.items():
        if word.startswith(stem):
            return magnitude(start, end, (power,))
    return None


def _add_up(text: str, figures: list[Figure]) -> list[Figure]:
    """two thousand five hundred and six is one figure."""
    added: list[Figure] = []
    for figure in figures:
        last = added[-1] if added else None
        if last and _continues(text, last, figure):
            total = (_value(last) or 0.0) + (_value(figure) or 0.0)
            added[-1] = replace(
                last, end=figure.end, keys=frozenset({number_key(total)}), mantissa=total, unit=figure.unit
            )
        else:
            added.append(figure)
    return added


def _continues(text: str, last: Figure, figure: Figure) -> bool:
    power = max((value for kind, value in last.keys if kind == "magnitude"), default=0.0)
    total, value = _value(last), _value(figure)
    words = figure.certainty == last.certainty == "word" and power in (2.0, 3.0)
    if not words or total is None or value is None:
        return False
    return value < 10**power and text[last.end : figure.start] in (" ", " and ", "-")


def _value(figure: Figure) -> float | None:
    return next((value for kind, value in figure.keys if kind == "number"), None)
