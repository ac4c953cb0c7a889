"""Holds a translation against a dictionary: English words that nothing in the German stands for, German words left out.

The dictionary lists what each German word became in the parallel texts that `training/words/counterparts.py` read. What
it says of a word it does not know is nothing: names, rare compounds and what stands for them are left alone.
"""

from __future__ import annotations

import functools
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from service.alignment.model import SentencePair
from service.alignment.vocabulary import FUNCTION_WORDS, is_everyday
from service.article.characters import meant
from service.checks.english_words import WORD
from service.checks.lexicons.content import GERMAN_FUNCTION_WORDS, LIGHT_ENGLISH, LIGHT_GERMAN
from service.checks.separable import separated_verbs
from service.entities.spelling import is_similar
from service.places import MODELS
from service.translation.confidence import WORD as ENGLISH_WORD
from service.translation.model import Link, Span, Translation, touches

DEFAULT_PATH: Final = MODELS / "words" / "counterparts.txt.xz"
APOSTROPHE: Final = re.compile("['’]")
COMMON_MARK: Final = "+"  # before a stem that was seen often enough for its counterparts to be all there are

_LONGEST: Final = 50  # letters; what is longer is no word of the news
_LONGEST_SENTENCE: Final = 5_000  # code points; in what is longer every word would be compared with thousands
_SHORTEST: Final = 4  # letters; shorter words are particles and abbreviations, and have no one counterpart
_SHORTEST_PART: Final = 4  # of a compound
_ALIKE: Final = 0.6
_LINKING: Final = ("", "s", "n", "en", "es", "e")  # between the parts of a compound

_FOLDED: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_ENDING: Final = re.compile(
    rf"(?<=\w{{{_SHORTEST}}})(?:ungen|ende[nrs]?|ene[nrs]?|tete[nrs]?|tet|te[nrsm]?|est|ern|e[nrsm]?|st|[nst])$"
)
_PREFIX: Final = (
    "ab", "an", "auf", "aus", "bei", "dar", "durch", "ein", "fest", "fort", "her", "hin", "los", "mit", "nach", "statt",
    "teil", "uber", "um", "unter", "vor", "voran", "weg", "weiter", "wieder", "zu", "zuruck", "zusammen",
)  # fmt: skip
_VERB_END: Final = r"(?=\w{3,}(?:t|te|ten|ter|tes|en|ene|enen|ener|enes)$)"
_PARTICIPLE: Final = re.compile(rf"({'|'.join(_PREFIX)})(?:ge|zu){_VERB_END}|ge{_VERB_END}")
_ENGLISH_ENDINGS: Final = (
    ("ies", "y"), ("ied", "y"), ("ations", "at"), ("ation", "at"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""),
    ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@functools.lru_cache(maxsize=16_384)
def german_stem(word: str) -> str:
    """A key that inflection hardly changes: "abgestattet" and "abzustatten" meet "abstatten"."""
    folded = word.lower().translate(_FOLDED)
    if participle := _PARTICIPLE.match(folded):
        folded = (participle[1] or "") + folded[participle.end() :]
    return _ENDING.sub("", folded, count=1)


@functools.lru_cache(maxsize=16_384)
def english_stem(word: str) -> str:
    """A key that inflection hardly changes: "studies" and "studied" meet "study"."""
    stem = word.lower()
    for ending, instead in _ENGLISH_ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            stem = stem.removesuffix(ending) + instead
            break
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" else stem


class Dictionary(NamedTuple):
    """German stems with the English stems that they became, a space between them; `common` are those seen often."""

    english: dict[str, str]
    common: frozenset[str]


@functools.cache
def dictionary() -> Dictionary:
    """The bundled dictionary, read once. Raises OSError when the file is missing."""
    english: dict[str, str] = {}
    common = set()
    for line in lzma.decompress(DEFAULT_PATH.read_bytes()).decode("utf-8").splitlines():
        stem, _, counterparts = line.partition(" ")
        if stem.startswith(COMMON_MARK):
            stem = stem.removeprefix(COMMON_MARK)
            common.add(stem)
        english[stem] = counterparts
    return Dictionary(english, frozenset(common))


def is_common(german: str) -> bool:
    """Whether the dictionary has seen a word of this stem often."""
    return len(german) <= _LONGEST and german_stem(german) in dictionary().common


@functools.lru_cache(maxsize=16_384)
def readings(word: str) -> tuple[str, ...]:
    """The stems of the dictionary that a German word may be, the parts of a rare compound among them."""
    if len(word) > _LONGEST:
        return ()
    known, common = dictionary()
    stem = german_stem(word)
    if stem in common:
        return (stem,)
    return tuple(dict.fromkeys([*([stem] if stem in known else []), *_parts(word)]))


def _parts(word: str) -> Iterator[str]:
    folded = word.lower().translate(_FOLDED)
    known, common = dictionary()
    for cut in range(len(folded) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        last = german_stem(folded[cut:])
        if last not in common:
            continue
        heads = (german_stem(folded[:cut].removesuffix(link)) for link in _LINKING if folded[:cut].endswith(link))
        if (first := next((head for head in heads if head in known), None)) is not None:
            yield first
            yield last


@functools.lru_cache(maxsize=16_384)
def _counterparts(stem: str) -> frozenset[str]:
    return frozenset(dictionary().english[stem].split())


class _Content(NamedTuple):
    """A German word that must not be lost; `parts` tells that it was put together or taken apart to be found."""

    place: Span
    word: str
    readings: tuple[str, ...]
    parts: bool


@dataclass(frozen=True, slots=True)
class _German:
    """What the dictionary knows of a sentence; places are those of the sentence as it is written."""

    words: tuple[str, ...]
    english: tuple[frozenset[str], ...]  # the counterparts of each reading of each
    content: tuple[_Content, ...]
    unknown: tuple[Span, ...]
    places: tuple[Span, ...]  # of all words but the little ones


@functools.lru_cache(maxsize=64)  # a sentence is looked at as often as it is translated
def _read(german: str) -> _German:
    common = dictionary().common
    plain = meant(german)
    words: list[str] = []
    english: list[frozenset[str]] = []
    content: list[_Content] = []
    unknown: list[Span] = []
    places: list[Span] = []
    verbs = {verb.verb: verb.word for verb in separated_verbs(plain.text, is_common)}
    for match in WORD.finditer(plain.text):
        if len(match.group()) <= _LONGEST:
            words.append(match.group())
        word = verbs.get(match.span(), match.group())
        stems = readings(word)
        english += map(_counterparts, stems)
        if len(word) < _SHORTEST or word.lower() in GERMAN_FUNCTION_WORDS:
            continue
        places.append(plain.outside(match.span()))
        if not stems:
            unknown.append(places[-1])
        elif not common.isdisjoint(stems) and german_stem(word) not in _light_stems():
            content.append(_Content(places[-1], word, stems, len(stems) > 1 or match.span() in verbs))
    return _German(tuple(words), tuple(english), tuple(content), tuple(unknown), tuple(places))


@functools.cache
def _light_stems() -> frozenset[str]:
    return frozenset(map(german_stem, LIGHT_GERMAN))


def marked(translation: Translation) -> Translation:
    """The translation with the words that the dictionary does not find on the other side.

    It knows the wording of the model that learned from the same texts. People, and better models, say the same in other
    words in three sentences of five: what was not measured is left as it is.
    """
    if not translation.is_measured or len(translation.source) > _LONGEST_SENTENCE:
        return translation
    german, english = translation.source, translation.target
    return replace(
        translation,
        unexplained=unexplained(german, english, translation.links),
        omissions=omitted(german, english),
        uncovered=uncovered(german, english),
    )


def unexplained(german: str, english: str, links: Sequence[Link]) -> tuple[Span, ...]:
    """The English words, names apart, that no word of the German is known to become.

    Not what the decoder wrote while it looked at a German word that the dictionary does not know.
    """
    read = _read(german)
    found = ((match.span(), APOSTROPHE.split(match.group())[0]) for match in ENGLISH_WORD.finditer(english))
    strange = [
        (span, word) for span, word in found if _has_sense(word) and _is_none_of(english_stem(word), read.english)
    ]
    return tuple(
        span
        for span, word in strange
        if not _is_like_one_of(word, read.words) and not _looks_at(span, links, read.unknown)
    )


def omitted(german: str, english: str) -> tuple[Span, ...]:
    """The German content words of which the English has no known counterpart, nor a word that is written alike.

    For a rare compound, whose parts are asked, or a separable verb a "to" or "is" is none.
    """
    read = _read_english(english)
    return tuple(
        one.place
        for one in _read(german).content
        if _has_no_counterpart(one.readings, read.senses if one.parts else read.stems)
        and not _is_like_one_of(one.word, read.words)
    )


def uncovered(german: str, english: str) -> int:
    """How many German content words have no counterpart that says something: more than are surely left out.

    The fewer, the better of two translations; by itself it says little.
    """
    read = _read_english(english)
    content = _read(german).content
    return sum(
        _has_no_counterpart(one.readings, read.senses) and not _is_like_one_of(one.word, read.words) for one in content
    )


class _English(NamedTuple):
    """The words of a translation, their stems, and those of the words that say something."""

    words: tuple[str, ...]
    stems: frozenset[str]
    senses: frozenset[str]


@functools.lru_cache(maxsize=64)
def _read_english(english: str) -> _English:
    words = tuple(word for word in WORD.findall(english) if len(word) <= _LONGEST)
    senses = (word for word in words if word.lower() not in FUNCTION_WORDS)
    return _English(words, frozenset(map(english_stem, words)), frozenset(map(english_stem, senses)))


def _has_no_counterpart(stems: Sequence[str], english: frozenset[str]) -> bool:
    return all(_counterparts(stem).isdisjoint(english) for stem in stems)


def marked_again(pair: SentencePair) -> SentencePair:
    """The pair once names were put right in its English: what stood in their places is gone."""
    if not pair.changes or pair.confidence is None:
        return pair
    named = [mention.source for mention in pair.mentions]
    lost = (span for span in omitted(pair.source.text, pair.english) if not touches(span, named))
    return replace(pair, omissions=tuple(sorted({*pair.omissions, *lost})))


def suspects(looked_at: Translation) -> tuple[Span, ...]:
    """The German words whose English is missing or doubtful: omitted, or what the decoder looked at in doubt.

    Of a marked translation. Which words a search was unsure of is known of first decodes only.
    """
    places = _read(looked_at.source).places if looked_at.is_measured else ()
    doubts = {*(looked_at.doubts or ()), *looked_at.unexplained}
    doubtful = {place for place in places if any(_looks_at(word, looked_at.links, (place,)) for word in doubts)}
    return tuple(sorted(doubtful.union(looked_at.omissions)))


def content_words(german: str) -> tuple[Span, ...]:
    """The German words that a translation must not lose, as far as the dictionary knows them."""
    return tuple(one.place for one in _read(german).content)


def _has_sense(word: str) -> bool:
    """A word that says something by itself; with a capital an everyday word alone: others may be names."""
    if not _SHORTEST <= len(word) <= _LONGEST or not (word.isalpha() and word[1:].islower()):
        return False
    small = word.lower()
    return small not in FUNCTION_WORDS and small not in LIGHT_ENGLISH and (word == small or is_everyday(small))


def _is_none_of(stem: str, counterparts: Sequence[frozenset[str]]) -> bool:
    return not any(stem in own for own in counterparts)


def _is_like_one_of(word: str, others: Sequence[str]) -> bool:
    """Loanwords and names: "Panik" and "panic"."""
    initial = _initial(word)
    return any(_initial(other) == initial and is_similar(word, other, _ALIKE) for other in others)


def _initial(word: str) -> str:
    return word[0].lower().replace("c", "k")


def _looks_at(word: Span, links: Sequence[Link], places: Sequence[Span]) -> bool:
    """Whether the strongest link of an English word leads to one of the German places."""
    own = [link for link in links if link.target_start < word[1] and word[0] < link.target_end] if places else []
    strongest = max(own, key=lambda link: link.weight, default=None)
    return strongest is not None and touches((strongest.source_start, strongest.source_end), places)
