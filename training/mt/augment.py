"""Synthetic pairs for what newsrooms need: names, numbers, dates, money and quotations that must come through.

All are made from real pairs, so that grammar and style stay natural:
`synthetic-names` swaps a name that occurs once on each side for another pair of the gazetteers (or a person's name that
is the same in both languages); `synthetic-numbers` swaps a number for another of the same shape, with German and
English decimal and thousands marks; `synthetic-terms` swaps a weekday, a month, a currency or a scale word for another;
`synthetic-quotes` sets straight quotation marks as German and English papers do.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from pathlib import Path

NAMES_PER_NEWS_PAIR = 3
NAMES_FROM_EVERYDAY = 60_000  # short everyday sentences, so that a rare name is also copied where little surrounds it
GERMAN_QUOTES = (("„", "“"), ("„", "“"), ("»", "«"))
ENGLISH_QUOTES = (("“", "”"), ('"', '"'))
# Words of one family stand in the same places; May is left out, it may be a verb or a prime minister.
TERMS = tuple(
    dict(pair.split("/") for pair in family.split())
    for family in (
        "Montag/Monday Dienstag/Tuesday Mittwoch/Wednesday Donnerstag/Thursday Freitag/Friday Samstag/Saturday "
        "Sonntag/Sunday",
        "Januar/January Februar/February März/March April/April Juni/June Juli/July August/August "
        "September/September Oktober/October November/November Dezember/December",
        "Euro/euros Dollar/dollars Rubel/rubles Franken/francs Yen/yen",
        "Millionen/million Milliarden/billion Billionen/trillion",
    )
)
_QUOTED = re.compile(r'"([^"]+)"')
_CAPITALISED = re.compile(r"(?<=[\w,;:„“\"(] )[A-ZÄÖÜ][a-zäöüßéèçáíóúñøåčšž]{3,}(?=[ .,;:!?)“\"])")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?![\w.,]*\d)")


def load_names(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Gazetteer pairs by type: LOC and ORG with both sides, PER from Slavic transcription and identical names."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source in (
        "cldr",
        "eu-vocab",
        "naturalearth-cities",
        "supraverden-orgs",
        "openfootball-clubs",
        "ru-names-translit",
    ):
        for path in sorted((folder / source).glob("*.tsv")):
            for line in path.read_text(encoding="utf-8").splitlines():
                de, en, kind = line.split("\t")[:3]
                if de and en and de[0].isupper():
                    names[kind].append((de, en))
    for line in (folder / "dewiki-persons-deonly" / "names.txt").read_text(encoding="utf-8").splitlines():
        full = line.split("\t")[0].strip()
        surname = full.rsplit(" ", 1)[-1]
        if surname.isalpha() and surname[0].isupper() and len(surname) > 3:
            names["PER"].append((surname, surname))
    return {kind: sorted(set(pairs)) for kind, pairs in names.items()}


def _once(text: str, word: str) -> bool:
    return len(re.findall(rf"\b{re.escape(word)}\b", text)) == 1


def _swap(text: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text)


def swap_name(de: str, en: str, names: dict, known: dict[str, tuple[str, str]], common: Counter, rng: random.Random):
    """Replace one name on both sides, or return None when no name is certain."""
    candidates = []
    for word in _CAPITALISED.findall(de):
        if word in known:
            english, kind = known[word]
        elif not common[word.lower()] and not word.endswith("s"):
            english, kind = word, "PER"
        else:
            continue
        if _once(de, word) and _once(en, english):
            candidates.append((word, english, kind))
    if not candidates:
        return None
    word, english, kind = rng.choice(candidates)
    new_de, new_en = rng.choice(names[kind])
    return _swap(de, word, new_de), _swap(en, english, new_en)


def _value(text: str, decimal: str) -> str:
    thousands = "." if decimal == "," else ","
    return text.replace(thousands, "").replace(decimal, ".")


def swap_number(de: str, en: str, rng: random.Random):
    """Replace one number of equal value on both sides by another of the same shape, or return None."""
    german = {_value(m.group(), ","): m.group() for m in _NUMBER.finditer(de)}
    english = {_value(m.group(), "."): m.group() for m in _NUMBER.finditer(en)}
    shared = [value for value in german if value in english and _once(de, german[value]) and _once(en, english[value])]
    if not shared:
        return None
    value = rng.choice(shared)
    digits = iter(rng.choices("123456789", k=len(value)))
    renewed = re.sub(r"\d", lambda _: next(digits), english[value])
    mirrored = renewed.translate(str.maketrans(".,", ",.")) if german[value] != english[value] else renewed
    return _swap(de, german[value], mirrored), _swap(en, english[value], renewed)


def swap_term(de: str, en: str, rng: random.Random):
    """Replace one weekday, month, currency or scale word on both sides by another, or return None without one."""
    found = [
        (family, german, english)
        for family in TERMS
        for german, english in family.items()
        if _once(de, german) and _once(en, english)
    ]
    if not found:
        return None
    family, german, english = rng.choice(found)
    other = rng.choice([word for word in family if word != german])
    return _swap(de, german, other), _swap(en, english, family[other])


def restyle_quotes(de: str, en: str, rng: random.Random):
    """Set straight quotation marks typographically, or return None when the sides do not quote alike."""
    if not _QUOTED.search(de) or len(_QUOTED.findall(de)) != len(_QUOTED.findall(en)):
        return None
    (german_open, german_close), (english_open, english_close) = rng.choice(GERMAN_QUOTES), rng.choice(ENGLISH_QUOTES)
    return (
        _QUOTED.sub(lambda quoted: german_open + quoted[1] + german_close, de),
        _QUOTED.sub(lambda quoted: english_open + quoted[1] + english_close, en),
    )


def synthesize(
    news: list[tuple[str, str, str]], everyday: list[tuple[str, str, str]], names: dict, rng: random.Random
) -> list[tuple[str, str, str]]:
    """Make the synthetic corpora, plus the gazetteers themselves as one-name lines (`lexicon`)."""
    common = Counter(word for _, _, en in news for word in re.findall(r"\b[a-z]{4,}\b", en))
    common.update(word for _, de, _ in news for word in re.findall(r"\b[a-zäöüß]{4,}\b", de))
    known = {de: (en, kind) for kind in ("LOC", "ORG") for de, en in names[kind] if " " not in de}
    made = []
    for _, de, en in news * NAMES_PER_NEWS_PAIR + rng.sample(everyday, min(NAMES_FROM_EVERYDAY, len(everyday))):
        if swapped := swap_name(de, en, names, known, common, rng):
            made.append(("synthetic-names", *swapped))
    for _, de, en in news:
        if swapped := swap_number(de, en, rng):
            made.append(("synthetic-numbers", *swapped))
        if swapped := swap_term(de, en, rng):
            made.append(("synthetic-terms", *swapped))
        if restyled := restyle_quotes(de, en, rng):
            made.append(("synthetic-quotes", *restyled))
    made += [("lexicon", de, en) for kind in ("LOC", "ORG") for de, en in names[kind]]
    return made
