"""Deliberate damage to human translations: what a newsroom cannot afford to lose, lost on purpose.

Each function takes an example and returns its damaged English, or None where there is nothing to damage. All are
deterministic, and find what they damage with expressions of their own, not with the lexicons of the checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A human translation; `line` is its line in the set, so that halves stay apart after splitting."""

    source: str
    line: int
    german: str
    english: str


NUMBER_WORDS = [
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("twenty", "thirty", "forty", "fifty"),
]
WORD_NUMBER = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b(?!-| of (?:them|us)\b)")
GERMAN_NUMBER = re.compile(
    r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig)\b|\d",
    re.IGNORECASE,
)
SCALES = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}
SCALE = re.compile(r"\b(thousand|million|billion|trillion)(s?)\b")
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    *("January", "February", "March", "April", "June", "July"),
    *("August", "September", "October", "November", "December"),
]
DAY = re.compile(rf"\b({'|'.join(WEEKDAYS + MONTHS)})\b")
GERMAN_DENIAL = re.compile(r"\b(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|weder|ohne)\b", re.IGNORECASE)
DENIALS = (
    (re.compile(r"\b(is|was|are|were|has|have|had|do|does|did|could|would|should|must)n['’]t\b"), r"\1"),
    (re.compile(r"\bcan['’]t\b|\bcannot\b"), "can"),
    (re.compile(r"\bwon['’]t\b"), "will"),
    (re.compile(r"\b(?:not|never) (?!only|just|least|merely)"), ""),
    (re.compile(r"\bno longer "), ""),
    (re.compile(r"\bno (?!one|doubt|matter|wonder)"), "a "),
    (re.compile(r"\b(?:nobody|no one)\b"), "everybody"),
    (re.compile(r"\bnothing\b"), "something"),
    (re.compile(r"\bwithout\b"), "with"),
)
AUXILIARY = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must)\b(?! not|n['’]t)")
SAYS = (
    r"(?:said|says|explained|explains|added|stated|states|reported|reports|announced|stressed|emphasi[sz]ed|told"
    r"|declared|noted)"
)
ATTRIBUTIONS = (
    re.compile(r"^(?:According to|In the opinion of|As reported by) [^,]{3,60}, "),
    re.compile(r",? according to [^,.]{3,60}(?=[,.])"),
    re.compile(rf",?[\"”’]?,? {SAYS} [^,.\"“”:]{{2,60}}(?=\.[\"”]?$)"),
    re.compile(rf",?[\"”’]?,? [^,.\"“”:]{{2,60}} {SAYS}(?=\.[\"”]?$)"),
    re.compile(rf"^[^,.\"“”:]{{2,50}} {SAYS} (?:that )?"),
    re.compile(r" reportedly\b|^Reportedly,? "),
)
GERMAN_ATTRIBUTION = re.compile(
    r"\b(?:laut|zufolge|demnach|nach (?:eigenen )?(?:angaben|ansicht|worten|meinung|einschätzung)|hieß es|heißt es"
    r"|sag(?:t|te|ten)|erklär(?:t|te|ten)|teil(?:t|te|ten)|mitteil(?:t|te|ten)|bericht(?:et|ete|eten)|beton(?:t|te|ten)"
    r"|kündig(?:t|te|ten)|ankündig(?:t|te|ten)|ergänz(?:t|te|ten)|füg(?:t|te|ten)|mein(?:t|te|ten)|versicher(?:t|te|ten)"
    r"|schrieb(?:en)?|äußer(?:t|te|ten)|sei(?:en)?|habe|werde|könne|gebe|müsse)\b",
    re.IGNORECASE,
)
HEDGE_REMOVALS = (
    (re.compile(r"\b(?:is|was) (?:said|alleged|believed|thought|reported|understood|supposed) to have\b"), "has"),
    (re.compile(r"\bare (?:said|alleged|believed|thought|reported|understood|supposed) to have\b"), "have"),
    (re.compile(r"\b(?:is|was) (?:said|alleged|believed|thought|reported|understood) to be\b"), "is"),
    (re.compile(r"\b(?:might|may|could) have been\b"), "was"),
    (re.compile(r"\b(?:may|might|could)\b(?! \d)"), "will"),
    (re.compile(
            r",? ?\b(?:allegedly|reportedly|apparently|supposedly|presumably|probably|possibly|perhaps|maybe|obviously)"
            r"\b,?"
        ), ""),
    (re.compile(r"\b(?:alleged|suspected|presumed|supposed) "), ""),
)  # fmt: skip
GERMAN_HEDGE = re.compile(
    r"\b(?:mutmaßlich\w*|angeblich\w*|vermeintlich\w*|offenbar|offensichtlich|anscheinend|vermutlich|wahrscheinlich"
    r"|möglicherweise|womöglich|vielleicht|tatverdächtig\w*|verdächtig\w*|dem vernehmen nach"
    r"|soll(?:en)? [^.,;]*(?:t|en) (?:worden )?(?:haben|sein)|könnten?|dürften?)\b",
    re.IGNORECASE,
)


def change_digits(example: Example) -> str | None:
    """One digit of one number, never giving the same number."""
    numbers = list(re.finditer(r"(?<!\w)\d[\d.,]*(?<=\d)", example.english))
    if not numbers:
        return None
    chosen = numbers[example.line % len(numbers)]
    at = chosen.start()
    digit = (int(example.english[at]) + 1 + example.line % 8) % 10 or 9
    digit = digit if str(digit) != example.english[at] else 10 - digit if digit != 5 else 4
    return example.english[:at] + str(digit) + example.english[at + 1 :]


def change_number_word(example: Example) -> str | None:
    if not GERMAN_NUMBER.search(example.german):
        return None
    match = WORD_NUMBER.search(example.english)
    if match is None:
        return None
    other = NUMBER_WORDS[(NUMBER_WORDS.index(match.group()) + 1 + example.line % 5) % len(NUMBER_WORDS)]
    return example.english[: match.start()] + other + example.english[match.end() :]


def swap_scale(example: Example) -> str | None:
    if not SCALE.search(example.english):
        return None
    return SCALE.sub(lambda match: SCALES[match.group(1)] + match.group(2), example.english, count=1)


def change_day(example: Example) -> str | None:
    match = DAY.search(example.english)
    if match is None:
        return None
    names = WEEKDAYS if match.group() in WEEKDAYS else MONTHS
    other = names[(names.index(match.group()) + 1 + example.line % 5) % len(names)]
    return example.english[: match.start()] + other + example.english[match.end() :]


def drop_negation(example: Example) -> str | None:
    if not GERMAN_DENIAL.search(example.german):
        return None
    damaged = (expression.sub(by, example.english, count=1) for expression, by in DENIALS)
    return next((english for english in damaged if english != example.english), None)


def add_negation(example: Example) -> str | None:
    return _changed(example, AUXILIARY.sub(r"\1 not", example.english, count=1))


def remove_attribution(example: Example) -> str | None:
    """Every attribution of the sentence goes; what is left must still be a sentence."""
    if not GERMAN_ATTRIBUTION.search(example.german):
        return None
    english = example.english
    for expression in ATTRIBUTIONS:
        english = expression.sub("", english, count=1)
    return _changed(example, english) if len(english) > 0.4 * len(example.english) else None


def remove_hedge(example: Example) -> str | None:
    if not GERMAN_HEDGE.search(example.german):
        return None
    english = example.english
    for expression, by in HEDGE_REMOVALS:
        english = expression.sub(by, english)
    return _changed(example, english)


def drop_half(example: Example) -> str | None:
    words = example.english.split()
    return " ".join(words[: len(words) // 2]) + "." if len(words) >= 8 else None


def drop_quote(example: Example) -> str | None:
    return _changed(example, re.sub(r"[\"“”]", "", example.english, count=1))


def repeat_words(example: Example) -> str | None:
    words = example.english.split()
    return " ".join([*words, *(words[-3:] * 3)]) if len(words) >= 5 else None


def leave_german(example: Example) -> str | None:
    words = example.german.split()
    half = example.english.split()
    return " ".join([*half[: len(half) // 2], *words[len(words) // 2 :]]) if len(words) >= 8 else None


def _changed(example: Example, english: str) -> str | None:
    return english if english != example.english else None


DAMAGES: dict[str, Callable[[Example], str | None]] = {
    "number changed": change_digits,
    "number word changed": change_number_word,
    "scale word swapped": swap_scale,
    "day or month changed": change_day,
    "negation dropped": drop_negation,
    "negation added": add_negation,
    "attribution removed": remove_attribution,
    "hedge removed": remove_hedge,
    "sentence half dropped": drop_half,
    "quotation mark dropped": drop_quote,
    "last words repeated": repeat_words,
    "half left in German": leave_german,
}
