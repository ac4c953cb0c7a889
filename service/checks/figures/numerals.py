"""Spelled-out numbers of both languages, built from their parts."""

from __future__ import annotations

from typing import Final

from service.checks.lexicons import figures as lexicon


def spell_german(value: int) -> str:
    """German cardinal for 1 to 999, as it stands inside a longer word: zweiundzwanzig, dreihundertfünf."""
    hundreds, rest = divmod(value, 100)
    prefix = f"{lexicon.GERMAN_ONES[hundreds]}hundert" if hundreds else ""
    return prefix + _german_below_hundred(rest)


def _german_below_hundred(value: int) -> str:
    if value < 10:
        return lexicon.GERMAN_ONES[value]
    if value < 20:
        return lexicon.GERMAN_TEENS[value]
    tens, ones = divmod(value, 10)
    return (f"{lexicon.GERMAN_ONES[ones]}und" if ones else "") + lexicon.GERMAN_TENS[tens]


def german_ordinal_stem(value: int) -> str:
    """zweit, dritt, zwanzigst: the ordinal without its ending."""
    if value in lexicon.GERMAN_IRREGULAR_ORDINALS:
        return lexicon.GERMAN_IRREGULAR_ORDINALS[value]
    return spell_german(value) + ("t" if value < 20 else "st")


def spell_english(value: int) -> str:
    """English cardinal for 1 to 99, hyphenated: twenty-two."""
    if value < 10:
        return lexicon.ENGLISH_ONES[value]
    if value < 20:
        return lexicon.ENGLISH_TEENS[value]
    tens, ones = divmod(value, 10)
    return lexicon.ENGLISH_TENS[tens] + (f"-{lexicon.ENGLISH_ONES[ones]}" if ones else "")


def english_ordinal(value: int) -> str:
    """second, twentieth, twenty-second."""
    if value in lexicon.ENGLISH_IRREGULAR_ORDINALS:
        return lexicon.ENGLISH_IRREGULAR_ORDINALS[value]
    if value > 20 and value % 10:
        return f"{lexicon.ENGLISH_TENS[value // 10]}-{english_ordinal(value % 10)}"
    word = spell_english(value)
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"


# From two up: "ein" is an article far more often than a number.
GERMAN_CARDINALS: Final = {spell_german(value): float(value) for value in range(2, 1000)} | {"hundert": 100.0}
GERMAN_ORDINAL_STEMS: Final = {german_ordinal_stem(value): float(value) for value in range(2, 100)}
ENGLISH_CARDINALS: Final = {spell_english(value): float(value) for value in range(2, 100)}
ENGLISH_ORDINALS: Final = {english_ordinal(value): float(value) for value in range(2, 100)}
