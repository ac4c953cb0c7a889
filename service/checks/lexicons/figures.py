"""Words that stand for numbers, scales, units, months, weekdays and clock times, German beside English."""

from __future__ import annotations

from typing import Final

GERMAN_ONES: Final = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
GERMAN_TEENS: Final = {
    10: "zehn", 11: "elf", 12: "zwölf", 13: "dreizehn", 14: "vierzehn", 15: "fünfzehn", 16: "sechzehn",
    17: "siebzehn", 18: "achtzehn", 19: "neunzehn",
}  # fmt: skip
GERMAN_TENS: Final = {
    2: "zwanzig", 3: "dreißig", 4: "vierzig", 5: "fünfzig", 6: "sechzig", 7: "siebzig", 8: "achtzig", 9: "neunzig",
}  # fmt: skip
GERMAN_IRREGULAR_ORDINALS: Final = {3: "dritt", 7: "siebt", 8: "acht"}

# What may follow a number word inside one German word: fünfjährig, dreimal, zehnköpfig, achtprozentig.
GERMAN_HEADS: Final = (
    "jährig", "monatig", "wöchig", "tägig", "stündig", "minütig", "sekündig", "mal", "fach", "köpfig", "teilig",
    "stellig", "stöckig", "prozentig", "bändig", "seitig", "spurig", "türig", "sitzig", "zeilig", "gradig", "kampf",
    "zimmer", "eck", "linge", "ling", "erkette", "ersitz", "punkte",
)  # fmt: skip

ENGLISH_ONES: Final = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ENGLISH_TEENS: Final = {
    10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
    17: "seventeen", 18: "eighteen", 19: "nineteen",
}  # fmt: skip
ENGLISH_TENS: Final = {
    2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety",
}  # fmt: skip
ENGLISH_IRREGULAR_ORDINALS: Final = {
    1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth",
}  # fmt: skip

# Scale words as powers of ten. The false friends stand here: German Billion is English trillion.
GERMAN_SCALES: Final = {
    "tsd": 3, "mio": 6, "mill": 6, "million": 6, "millionen": 6, "mrd": 9, "mia": 9, "milliarde": 9, "milliarden": 9,
    "bio": 12, "billion": 12, "billionen": 12, "billiarde": 15, "billiarden": 15, "trillion": 18, "trillionen": 18,
    "tausend": 3, "hundert": 2,
}  # fmt: skip
ENGLISH_SCALES: Final = {
    "hundred": 2, "thousand": 3, "k": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "bn": 9, "b": 9, "bln": 9,
    "billion": 9,
    "tn": 12, "trn": 12, "trillion": 12, "quadrillion": 15, "quintillion": 18,
}  # fmt: skip
# The start of a German word that names a scale without a number: Milliardenhöhe, Millionär, Tausende.
GERMAN_BARE_SCALES: Final = {
    "hunderttausende": (2, 3), "zehntausende": (3,), "hunderte": (2,), "tausende": (3,), "million": (6,),
    "milliard": (9,), "billion": (12,), "billiard": (15,),
}  # fmt: skip
# Millionenstadt is a metropolis, Millionenmarsch a march of millions only for some: the English need not say it.
GERMAN_LOOSE_SCALE_HEADS: Final = ("stadt", "städte", "metropole", "grab", "marsch", "publikum")
GERMAN_ROUND: Final = {"hundert": 2, "tausend": 3, "einhundert": 2, "eintausend": 3}
ENGLISH_BARE_SCALES: Final = {"million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}
ENGLISH_PLURAL_SCALES: Final = {"hundreds": 2, "thousands": 3}
ENGLISH_ROUND: Final = {"hundred": 2, "thousand": 3}

# Words that stand for a number without being one. They may answer a figure on the other side, and are never missed.
GERMAN_SOFT: Final = {
    "ein": (1.0,), "eine": (1.0,), "einen": (1.0,), "einem": (1.0,), "einer": (1.0,), "eines": (1.0,), "eins": (1.0,),
    "beide": (2.0,), "beiden": (2.0,), "beider": (2.0,), "paar": (2.0,), "duo": (2.0,), "zwillinge": (2.0,),
    "doppelt": (2.0,), "doppelte": (2.0,), "doppelten": (2.0,), "doppelter": (2.0,), "verdoppelt": (2.0,),
    "verdoppeln": (2.0,), "verdoppelte": (2.0,), "verdoppelung": (2.0,), "doppel": (2.0,), "zweiter": (2.0,),
    "trio": (3.0,), "verdreifacht": (3.0,), "verdreifachen": (3.0,), "quartett": (4.0,), "dutzend": (12.0,),
    "dutzende": (12.0,), "hälfte": (0.5, 50.0), "halb": (0.5, 30.0, 6.0), "halbe": (0.5, 30.0, 6.0),
    "halben": (0.5, 30.0, 6.0), "halber": (0.5,), "halbes": (0.5, 6.0), "halbjahr": (0.5, 6.0), "drittel": (1 / 3,),
    "viertel": (0.25, 25.0, 4.0), "viertelstunde": (15.0, 0.25), "dreiviertel": (0.75,), "dreiviertelstunde": (45.0,),
    "fünftel": (0.2, 20.0), "zehntel": (0.1, 10.0), "jahrzehnt": (10.0,), "jahrzehnte": (10.0,), "jahrhundert":
    (100.0,),
    "jahrzehnten": (10.0,), "quartal": (3.0,), "halbzeit": (2.0,), "mitternacht": (0.0, 24.0, 12.0),
    "mittag": (12.0,), "formel": (1.0,), "einzige": (1.0,), "einmal": (1.0,), "erste": (1.0,), "ersten": (1.0,),
    "erster": (1.0,), "erstes": (1.0,), "erstem": (1.0,), "zuerst": (1.0,), "null": (0.0,), "kein": (0.0,),
}  # fmt: skip
ENGLISH_SOFT: Final = {
    "one": (1.0,), "a": (1.0,), "an": (1.0,), "once": (1.0,), "single": (1.0,), "first": (1.0,), "each": (1.0,),
    "both": (2.0,), "couple": (2.0,), "pair": (2.0,), "twice": (2.0,), "double": (2.0,), "doubled": (2.0,),
    "doubles": (2.0,), "doubling": (2.0,), "twins": (2.0,), "twin": (2.0,), "duo": (2.0,), "second": (2.0,),
    "twofold": (2.0,), "either": (2.0,), "neither": (2.0,), "brace": (2.0,), "two": (2.0,), "secondary": (2.0,),
    "third": (3.0, 1 / 3), "thirds": (1 / 3, 2 / 3), "thrice": (3.0,), "triple": (3.0,), "tripled": (3.0,),
    "trio": (3.0,), "triplets": (3.0,), "threefold": (3.0,), "quarter": (0.25, 25.0, 3.0, 15.0), "quarterly": (3.0,),
    "quarters": (0.25, 0.75), "quadruple": (4.0,), "quadrupled": (4.0,), "fourfold": (4.0,), "quartet": (4.0,),
    "fifth": (5.0, 0.2), "tenth": (10.0, 0.1), "tenths": (0.1,), "dozen": (12.0,), "dozens": (12.0,),
    "half": (0.5, 50.0, 30.0, 6.0, 2.0), "halves": (2.0,), "halved": (0.5, 50.0), "decade": (10.0,), "decades": (10.0,),
    "century": (100.0,), "fortnight": (2.0, 14.0), "noon": (12.0,), "midday": (12.0,), "midnight": (0.0, 24.0, 12.0),
    "zero": (0.0,), "nil": (0.0,), "no": (0.0,), "goalless": (0.0,), "teenager": (13.0,), "biennial": (2.0,),
}  # fmt: skip

GERMAN_MONTHS: Final = {
    "januar": 1, "jänner": 1, "februar": 2, "feber": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7,
    "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12,
}  # fmt: skip
ENGLISH_MONTHS: Final = {
    "January": 1, "Jan": 1, "February": 2, "Feb": 2, "March": 3, "Mar": 3, "April": 4, "Apr": 4, "May": 5, "June": 6,
    "Jun": 6, "July": 7, "Jul": 7, "August": 8, "Aug": 8, "September": 9, "Sept": 9, "Sep": 9, "October": 10, "Oct": 10,
    "November": 11, "Nov": 11, "December": 12, "Dec": 12,
}  # fmt: skip
GERMAN_WEEKDAYS: Final = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5, "sonntag":
    6,
}  # fmt: skip
ENGLISH_WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

# One German unit in so many of an English one: a converted figure is right, but the newsroom should know.
CONVERSIONS: Final = {
    ("metre", "foot"): 3.281, ("metre", "yard"): 1.094, ("km", "mile"): 0.6214, ("cm", "inch"): 0.3937,
    ("kg", "GBP"): 2.205, ("litre", "gallon"): 0.2642, ("hectare", "acre"): 2.471, ("mm", "inch"): 0.0394,
}  # fmt: skip

# Units that must not change. A dimension groups units of which one can be mistaken for another.
GERMAN_UNITS: Final = {
    "prozent": "percent", "prozentpunkte": "percent", "prozentpunkten": "percent", "%": "percent",
    "euro": "EUR", "eur": "EUR", "€": "EUR", "cent": "cent", "dollar": "USD", "us-dollar": "USD", "$": "USD",
    "pfund": "GBP", "£": "GBP", "franken": "CHF", "yen": "JPY", "yuan": "CNY", "rubel": "RUB", "kronen": "krone",
    "sekunden": "second", "minuten": "minute", "stunden": "hour", "tage": "day", "tagen": "day", "wochen": "week",
    "monate": "month", "monaten": "month", "jahre": "year", "jahren": "year", "millimeter": "mm", "zentimeter": "cm",
    "meter": "metre", "metern": "metre", "kilometer": "km", "kilometern": "km", "gramm": "gram", "kilo": "kg",
    "kilogramm": "kg", "tonnen": "tonne", "liter": "litre", "litern": "litre", "hektar": "hectare", "grad": "degree",
    "watt": "watt", "megawatt": "MW", "gigawatt": "GW", "km": "km", "kg": "kg", "cm": "cm", "mm": "mm",
}  # fmt: skip
ENGLISH_UNITS: Final = {
    "percent": "percent", "per cent": "percent", "percentage": "percent", "%": "percent", "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR", "€": "EUR", "cent": "cent", "cents": "cent", "dollar": "USD", "dollars": "USD", "us dollars": "USD",
    "$": "USD", "pounds": "GBP", "pound": "GBP", "£": "GBP", "francs": "CHF", "yen": "JPY", "yuan": "CNY",
    "rubles": "RUB", "roubles": "RUB", "kronor": "krone", "kroner": "krone", "seconds": "second", "minutes": "minute",
    "minute": "minute", "hours": "hour", "hour": "hour", "days": "day", "day": "day", "weeks": "week", "week": "week",
    "months": "month", "month": "month", "years": "year", "year": "year", "millimeters": "mm", "millimetres": "mm",
    "centimeters": "cm", "centimetres": "cm", "meters": "metre", "metres": "metre", "meter": "metre",
    "metre": "metre",
    "kilometers": "km", "kilometres": "km", "km": "km", "grams": "gram", "kilos": "kg", "kilograms": "kg", "kg": "kg",
    "tons": "tonne", "tonnes": "tonne", "liters": "litre", "litres": "litre", "hectares": "hectare", "degrees":
    "degree",
    "watts": "watt", "megawatts": "MW", "gigawatts": "GW", "feet": "foot", "foot": "foot", "ft": "foot", "mile":
    "mile", "yards": "yard", "gallons": "gallon", "inch": "inch", "miles": "mile", "inches": "inch",
    "acres": "acre",
}  # fmt: skip
DIMENSIONS: Final = {
    "percent": "money or share", "EUR": "money or share", "USD": "money or share", "GBP": "money or share",
    "CHF": "money or share", "JPY": "money or share", "CNY": "money or share", "RUB": "money or share",
    "krone": "money or share", "cent": "money or share",
    "second": "time", "minute": "time", "hour": "time", "day": "time", "week": "time", "month": "time",
    "year": "time",
    "mm": "length", "cm": "length", "metre": "length", "km": "length", "foot": "length", "mile": "length",
    "inch": "length", "gram": "mass", "kg": "mass", "tonne": "mass", "litre": "volume", "hectare": "area",
    "acre": "area", "degree": "temperature", "watt": "power", "MW": "power", "GW": "power",
}  # fmt: skip
