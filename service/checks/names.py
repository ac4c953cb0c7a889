"""Every German name surfaces in an accepted English form, and no name comes from nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final

from service.alignment.model import MentionPair, SentencePair
from service.alignment.vocabulary import is_everyday
from service.checks.lexicons.names import COUNTERPARTS, NEVER_A_NAME
from service.checks.model import Finding
from service.entities.canonical import english_of
from service.entities.gazetteer import default as gazetteer
from service.entities.model import Entity
from service.entities.spelling import fold, is_similar, plain, without_genitive

_WORD: Final = re.compile(r"[^\W\d_]\w*")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:…]['’”\"»)]*\s+|[\"“„«»‘(\[–—|-]\s*|\n)$")
# A word this similar to an accepted form is that name in another transcription; below, another name.
_SAME_NAME: Final = 0.75
# A German word this similar, or sharing this many first letters, explains a capitalised English word.
_EXPLAINS: Final = 0.6
_SHARED_START: Final = 4
# An acronym that the gazetteer does not know is the same in English.
_ACRONYM: Final = re.compile(r"[A-ZÄÖÜ]{2,5}")
_DOTTED: Final = re.compile(r"\b(?:\w\.)+\w\b")  # K.o., U.S
_PARTICLE: Final = re.compile(r"(?:al|el|as|ad|ben|bin)-", re.IGNORECASE)
_HEADLINE_SHARE: Final = 0.7

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A capitalised English name that nothing in the German explains. `certain` where only a name is capitalised."""

    span: Span
    certain: bool


class NamesCheck:
    """Names missing or changed are reviewed; a name whose place another name has taken is blocked."""

    kind: ClassVar[str] = "names"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        strangers = find_strangers(pair, entities)
        lost = [mention for mention in pair.mentions if is_lost(mention, entities.get(mention.entity), pair, strangers)]
        faults = [self._lost(mention, pair, strangers) for mention in lost]
        taken = {finding.en for finding in faults}
        faults += [self._stranger(stranger.span, pair) for stranger in strangers if stranger.certain]
        faults = [fault for fault in faults if fault.de is not None or fault.en not in taken]
        return faults or [Finding(self.kind, "pass")]

    def _lost(self, mention: MentionPair, pair: SentencePair, strangers: list[Stranger]) -> Finding:
        name = pair.source.text[slice(*mention.source)]
        if strangers:
            other = strangers[0].span
            detail = f"“{name}” became “{pair.english[slice(*other)]}”"
            return Finding(self.kind, "blocked", mention.source, other, detail)
        detail = f"“{name}” has no counterpart in the English"
        return Finding(self.kind, "review", mention.source, mention.target, detail)

    def _stranger(self, span: Span, pair: SentencePair) -> Finding:
        return Finding(
            self.kind, "review", None, span, f"“{pair.english[slice(*span)]}” has no counterpart in the German"
        )


def is_lost(mention: MentionPair, entity: Entity | None, pair: SentencePair, strangers: list[Stranger]) -> bool:
    """True when no accepted form of the name stands at its place or anywhere else in the English sentence.

    What a club, an office or a work is called in English is often known to nobody but the translation. Without a known
    English form such a name is lost only when a stranger stands in the sentence.
    """
    if entity is None:
        return False
    name = pair.source.text[slice(*mention.source)]
    forms = accepted_forms(name, entity)
    surface = pair.english[slice(*mention.target)] if mention.target is not None else None
    if (surface and _is_form(surface, forms)) or any(_contains(pair.english, form) for form in forms):
        return False
    if _is_put_differently(name, pair.english):
        return False
    if _has_known_english(name, entity) or _ACRONYM.fullmatch(name):
        return True
    places = [stranger.span for stranger in strangers]
    if surface and mention.target not in places:
        return False
    return bool(places) and not _shares_a_word(name, pair.english)


def accepted_forms(name: str, entity: Entity) -> tuple[str, ...]:
    """The name as written here without its genitive, its canonical forms and variants, and a person's surname alone."""
    english = english_of(entity, name)
    forms = [name, english.form, *english.accepted, entity.canonical_en, entity.canonical_de, *entity.variants]
    forms += [base for form in forms if (base := without_genitive(form))]
    if entity.type == "PER":
        forms += [form.split()[-1] for form in forms if " " in form]
        forms += [form.rpartition("-")[2] for form in forms if _PARTICLE.match(form)]
    return tuple(dict.fromkeys(form for form in forms if form))


def _has_known_english(name: str, entity: Entity) -> bool:
    """A full name is the same in English; any other must be in the gazetteer, or the recogniser may have erred."""
    if entity.type == "PER" and any(" " in form for form in (entity.canonical_de, *entity.variants)):
        return True
    known = english_of(entity, name)
    return plain(entity.canonical_en) != plain(entity.canonical_de) or len(known.accepted) > 1


def _is_put_differently(name: str, english: str) -> bool:
    """Napoli for Neapel, East Germans for Ostdeutsche, the economist of Markit for Markit-Ökonom."""
    compound, hyphen, _ = name.partition("-")
    if hyphen and len(compound) >= _SHARED_START and _contains(english, compound):
        return True
    return any(_has_counterpart(plain(word), (name,)) for word in _WORD.findall(english) if word[0].isupper())


def _is_form(surface: str, forms: Sequence[str]) -> bool:
    bare = without_genitive(surface) or surface
    if surface in forms or bare in forms:
        return True
    return any(is_similar(candidate, form, _SAME_NAME) for form in forms for candidate in (surface, bare))


def _contains(text: str, form: str) -> bool:
    """The words of `form` in a row, whatever their transcription and case; East German stands for East Germany."""
    wanted = _folded_words(form)
    words = _folded_words(text)
    *first, last = wanted or ("",)
    size = len(wanted)
    return any(
        list(words[i : i + size - 1]) == first and _is_derived(words[i + size - 1], last)
        for i in range(len(words) - size + 1)
    )


def _is_derived(word: str, name: str) -> bool:
    """Itself, or an adjective made of it: Munich, Munich's; Germany, German; Turin, Turinese."""
    stem = name[: max(_SHARED_START, len(name) - 2)]
    return word == name or (len(name) > _SHARED_START and word.startswith(stem))


def _shares_a_word(name: str, english: str) -> bool:
    """Hiltruper See and Hiltrup lake, Technische Universität München and Munich's Technical University."""
    words = [word for word in _folded_words(name) if len(word) >= _SHARED_START]
    return any(other[:_SHARED_START] == word[:_SHARED_START] for word in words for other in _folded_words(english))


@lru_cache(maxsize=512)
def _folded_words(text: str) -> tuple[str, ...]:
    words = (match.group() for match in re.finditer(r"[^\W_]+", text))
    return tuple(fold(word) for word in words if word != "s")


def find_strangers(pair: SentencePair, entities: Mapping[str, Entity]) -> list[Stranger]:
    """Neighbouring words are one stranger. At the start of a sentence and in headlines none is certain."""
    words = list(_WORD.finditer(pair.english))
    headline = _is_headline(words)
    known = _explanations(pair, entities)
    strangers: list[Stranger] = []
    for word in words:
        if not _looks_like_a_name(word) or _is_explained(word.group(), known):
            continue
        last = strangers[-1] if strangers else None
        if last and pair.english[last.span[1] : word.start()] == " ":
            strangers[-1] = Stranger((last.span[0], word.end()), not headline)
        else:
            strangers.append(Stranger(word.span(), not headline and not _starts_a_sentence(word, pair.english)))
    return [
        replace(stranger, certain=stranger.certain and not _is_given_name(stranger, pair)) for stranger in strangers
    ]


def _is_given_name(stranger: Stranger, pair: SentencePair) -> bool:
    """Donald Trump for Trump: English news gives the full name where German has the surname alone."""
    following = _WORD.match(pair.english, stranger.span[1] + 1)
    if following is None:
        return False
    surnames = (pair.source.text[slice(*mention.source)] for mention in pair.mentions)
    return any(" " not in name and fold(name) == fold(following.group()) for name in surnames)


def _is_headline(words: list[re.Match[str]]) -> bool:
    long = [word.group() for word in words if len(word.group()) > 3]
    return sum(word[0].isupper() for word in long) > _HEADLINE_SHARE * len(long) and len(long) > 2


def _starts_a_sentence(word: re.Match[str], text: str) -> bool:
    return bool(_SENTENCE_START.search(text, max(0, word.start() - 6), word.start()))


def _looks_like_a_name(word: re.Match[str]) -> bool:
    surface = word.group()
    if not surface[0].isupper() or len(surface) < 2 or plain(surface) in NEVER_A_NAME:
        return False
    return not is_everyday(surface)


def _explanations(pair: SentencePair, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Every German word of the sentence, the parts of hyphenated words, and the accepted forms of its names."""
    source = pair.source.text
    forms = [source, *(dotted.replace(".", "") for dotted in _DOTTED.findall(source))]
    for mention in pair.mentions:
        entity = entities.get(mention.entity)
        if entity is not None:
            name = pair.source.text[slice(*mention.source)]
            acronym = [english_of(entity, name).form] if name.isupper() else []  # ECHR for EGMR
            forms += [*acronym, entity.canonical_en, entity.canonical_de, *entity.variants]
    return tuple(dict.fromkeys(word for form in forms for word in _WORD.findall(form)))


@lru_cache(maxsize=2048)
def _is_explained(word: str, german_words: tuple[str, ...]) -> bool:
    return (
        any(is_written_alike(word, german) for german in german_words)
        or _has_counterpart(plain(word), german_words)
        or any(is_written_alike(word, english) for english in _english_place_names(german_words))
    )


def is_written_alike(word: str, german: str) -> bool:
    """Whether a name may be written so in both languages: Belousov, Beloussow."""
    key, other = _key(word), _key(german)
    if key == other:
        return True
    if len(key) >= _SHARED_START and (key[:_SHARED_START] == other[:_SHARED_START] or key in other):
        return True
    return german[0].isupper() and is_similar(word, german, _EXPLAINS)


@lru_cache(maxsize=16_384)
def _key(word: str) -> str:
    return fold(word).replace("c", "k")  # Rector, Rektor; Catalan, katalanisch


def _has_counterpart(word: str, german_words: tuple[str, ...]) -> bool:
    """French for französisch, or inside nordfranzösisch. Short forms (EU, US) must be whole words."""
    starts = [start for english, german in COUNTERPARTS.items() if _begins(word, english) for start in german]
    return any(
        _begins(german.lower(), start) or (len(start) >= _SHARED_START and start in german.lower())
        for start in starts
        for german in german_words
    )


def _begins(word: str, start: str) -> bool:
    return word.startswith(start) if len(start) > 2 else word == start


@lru_cache(maxsize=64)
def _english_place_names(german_words: tuple[str, ...]) -> tuple[str, ...]:
    """Venice for Venedig: what the gazetteer calls the capitalised words of the sentence."""
    found = (gazetteer().find(word, "LOC") for word in german_words if word[0].isupper())
    names = (name for hit in found if hit for name in hit[1].english)
    return tuple(dict.fromkeys(match.group() for name in names for match in _WORD.finditer(name)))
