"""What two sides say of a moment beyond its figures: the half of the day, and which day belongs to which month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from service.checks.lexicons.figures import ENGLISH_MONTHS, GERMAN_MONTHS

Span = tuple[int, int]
Half = Literal["a", "p"]

_SPACE: Final = r"[ \u00a0\u202f]?"
_GERMAN_CLOCK: Final = re.compile(rf"\b(\d{{1,2}})(?:[.:](\d{{2}}))?(?={_SPACE}Uhr)")
_ENGLISH_CLOCK: Final = re.compile(rf"\b(\d{{1,2}})(?:[.:](\d{{2}}))?{_SPACE}([ap])\.?{_SPACE}m\b\.?", re.IGNORECASE)
# These say of a German hour below twelve that it is counted from noon: "8 Uhr abends".
_AFTER_NOON: Final = re.compile(r"\b(?:abends?|nachmittags?|nachts?|\w+(?:abend|nachmittag|nacht))\b", re.IGNORECASE)
_NOON: Final = 12

_MONTH_OF_GERMAN: Final = "|".join(month.capitalize() for month in GERMAN_MONTHS)
_GERMAN_DAY: Final = re.compile(rf"\b(\d{{1,2}})\. ({_MONTH_OF_GERMAN})\b")
# How far a day may stand from its month: "on the 7th and the 9th of June".
_BESIDE: Final = 24


def other_halves(german: str, english: str) -> Iterator[tuple[Span, Span]]:
    """Clock times that the English puts into the other half of the day: 6.50 Uhr am Morgen, 6.50 p.m.

    Noon and midnight are left aside, and so are hours that the German may count from noon.
    """
    theirs = {(_minutes(clock), clock[3].lower()): clock.span() for clock in _ENGLISH_CLOCK.finditer(english)}
    for clock in _GERMAN_CLOCK.finditer(german):
        half = _half_of_day(int(clock[1]), german)
        minutes = _minutes(clock)
        if half and (minutes, half) not in theirs and (other := theirs.get((minutes, _OTHER[half]))):
            yield clock.span(), other


_OTHER: Final[dict[Half, Half]] = {"a": "p", "p": "a"}


def _minutes(clock: re.Match[str]) -> int:
    return int(clock[1]) % _NOON * 60 + int(clock[2] or 0)


def _half_of_day(hour: int, german: str) -> Half | None:
    if hour % _NOON == 0:
        return None
    if hour > _NOON:
        return "p"
    return None if _AFTER_NOON.search(german) else "a"


def broken_dates(german: str, english: str) -> Iterator[tuple[Span, Span]]:
    """Dates whose day stands far from its month: "7. Juni 2009" became "on 7 in the elections. June 2009"."""
    for date in _GERMAN_DAY.finditer(german):
        number = GERMAN_MONTHS[date[2].lower()]
        months = [month for month in _months(english) if ENGLISH_MONTHS[month.group()] == number]
        days = list(re.finditer(rf"(?<![\d.,:]){int(date[1])}(?:st|nd|rd|th)?\b(?![.,:]\d)", english))
        if months and days and min(_distance(day, month) for day in days for month in months) > _BESIDE:
            yield date.span(), days[0].span()


def _months(english: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"\b(?:" + "|".join(month for month in ENGLISH_MONTHS if len(month) > 2) + r")\b", english)


def _distance(day: re.Match[str], month: re.Match[str]) -> int:
    return max(month.start() - day.end(), day.start() - month.end())
