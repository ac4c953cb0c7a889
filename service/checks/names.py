"""Every German name surfaces in an accepted English form, and no name comes from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import ClassVar, Final

from service.alignment.model import MentionPair, SentencePair
from service.checks.lexicons.names import COUNTERPARTS, NEVER_A_NAME
from service.checks.model import Finding, Verdict
from service.checks.words import english_words
from service.entities.gazetteer import default as gazetteer
from service.entities.model import Entity
from service.entities.spelling import fold, plain, similarity, without_genitive

_WORD: Final = re.compile(r"[^\W\d_]\w*")
_LETTERS: Final = re.compile(r"[^\W\d_]\w*")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:…]['’”\"»)]*\s+|[\"“„«»‘(\[–—|-]\s*|\n)$")
# A word this similar to an accepted form is that name in another transcription; below, another name.
_SAME_NAME: Final = 0.75
# A German word this similar, or sharing this many first letters, explains a capitalised English word.
_EXPLAINS: Final = 0.6
_SHARED_START: Final = 4
_HEADLINE_SHARE: Final = 0.7

Span = tuple[int, int]


class NamesCheck:
    """Names missing or changed are reviewed; a name whose place another name has taken is blocked."""

    kind: ClassVar[str] = "names"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        strangers = unexplained_names(pair, entities)
        faults: list[Finding] = []
        for mention in pair.mentions:
            entity = entities.get(mention.entity)
            if entity is not None and not is_kept(mention, entity, pair):
                faults.append(self._lost(mention, entity, pair, strangers))
        taken = {finding.en for finding in faults}
        faults += [self._stranger(span, pair) for span in strangers if span not in taken]
        return faults or [Finding(self.kind, "pass")]

    def _lost(self, mention: MentionPair, entity: Entity, pair: SentencePair, strangers: list[Span]) -> Finding:
        name = pair.source.text[slice(*mention.source)]
        if strangers:
            other = strangers[0]
            detail = f"“{name}” became “{pair.english[slice(*other)]}”"
            return Finding(self.kind, "blocked", mention.source, other, detail)
        return Finding(
            self.kind, "review", mention.source, mention.target, f"“{name}” has no counterpart in the English"
        )

    def _stranger(self, span: Span, pair: SentencePair) -> Finding:
        verdict: Verdict = "review"
        return Finding(
            self.kind, verdict, None, span, f"“{pair.english[slice(*span)]}” has no counterpart in the German"
        )


def is_kept(mention: MentionPair, entity: Entity, pair: SentencePair) -> bool:
    """True when an accepted form of the name stands at its place, or anywhere in the English sentence."""
    name = pair.source.text[slice(*mention.source)]
    forms = accepted_forms(name, entity)
    if mention.target is not None and _is_form(pair.english[slice(*mention.target)], forms):
        return True
    return any(_contains(pair.english, form) for form in forms)


def accepted_forms(name: str, entity: Entity) -> tuple[str, ...]:
    """The name as written here without its genitive, its canonical forms and variants, and a person's surname alone."""
    forms = [name, entity.canonical_en, entity.canonical_de, *entity.variants]
    forms += [base for form in forms if (base := without_genitive(form))]
    if entity.type == "PER":
        forms += [form.split()[-1] for form in forms if " " in form]
    return tuple(dict.fromkeys(form for form in forms if form))


def _is_form(surface: str, forms: Iterable[str]) -> bool:
    bare = without_genitive(surface) or surface
    return any(similarity(candidate, form) >= _SAME_NAME for form in forms for candidate in (surface, bare))


def _contains(text: str, form: str) -> bool:
    """The words of `form` in a row, whatever their transcription and case."""
    wanted = _folded_words(form)
    words = _folded_words(text)
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))


@lru_cache(maxsize=512)
def _folded_words(text: str) -> tuple[str, ...]:
    words = (match.group() for match in re.finditer(r"[^\W_]+", text))
    return tuple(fold(word) for word in words if word not in ("s",))


def unexplained_names(pair: SentencePair, entities: Mapping[str, Entity]) -> list[Span]:
    """Capitalised English words inside the sentence that nothing in the German explains; neighbours are one name."""
    words = list(_WORD.finditer(pair.english))
    if _is_headline(words):
        return []
    known = _explanations(pair, entities)
    spans: list[Span] = []
    for word in words:
        if not _looks_like_a_name(word, pair.english) or _is_explained(word.group(), known):
            continue
        if spans and pair.english[spans[-1][1] : word.start()] == " ":
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append(word.span())
    return spans


def _is_headline(words: list[re.Match[str]]) -> bool:
    long = [word.group() for word in words if len(word.group()) > 3]
    return sum(word[0].isupper() for word in long) > _HEADLINE_SHARE * len(long) and len(long) > 2


def _looks_like_a_name(word: re.Match[str], text: str) -> bool:
    surface = word.group()
    if not surface[0].isupper() or len(surface) < 2 or plain(surface) in NEVER_A_NAME:
        return False
    lower = surface.lower()
    if lower in english_words() or lower.rstrip("s") in english_words():
        return False
    return not _SENTENCE_START.search(text, max(0, word.start() - 6), word.start()) or not lower.isalpha()


def _explanations(pair: SentencePair, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Every German word of the sentence, the parts of hyphenated words, and the accepted forms of its names."""
    forms = [pair.source.text.replace("\u00ad", "")]
    for mention in pair.mentions:
        entity = entities.get(mention.entity)
        if entity is not None:
            forms += [entity.canonical_en, entity.canonical_de, *entity.variants]
    return tuple(dict.fromkeys(match.group() for form in forms for match in _LETTERS.finditer(form)))


@lru_cache(maxsize=2048)
def _is_explained(word: str, german_words: tuple[str, ...]) -> bool:
    return (
        any(_is_written_alike(word, german) for german in german_words)
        or _has_counterpart(plain(word), german_words)
        or any(_is_written_alike(word, english) for english in _english_place_names(german_words))
    )


def _is_written_alike(word: str, german: str) -> bool:
    key, other = fold(word), fold(german)
    if key == other:
        return True
    if len(key) >= _SHARED_START and (key[:_SHARED_START] == other[:_SHARED_START] or key in other):
        return True
    return german[0].isupper() and similarity(word, german) >= _EXPLAINS


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
    return tuple(dict.fromkeys(match.group() for name in names for match in _LETTERS.finditer(name)))
