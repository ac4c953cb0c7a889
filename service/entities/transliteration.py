"""Turns German transcriptions of Slavic, Arabic, Greek and Chinese names into English ones, where no list knows them.

German names must come out unchanged: a rule is applied only to a name that shows that it is a transcription.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from service.entities.spelling import word_set

Rule = tuple[re.Pattern[str], str]

# Endings that German writes for Russian, Ukrainian, Belarusian and Bulgarian surnames. -ow alone also ends names of
# places and people of north-eastern Germany (Bülow, Ramelow), so it counts only beside a second sign.
SLAVIC_ENDING = re.compile(
    r"(?:ow|ew|owa|ewa|enko|owitsch|ewitsch|owski|ewski|[sz]kij|[sz]kyj|nyj|skaja|tschuk|jan|schwili|(?:tsch|w|j)[a-z]{1,3}(?:in|ina|yn))$"
)
CERTAIN_ENDING = re.compile(
    r"(?:(?:ss|tsch|sch|j|ch)[a-z]{0,4}(?:ow|ew|owa|ewa)|aschenko|[wj][a-z]*enko|tschenko|(?:ow|ew|kow)itsch|sk[iy]j|skaja"
    r"|tschuk|schwili|adse|jew|jewa|ajew)$"
)
GERMAN_LETTERS = re.compile(r"[äöüß]|sch|ck")
UNSLAVIC = re.compile(r"[äöüß]|ck|th|ph|qu|tz")
GERMAN_ENDING = re.compile(r"(?:mann|bach|berg|er|ich|echt|acht|ach|isch)$")
ARABIC_PARTICLE = re.compile(r"^(?:al|el|ibn|bin|abu|abd|abdul)$|^(?:al|el|ad|as|asch|an|ar|at|az)[-‐]", re.IGNORECASE)
# "Ghannouchi", "Bouteflika": North African names come in French writing, and stay in it in English.
FRENCH_WRITING = re.compile(r"ou|gu[eéiî]|é")
ARABIC_GIVEN = word_set(
    "mohammed muhammad mohamed mohammad ahmed ahmad ali hassan hussein abdullah omar mahmud mustafa ibrahim "
    "jussuf jusuf baschar raschid haschim salim chalid chaled faisal tariq tarik hamid karim said hischam "
    "nadschib chalifa dschamal dschalal abdelasis abdulaziz abdulrahman"
)

SLAVIC_RULES: tuple[Rule, ...] = (
    (re.compile(r"schtsch"), "SHCH"),
    (re.compile(r"tsch"), "CH"),
    (re.compile(r"dsch"), "DZH"),
    (re.compile(r"sch"), "SH"),
    (re.compile(r"ch"), "KH"),
    (re.compile(r"z"), "TS"),
    (re.compile(r"ss"), "S"),
    (re.compile(r"(?<=[aeiouy])s(?=[aeiouy])"), "Z"),
    (re.compile(r"[iy]j$"), "y"),
    (re.compile(r"(?<=sk)i$"), "y"),
    (re.compile(r"^je"), "YE"),
    (re.compile(r"(?<=[aeio])j$"), "i"),
    (re.compile(r"j"), "Y"),
    (re.compile(r"w"), "V"),
)
ARABIC_RULES: tuple[Rule, ...] = (
    (re.compile(r"dsch"), "J"),
    (re.compile(r"tsch"), "CH"),
    (re.compile(r"sch"), "SH"),
    (re.compile(r"ch"), "KH"),
    (re.compile(r"^j|(?<=[aeiou])j(?=[aeiou])"), "Y"),
    (re.compile(r"^ss|(?<=[aeiou])ss(?=[aeiou])"), "SS"),
    (re.compile(r"w"), "W"),
)


GREEK_ENDING = re.compile(r"(?:akis?|poulos|poulou|[iy]dis|iadis|[iy]dou|oglou|oulas|iaris)$")
GREEK_RULES: tuple[Rule, ...] = (
    (re.compile(r"^j(?=annis|annos|oannis|orgos|orgios)"), "Y"),
    (re.compile(r"(?<=[aeiouy])ss(?=[aeiouy])"), "S"),
)
# Chinese in the older German writing; Pinyin and Korean are written alike in both languages.
CHINESE_RULES: tuple[Rule, ...] = (
    (re.compile(r"tsch"), "CH"),
    (re.compile(r"dsch"), "J"),
    (re.compile(r"sch"), "SH"),
)


def english_person(
    words: list[str], given: Mapping[str, str], surnames: Mapping[str, str], slavic_article: bool
) -> list[str]:
    """The English spelling of a person's name, word by word; unchanged unless the whole name shows its origin.

    `given` and `surnames` are the gazetteer's Slavic names; `slavic_article` says that the article speaks of a country
    where such names are at home, which lets a listed surname stand alone.
    """
    if _is_arabic(words):
        return [_spell(word, ARABIC_RULES) for word in words]
    if len(words) > 1 and GREEK_ENDING.search(words[-1]) and not GERMAN_LETTERS.search(" ".join(words)):
        return [_spell(word, GREEK_RULES) for word in words]
    if not _is_slavic(words, given, surnames, slavic_article):
        return words
    first = [given.get(word) or _spell(word, SLAVIC_RULES, only=CERTAIN_GIVEN) for word in words[:-1]]
    return [*first, _surname(words[-1], surnames)]


CERTAIN_GIVEN = re.compile(r"w|tsch|sch|ij$|witsch|wna$|^j[aeou]", re.IGNORECASE)


def pinyin(words: list[str]) -> list[str]:
    """What the words are in English if they are Chinese: only the caller can tell."""
    return [_spell(word, CHINESE_RULES) for word in words]


def _surname(word: str, surnames: Mapping[str, str]) -> str:
    return surnames.get(word) or "-".join(surnames.get(part) or _spell(part, SLAVIC_RULES) for part in word.split("-"))


def _is_arabic(words: list[str]) -> bool:
    lowered = [word.lower() for word in words]
    if any(FRENCH_WRITING.search(word) for word in lowered):
        return False
    if any(ARABIC_PARTICLE.search(word) for word in lowered):
        return True
    shows_transcription = any(re.search(r"sch|ch|dsch", word) and not GERMAN_ENDING.search(word) for word in lowered)
    return len(lowered) > 1 and lowered[0] in ARABIC_GIVEN and shows_transcription


def _is_slavic(words: list[str], given: Mapping[str, str], surnames: Mapping[str, str], slavic_article: bool) -> bool:
    surname = words[-1].lower()
    if UNSLAVIC.search(surname):
        return False
    listed = words[-1] in surnames
    ending = bool(SLAVIC_ENDING.search(surname))
    if len(words) > 1:
        slavic_given = words[0] in given
        unmistakable = slavic_given and given[words[0]] != words[0]
        return (
            (slavic_given and (listed or ending))
            or (unmistakable and slavic_article)
            or bool(CERTAIN_ENDING.search(surname) and (slavic_article or listed))
        )
    return (listed and slavic_article) or bool(CERTAIN_ENDING.search(surname) and (slavic_article or listed))


def _spell(word: str, rules: tuple[Rule, ...], only: re.Pattern[str] | None = None) -> str:
    """Rewrite one word. Rules write capitals, so that none reads what another wrote; the first letter's case stays."""
    if only is not None and not only.search(word):
        return word
    return "-".join(_spell_part(part, rules) for part in word.split("-"))


def _spell_part(part: str, rules: tuple[Rule, ...]) -> str:
    spelled = part.lower()
    for pattern, english in rules:
        spelled = pattern.sub(english, spelled)
    spelled = spelled.lower()
    restore: Callable[[str], str] = str.capitalize if part[:1].isupper() else str
    return restore(spelled)
