"""Finds names by what the decoder looked at: a translation of the name, or gibberish in its place."""

from __future__ import annotations

from service.alignment.by_form import take_given_names
from service.alignment.english import OFFICES, EnglishSentence, Words
from service.alignment.items import LEAST_ATTENTION, Item
from service.entities import gazetteer
from service.entities.words import WORD

ATTENTION_FOR_OVERWRITING = 0.5


def find_aligned(english: EnglishSentence, items: list[Item], _: int) -> None:
    """What the decoder looked at the name for: a translation of it, or gibberish in its place."""
    for item in items:
        if item.words is not None:
            continue
        for words in english.aligned(item.source, LEAST_ATTENTION):
            if item.entity.fixed or (_is_gibberish(english, item, words) and _is_translatable(item)):
                item.settle(english, words, "attention")
                item.replacement = item.english.form
            elif _is_translated_surname(english, item, words):
                item.settle(english, words, "attention")
                item.replacement = item.english.form.rsplit(" ", 1)[-1]
                take_given_names(english, item)
            elif _is_rendering(english, item, words):
                item.settle(english, english.widened(words), "attention")
            if item.words is not None:
                break


def _is_gibberish(english: EnglishSentence, item: Item, words: Words) -> bool:
    """No word of it is English, and it is no acronym and no name that the gazetteer knows."""
    surface = english.surface(words)
    if surface.isupper() or gazetteer.default().is_english(surface, item.entity.type):
        return False
    return all(english.is_unknown(at) for at in range(*words))


def _is_translated_surname(english: EnglishSentence, item: Item, words: Words) -> bool:
    """ "Helmut Cabbage": one everyday word that has its capital in the middle of the sentence from a person's name."""
    at, end = words
    return (
        item.entity.type == "PER"
        and end - at == 1
        and english.is_capital(at)
        and not english.is_ordinary(at)
        and not english.is_unknown(at)
        and english.attention(words, item.source) >= ATTENTION_FOR_OVERWRITING
    )


def _is_translatable(item: Item) -> bool:
    """The English form is known, or the name is written alike in both languages: then it may replace gibberish."""
    one_word = item.entity.type == "LOC" and len(WORD.findall(item.english.form)) == 1
    return item.entity.type == "PER" or one_word or item.is_known or item.entity.canonical_en.isupper()


def _is_rendering(english: EnglishSentence, item: Item, words: Words) -> bool:
    """A translation by other words has a capital that it owes to being a name; a person has none."""
    if item.entity.type == "PER":
        return False
    if any(english.words[at].lower() in OFFICES for at in range(*words)):
        return False
    capitals = [at for at in range(*words) if english.is_capital(at) and not english.is_ordinary(at)]
    return bool(capitals) or (item.entity.type in ("ORG", "MISC") and words[1] - words[0] >= 2)
