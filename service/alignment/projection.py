"""Finds every German mention's counterpart in the translated sentence, and puts mangled names right.

In this order: the canonical English form or another accepted one; a similar spelling; what the decoder looked at; the
English recogniser. A word that English text writes in lower case is never overwritten, unless a glossary demands it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.alignment.english import OFFICES, WORD, EnglishSentence, Span, Words
from service.alignment.model import Change, MentionPair, SentencePair
from service.entities import gazetteer, persons
from service.entities.canonical import English, english_of
from service.entities.model import Entity, Mention
from service.entities.spelling import fold, plain, similarity, stem, without_genitive
from service.segmentation.model import Sentence
from service.translation.model import Translation

# Endings of English adjectives and people words that are made of places' names.
DERIVED = re.compile(r"(?:ians?|ans?|ese|ish|ch|is?|ers?|ic|ite)$")

Recogniser = Callable[[str], Sequence[Mention]]

# Chosen on the wmt19-21 sources (bench/linking.py); attention is a mean weight, similarity one minus edit share.
LEAST_ATTENTION = 0.25
ATTENTION_FOR_LOWER_CASE = 0.2
ATTENTION_FOR_OVERWRITING = 0.5
SIMILAR = 0.7
SLIP = 0.85
SIMILAR_AND_ALIGNED = 0.5


@dataclass(slots=True)
class Item:
    """A mention on its way to its counterpart."""

    entity: Entity
    source: Span
    surface: str
    english: English
    words: Words | None = None
    how: str = "none"
    replacement: str | None = None


class Projector:
    """Projects the mentions of one article's entities onto its translated sentences."""

    def __init__(self, entities: Sequence[Entity], recogniser: Recogniser | None = None) -> None:
        placed = [(mention.start, mention.end, entity) for entity in entities for mention in entity.mentions]
        self._placed = sorted(placed, key=lambda entry: entry[:2])
        self._starts = [start for start, _, _ in self._placed]
        self._recogniser = recogniser

    def project(self, sentence: Sentence, translation: Translation) -> SentencePair:
        """One pair per mention that lies in the sentence. Offsets are code points of the two strings of the pair.

        `translation.source` is the sentence's own text; links of another text are not used.
        """
        links = translation.links if translation.source == sentence.text else ()
        english = EnglishSentence(translation.target, links)
        items = self._items(sentence)
        for find in STEPS:
            find(english, items, len(sentence.text))
        self._find_recognised(english, items)
        text, placed, changes = _apply(english, items)
        mentions = tuple(
            MentionPair(item.entity.id, item.source, target, item.how)
            for item, target in zip(items, placed, strict=True)
        )
        return SentencePair(sentence, text, mentions, changes, translation.score)

    def _items(self, sentence: Sentence) -> list[Item]:
        first = bisect.bisect_left(self._starts, sentence.start)
        last = bisect.bisect_left(self._starts, sentence.end)
        items = []
        for start, end, entity in self._placed[first:last]:
            if end <= sentence.end:
                span = (start - sentence.start, end - sentence.start)
                surface = sentence.text[slice(*span)]
                items.append(Item(entity, span, surface, english_of(entity, surface)))
        return items

    def _find_recognised(self, english: EnglishSentence, items: list[Item]) -> None:
        """One open mention of a type and one unclaimed English name of that type belong together."""
        open_items = [item for item in items if item.words is None]
        if not open_items or self._recogniser is None:
            return
        for mention in self._recogniser(english.text):
            words = _words_in(english, mention)
            waiting = [item for item in open_items if item.entity.type == mention.type and item.words is None]
            if words is not None and len(waiting) == 1 and waiting[0].entity.type != "PER":
                _settle(english, waiting[0], words, "recogniser")


def project(
    sentence: Sentence, translation: Translation, entities: Sequence[Entity], recogniser: Recogniser | None = None
) -> SentencePair:
    """Project one sentence. For many sentences of one article make one `Projector`."""
    return Projector(entities, recogniser).project(sentence, translation)


def _find_forms(english: EnglishSentence, items: list[Item], source_length: int) -> None:
    """Accepted forms that stand in the English."""
    _settle_claims(english, items, source_length, _accepted_forms)


def _find_shortened(english: EnglishSentence, items: list[Item], source_length: int) -> None:
    """A person whom the translation names by surname only, where the German has the full name, or the reverse."""
    people = [item for item in items if item.entity.type == "PER"]
    _settle_claims(english, people, source_length, _shortened_forms)
    for item in people:
        _take_given_names(english, item)


def _settle_claims(
    english: EnglishSentence, items: list[Item], source_length: int, forms: Callable[[Item], list[str]]
) -> None:
    """Best claims first, so that two mentions do not contend for one place."""
    claims = []
    for item in items:
        if item.words is not None:
            continue
        for rank, form in enumerate(forms(item)):
            for words in english.find(form):
                claims.append((_claim(english, item, form, rank, words, source_length), words, item, form))
    for score, words, item, form in sorted(claims, key=lambda claim: claim[0], reverse=True):
        if score > 0 and item.words is None and english.is_unclaimed(words):
            _settle(english, item, words, "canonical")
            item.replacement = _spelling_to_correct(item, english.surface(words), form)


def _accepted_forms(item: Item) -> list[str]:
    return [form for form in dict.fromkeys((item.english.form, *item.english.accepted)) if _has_letters(form)]


def _shortened_forms(item: Item) -> list[str]:
    words = item.entity.canonical_en.split()
    surname = words[0] if persons.is_family_first(words) else words[-1]
    return [form for form in dict.fromkeys((item.entity.canonical_en, surname)) if _has_letters(form)]


def _claim(english: EnglishSentence, item: Item, form: str, rank: int, words: Words, source_length: int) -> float:
    """How well a found form suits a mention; nothing for a common word ("alliance") that looks elsewhere."""
    attention = english.attention(words, item.source)
    if form[0].islower() and attention < ATTENTION_FOR_LOWER_CASE:
        return 0.0
    distance = abs(english.span(words)[0] / len(english.text) - item.source[0] / max(1, source_length))
    same_length = len(form.split()) == len(item.english.form.split())
    return 1.0 + attention - 0.5 * distance + (0.5 if rank == 0 else 0.2 if same_length else 0.0)


def _spelling_to_correct(item: Item, found: str, form: str) -> str | None:
    """What should stand instead of an accepted form, so that a name has one form in the whole summary.

    People and one-word places get their canonical spelling; "American" for the United States, "alliance" for NATO stay.
    """
    wanted = item.english.form
    if found == wanted:
        return None
    if item.entity.fixed:
        return None if found in item.entity.canonical_en else wanted
    if plain(found) == plain(wanted) and not _is_known(item):
        return None
    if item.entity.type == "PER":
        return wanted if len(WORD.findall(found)) == len(WORD.findall(wanted)) else None
    one_word = item.entity.type == "LOC" and " " not in found + wanted and not (found + wanted).isupper()
    return wanted if one_word and _is_respelled(found, wanted) else None


def _is_respelled(found: str, wanted: str) -> bool:
    """Kiev for Kyiv, but not Russian for Russia."""
    if found.isupper() or wanted.isupper() or found[0] != wanted[0]:
        return False
    return similarity(found, wanted) >= SIMILAR_AND_ALIGNED and not _is_derived(found, wanted)


def _is_derived(found: str, name: str) -> bool:
    """An adjective or people word made of the name: Hamburger, Russian, Iranian, Afghan."""
    if fold(found)[:3] != fold(name)[:3] or len(found) < 4:
        return False
    contained = found.startswith(name) or name.startswith(found)
    return bool(DERIVED.search(found)) and (contained or not DERIVED.search(name))


def _take_given_names(english: EnglishSentence, item: Item) -> None:
    """ "Vladmir Putin" for "Wladimir Putin": the surname was found, so the words before it are the given names."""
    wanted = item.english.form
    missing = len(WORD.findall(wanted)) - 1
    if (
        item.words is None
        or missing < 1
        or item.words[1] - item.words[0] > 1
        or persons.is_family_first(wanted.split())
    ):
        return
    for count in dict.fromkeys((missing, 1)):
        stretch = english.beside(item.words, count)
        if stretch is None:
            continue
        before = (stretch[0], item.words[0])
        similar = similarity(english.surface(before), wanted.rsplit(" ", 1)[0]) >= SIMILAR_AND_ALIGNED
        if similar or english.attention(before, item.source) >= LEAST_ATTENTION:
            _settle(english, item, stretch, item.how)
            item.replacement = wanted if english.surface(stretch) != wanted else None
            return


def _has_letters(form: str) -> bool:
    return any(char.isalpha() for char in form)


def _find_similar(english: EnglishSentence, items: list[Item], _: int) -> None:
    """Names that the translation spelled wrong: the most similar free stretch, aligned ones on weaker evidence."""
    found = []
    for item in items:
        if item.words is not None:
            continue
        for form in dict.fromkeys((item.english.form, item.entity.canonical_en)):
            best = english.most_similar(form, item.source)
            if best is None:
                continue
            likeness, words = best
            aligned = english.attention(words, item.source) >= LEAST_ATTENTION
            if likeness >= (SIMILAR_AND_ALIGNED if aligned else SIMILAR):
                found.append((likeness + 0.2 * aligned, id(item), words, item, form))
    for _, _, words, item, form in sorted(found, key=lambda entry: entry[0], reverse=True):
        if item.words is None and english.is_free(words):
            _settle(english, item, words, "similarity")
            item.replacement = None if _may_stay(english, item, words, form) else form


def _may_stay(english: EnglishSentence, item: Item, words: Words, form: str) -> bool:
    """Whether a similar stretch is right as it stands.

    A person's name is written alike in both languages, or its English is known. What English calls a place or an
    institution that the gazetteer does not know, the translation may know better than we: "University of Bamberg".
    """
    surface = english.surface(words)
    if surface.rstrip(".") == form.rstrip("."):
        return True
    if item.entity.fixed:
        return False
    if surface == without_genitive(form) or (plain(surface) == plain(form) and not _is_known(item)):
        return True
    if item.entity.type == "PER":
        return False
    if set(WORD.findall(surface)) < set(WORD.findall(form)):
        return True  # a part of the name: "Kissingen" for "Bad Kissingen"
    unknown = [english.is_unknown(at) for at in range(*words)]
    if _is_derived(surface, form) or gazetteer.default().is_english(surface, item.entity.type):
        return True
    if not english.is_capital(words[0]):
        return item.entity.type != "LOC" or not all(unknown)
    if _is_known(item):
        return False
    if item.entity.type == "MISC" or stem(surface) == stem(form) or fold(surface) == fold(form):
        return True
    same_words = len(WORD.findall(form)) == len(unknown)
    slip = same_words and similarity(surface, form) >= SLIP
    if item.entity.type == "ORG":
        return not (slip and all(unknown))
    return not all(unknown) and not (slip and any(unknown))


def _find_aligned(english: EnglishSentence, items: list[Item], _: int) -> None:
    """What the decoder looked at the name for: a translation of it, or gibberish in its place."""
    for item in items:
        if item.words is not None:
            continue
        for words in english.aligned(item.source, LEAST_ATTENTION):
            if item.entity.fixed or (_is_gibberish(english, item, words) and _is_translatable(item)):
                _settle(english, item, words, "attention")
                item.replacement = item.english.form
            elif _is_translated_surname(english, item, words):
                _settle(english, item, words, "attention")
                item.replacement = item.english.form.rsplit(" ", 1)[-1]
                _take_given_names(english, item)
            elif _is_rendering(english, item, words):
                _settle(english, item, english.widened(words), "attention")
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
    return item.entity.type == "PER" or one_word or _is_known(item) or item.entity.canonical_en.isupper()


def _is_known(item: Item) -> bool:
    return gazetteer.default().find(item.entity.canonical_de, item.entity.type) is not None


def _is_rendering(english: EnglishSentence, item: Item, words: Words) -> bool:
    """A translation by other words has a capital that it owes to being a name; a person has none."""
    if item.entity.type == "PER":
        return False
    if any(english.words[at].lower() in OFFICES for at in range(*words)):
        return False
    capitals = [at for at in range(*words) if english.is_capital(at) and not english.is_ordinary(at)]
    return bool(capitals) or (item.entity.type in ("ORG", "MISC") and words[1] - words[0] >= 2)


def _find_shared_words(english: EnglishSentence, items: list[Item], _: int) -> None:
    """ "Weltfußballverband Fifa", "World Football Association Fifa": a word of the name that both languages write."""
    for item in items:
        if item.words is not None or item.entity.type == "PER":
            continue
        for word in reversed(WORD.findall(item.surface)):
            shared = [] if len(word) < 3 or not word[0].isupper() else list(english.find(word))
            if len(shared) == 1 and not english.is_ordinary(shared[0][0]):
                _settle(english, item, english.widened(shared[0]), "similarity")
                break


STEPS = (_find_forms, _find_similar, _find_shortened, _find_aligned, _find_shared_words)


def _settle(english: EnglishSentence, item: Item, words: Words, how: str) -> None:
    item.words, item.how = words, how
    english.take(words)


def _words_in(english: EnglishSentence, mention: Mention) -> Words | None:
    inside = [at for at, (start, end) in enumerate(english.spans) if mention.start <= start and end <= mention.end]
    while inside and not english.is_free((inside[-1], inside[-1] + 1)):
        inside.pop()
    if not inside or not english.is_free((inside[0], inside[-1] + 1)):
        return None
    return inside[0], inside[-1] + 1


def _apply(english: EnglishSentence, items: list[Item]) -> tuple[str, list[Span | None], tuple[Change, ...]]:
    """Write the replacements into the text from left to right, and say where every mention stands afterwards."""
    placed: list[Span | None] = [None] * len(items)
    changes: list[Change] = []
    pieces: list[str] = []
    done = length = 0
    order = sorted(
        (number for number, item in enumerate(items) if item.words), key=lambda number: items[number].words or ()
    )
    for number in order:
        item = items[number]
        start, end = english.span(item.words or (0, 0))
        if item.english.form.endswith(".") and english.text[end : end + 1] == ".":
            end += 1  # the full stop of an initial: "Mohammed C."
        before = english.text[start:end]
        after = before if item.replacement is None else item.replacement
        pieces += [english.text[done:start], after]
        length += start - done
        placed[number] = (length, length + len(after))
        if after != before:
            changes.append(Change(item.entity.id, before, after, length, length + len(after)))
            item.how = "repaired"
        length += len(after)
        done = end
    return "".join([*pieces, english.text[done:]]), placed, tuple(changes)
