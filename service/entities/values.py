"""Finds dates, sums of money and quantities in German text by rule; what they are worth is for the checks to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from service.article.characters import meant
from service.entities.model import Mention, ValueType

# Number words from zwei up (annotation rule 8): ein, erste and beide count nothing that a check could compare.
ONES = r"(?:zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)"
TEENS = r"(?:zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn)"
TENS = r"(?:zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)"
BELOW_HUNDRED = rf"(?:(?:ein|{ONES})und{TENS}|{TEENS}|{TENS}|{ONES})"
BELOW_THOUSAND = rf"(?:(?:ein|{ONES})?hundert(?:und)?{BELOW_HUNDRED}?|{BELOW_HUNDRED})"
BELOW_MILLION = rf"(?:(?:ein|{BELOW_THOUSAND})?tausend(?:und)?{BELOW_THOUSAND}?|{BELOW_THOUSAND})"
NUMBER_WORD = rf"(?i:{BELOW_MILLION}(?:einhalb)?|anderthalb|eineinhalb|(?:zwei|drei|vier|fünf|zehn)fach\w*|doppelt\w*)"
PARTS = r"(?:drittel|viertel|fünftel|sechstel|achtel|zehntel)n?"
FRACTION = rf"(?i:(?:ein(?:e[mnrs]?)?|zwei|drei|vier)\s?{PARTS}|(?:die|der)\s+hälfte)"
# Groups of three may be parted by a point, an apostrophe or any kind of space.
DIGITS = r"[+−-]?(?:\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:,\d+)?"
NUMBER = rf"(?:{DIGITS}|{FRACTION}|{NUMBER_WORD})"
SCALE = r"(?:Hundert|[Tt]ausend|Dutzend|Mio\.?|Mrd\.?|(?:M|B|Tr)illion(?:en)?|(?:M|B)illiarden?)"
AMOUNT = rf"(?:(?:(?:eine[rn]?\s+(?:halbe[nr]?\s+)?)(?={SCALE})|{NUMBER}\s*){SCALE}|{NUMBER})"
TO = r"\s*(?:bis(?:\s+zu)?|–|-|und|oder|auf)\s*"

CURRENCY = (
    r"(?:(?:(?:US|Hongkong|Kanada|Australien)-)?Dollars?|Euros?|Pfund(?:\s+Sterling)?|(?:Schweizer\s+)?Franken|Rubel|Yen|"
    r"Yuan|Renminbi|Won|Rupien?|Złoty|Zloty|Kronen|Lira|Hrywnja|Forint|Schekel|Pesos?|Rial|D-?Mark|Cent|Rappen|Kopeken|"
    r"EUR|USD|GBP|CHF|RUB|JPY|CNY)(?!\w)"
)
SIGN = r"[€$£¥₽₴]"
UNIT = (
    r"(?:(?:%|‰|°\s?C)|(?:Prozent(?:punkte?n?)?|Promille|Grad(?:\s+Celsius)?|(?:Quadrat|Kubik)?(?:[Kk]ilo|[Zz]enti|"
    r"[Mm]illi)?[Mm]etern?|km/h|km²?|m²|cm|mm|Stundenkilometern?|Hektar|Liter|(?:Kilo|Milli)?[Gg]ramm|kg|Kilo|Tonnen?|"
    r"Barrel|(?:Kilo|Mega|Giga|Tera)?[Ww]att(?:stunden?)?|[kMGT]Wh?|(?:Giga|Mega|Tera)byte|[GMT]B|[MG]?Hz|Punkte?n?|"
    r"Sekunden?|Minuten?|Stunden?|Tagen?|Wochen?|Monaten?|Jahren?|Meilen?|Fuß)(?!\w))"
)

MONTH = (
    r"(?:(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)s?(?!\w)"
    r"|(?:Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez)\.)"
)
WEEKDAY = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
DAYTIME = r"(?:morgen|vormittag|mittag|nachmittag|abend|nacht)"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])\."
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])\."
PART_OF = r"(?:Anfang|Mitte|Ende)\s+"
DATES = (
    rf"(?:{WEEKDAY},?\s+(?:de[mnr]\s+)?)?{DAY}(?:\s*(?:bis|und|/|–|-)\s*{DAY})?\s*{MONTH}(?:\s+{YEAR})?",  # 3. Mai 2024
    rf"{DAY}\s?{MONTH_NUMBER}(?:\s?(?:{YEAR}|\d\d))?(?!\d)",  # 3.5., 03.05.2021
    rf"{YEAR}-[01]\d-[0-3]\d(?!\d)",  # 2021-05-03
    rf"(?:{PART_OF})?{MONTH}(?:\s+{YEAR})?",  # Anfang November, Mai 2020
    rf"{PART_OF}{YEAR}",  # Ende 2023
    rf"{WEEKDAY}(?:{DAYTIME})?s?",  # Samstagabend
    r"\d{1,2}(?:[.:]\d\d)?\s*Uhr(?:\s+\d\d)?",  # 15.30 Uhr
    rf"{YEAR}er(?:[\s-]Jahren?)?",  # die 1990er Jahre
    rf"{YEAR}(?:/\d\d(?:\d\d)?)?(?![.,]?\d)(?!\s*(?:{SCALE}|{UNIT}|{CURRENCY}|{SIGN}))",  # 2024, but not 2024 Tonnen
)
DATE = rf"(?:{'|'.join(DATES)})(?!\w)"
MONEY = (
    rf"{AMOUNT}(?:{TO}{AMOUNT})?[\s-]*(?:{CURRENCY}|{SIGN})"  # 5 bis 10 Millionen Euro
    rf"|(?:{SIGN}\s?|(?:EUR|USD|GBP|CHF)\s){AMOUNT}"  # € 500
)
QUANTITY = rf"{AMOUNT}(?:{TO}{AMOUNT}(?=[\s-]*{UNIT}))?(?:[\s-]*{UNIT})?(?![^\W\d_])"

# A number inside a word or behind a hyphen (Covid-19, B2B) belongs to the word.
VALUE = re.compile(rf"(?<![\w.,])(?<!\w-)(?:(?P<MONEY>{MONEY})|(?P<DATE>{DATE})|(?P<QUANTITY>{QUANTITY}))")


def recognize_values(text: str, names: Sequence[Mention] = ()) -> list[Mention]:
    """Dates (and times of day), sums and quantities in order, as code points of `text`; none that touches a name.

    A qualifier (rund, mindestens) and the thing counted (10.000 Soldaten) stay outside, units and currencies inside.
    """
    taken = bytearray(len(text))
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    plain = meant(text)
    found = ((*plain.outside(match.span()), match.lastgroup) for match in VALUE.finditer(plain.text))
    return [
        Mention(text[start:end], start, end, cast(ValueType, kind))
        for start, end, kind in found
        if not any(taken[start:end])
    ]
