"""Finds names that the translation spelled in another way, and decides whether they may stay as they stand."""

from __future__ import annotations

import re

from service.alignment.english import EnglishSentence, Words
from service.alignment.items import LEAST_ATTENTION, SIMILAR_AND_ALIGNED, Item, is_derived
from service.entities import gazetteer
from service.entities.spelling import fold, plain, similarity, stem, without_genitive
from service.entities.words import WORD, form_of

SIMILAR = 0.7
SLIP = 0.85

DOUBLED = re.compile(r"(.)\1+")


def find_similar(english: EnglishSentence, items: list[Item], _: int) -> None:
    """Names that the translation spelled wrong: the most similar free stretch, aligned ones on weaker evidence."""
    found = []
    for item in items:
        if item.words is not None:
            continue
        for form in dict.fromkeys((item.english.form, item.entity.canonical_en)):
            best = english.most_similar(form, item.source, SIMILAR_AND_ALIGNED)
            if best is None:
                continue
            likeness, words = best
            aligned = english.attention(words, item.source) >= LEAST_ATTENTION
            if likeness >= (SIMILAR_AND_ALIGNED if aligned else SIMILAR):
                found.append((likeness + 0.2 * aligned, id(item), words, item, form))
    for _, _, words, item, form in sorted(found, key=lambda entry: entry[0], reverse=True):
        if item.words is None and english.is_free(words):
            item.settle(english, words, "similarity")
            item.replacement = None if _may_stay(english, item, words, form) else form


def _may_stay(english: EnglishSentence, item: Item, words: Words, form: str) -> bool:
    """Whether a similar stretch is right as it stands.

    A person's name is written alike in both languages, or its English is known. What English calls a place or an
    institution that the gazetteer does not know, the translation may know better than we: "University of Bamberg".
    """
    surface = english.surface(words)
    if surface.rstrip(".") == form.rstrip("."):
        return True
    if item.entity.fixed or (_is_misspelled(surface, form) and not item.is_known):
        return False
    if surface == without_genitive(form):
        return True
    if item.entity.type == "PER":
        return False
    if plain(surface) == plain(form) and not item.is_known:
        return True
    if set(WORD.findall(surface)) < set(WORD.findall(form)):
        return True  # a part of the name: "Kissingen" for "Bad Kissingen"
    unknown = [english.is_unknown(at) for at in range(*words)]
    if is_derived(surface, form) or gazetteer.default().is_english(surface, item.entity.type):
        return True
    if not english.is_capital(words[0]):
        return item.entity.type != "LOC" or not all(unknown)
    if item.is_known:
        return False
    if item.entity.type == "MISC" or stem(surface) == stem(form) or fold(surface) == fold(form):
        return True
    same_words = len(WORD.findall(form)) == len(unknown)
    slip = same_words and similarity(surface, form) >= SLIP
    if item.entity.type == "ORG":
        return not (slip and all(unknown))
    return not all(unknown) and not (slip and any(unknown))


def _is_misspelled(surface: str, form: str) -> bool:
    """ "Kangerlusuaq" for "Kangerlussuaq": a doubled letter lost or gained is no transcription."""
    left, right = plain(surface), plain(form)
    return left != right and DOUBLED.sub(r"\1", left) == DOUBLED.sub(r"\1", right)


def find_shared_words(english: EnglishSentence, items: list[Item], _: int) -> None:
    """ "Weltfußballverband Fifa", "World Football Association Fifa": a word of the name that both languages write."""
    for item in items:
        if item.words is not None or item.entity.type == "PER":
            continue
        for word in reversed(WORD.findall(item.surface)):
            shared = [] if len(word) < 3 or not word[0].isupper() else english.find(form_of(word))
            if len(shared) == 1 and not english.is_ordinary(shared[0][0]):
                item.settle(english, english.widened(shared[0]), "similarity")
                break
