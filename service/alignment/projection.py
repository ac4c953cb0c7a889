"""Finds every German mention's counterpart in the translated sentence, and puts mangled names right.

In this order: the canonical English form or another accepted one; a similar spelling; what the decoder looked at; the
English recogniser. A word that English text writes in lower case is never overwritten, unless a glossary demands it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.alignment.by_attention import find_aligned
from service.alignment.by_form import find_forms, find_shortened, restore_capitals
from service.alignment.by_similarity import find_shared_words, find_similar
from service.alignment.english import EnglishSentence, Span, Words
from service.alignment.items import ATTENTION_FOR_LOWER_CASE, Item
from service.alignment.model import Change, MentionPair, SentencePair
from service.entities.canonical import english_of
from service.entities.model import Entity, Mention
from service.entities.placed import PlacedMentions
from service.segmentation.model import Sentence
from service.translation.model import Translation, touches

GERMAN_ORDINAL = re.compile(r"\b[IVX]+\.$")
STOP_INSIDE_SENTENCE = re.compile(r"\.(?= [a-z])")

Recogniser = Callable[[str], Sequence[Mention]]

STEPS = (find_forms, find_similar, find_shortened, find_aligned, find_shared_words, restore_capitals)


class Projector:
    """Projects the mentions of one article's entities onto its translated sentences."""

    def __init__(self, entities: Sequence[Entity], recogniser: Recogniser | None = None) -> None:
        self._placed = PlacedMentions(entities)
        self._recogniser = recogniser

    def project(self, sentence: Sentence, translation: Translation) -> SentencePair:
        """One pair per mention that lies in the sentence. Offsets are code points of the two strings of the pair.

        `translation.source` is the sentence's own text; links of another text are not used.
        """
        items = self._items(sentence)
        if not items:
            return _pair(sentence, translation, (), Written(translation.target))
        links = translation.links if translation.source == sentence.text else ()
        english = EnglishSentence(translation.target, links)
        for find in STEPS:
            find(english, items, len(sentence.text))
        self._find_recognised(english, items)
        return _pair(sentence, translation, items, _write(english, items))

    def _items(self, sentence: Sentence) -> list[Item]:
        items = []
        for mention, entity in self._placed.within(sentence):
            span = (mention.start - sentence.start, mention.end - sentence.start)
            surface = sentence.text[slice(*span)]
            items.append(Item(entity, span, surface, english_of(entity, surface)))
        return items

    def _find_recognised(self, english: EnglishSentence, items: list[Item]) -> None:
        """One open mention of a type and one unclaimed English name of that type that was looked at for it."""
        open_items = [item for item in items if item.words is None]
        if not open_items or self._recogniser is None:
            return
        for mention in self._recogniser(english.text):
            words = _words_in(english, mention)
            waiting = [item for item in open_items if item.entity.type == mention.type and item.words is None]
            if words is None or len(waiting) != 1 or waiting[0].entity.type == "PER":
                continue
            if english.attention(words, waiting[0].source) >= ATTENTION_FOR_LOWER_CASE:
                waiting[0].settle(english, words, "recogniser")


def project(
    sentence: Sentence, translation: Translation, entities: Sequence[Entity], recogniser: Recogniser | None = None
) -> SentencePair:
    """Project one sentence. For many sentences of one article make one `Projector`."""
    return Projector(entities, recogniser).project(sentence, translation)


def _words_in(english: EnglishSentence, mention: Mention) -> Words | None:
    inside = [at for at, (start, end) in enumerate(english.spans) if mention.start <= start and end <= mention.end]
    while inside and not english.is_free((inside[-1], inside[-1] + 1)):
        inside.pop()
    if not inside or not english.is_free((inside[0], inside[-1] + 1)):
        return None
    return inside[0], inside[-1] + 1


class Written(NamedTuple):
    """The English with its names put right: where each item stands now, and what was changed."""

    text: str
    placed: Sequence[Span | None] = ()
    changes: tuple[Change, ...] = ()
    moves: Sequence[tuple[Span, Span]] = ()  # where a name stood in the translation and stands in `text`, in order


def _write(english: EnglishSentence, items: list[Item]) -> Written:
    """Write the replacements into the text from left to right, and say where every mention stands afterwards."""
    placed: list[Span | None] = [None] * len(items)
    changes: list[Change] = []
    moves: list[tuple[Span, Span]] = []
    pieces: list[str] = []
    done = length = 0
    for words, number in sorted((item.words, number) for number, item in enumerate(items) if item.words):
        item, span = items[number], english.span(words)
        start, end = span
        if item.english.form.endswith(".") and english.text[end : end + 1] == ".":
            end += 1  # the full stop of an initial: "Mohammed C."
        ordinal = GERMAN_ORDINAL.search(item.surface) and STOP_INSIDE_SENTENCE.match(english.text, end)
        end += bool(ordinal)  # "Leo XIV. sprach": English writes no full stop behind a numeral
        before = english.text[start:end]
        after = (before.rstrip(".") if ordinal else before) if item.replacement is None else item.replacement
        if after is not before and after.startswith("the ") and english.text[done:start].lower().endswith("the "):
            after = after.removeprefix("the ")  # a glossary's "the Holy Father" behind an article
        pieces += [english.text[done:start], after]
        first = length + start - done
        length, done = first + len(after), end
        placed[number] = (first, length)
        moves.append((span, (first, length)))
        if after != before:
            changes.append(Change(item.entity.id, before, after, first, length))
            item.how = "repaired"
    return Written("".join([*pieces, english.text[done:]]), placed, tuple(changes), moves)


def _pair(sentence: Sentence, translation: Translation, items: Sequence[Item], written: Written) -> SentencePair:
    """The sentence beside what was written; marked words at their places there, none of them a name."""
    unlikely, moves = translation.doubts, written.moves
    sources = [item.source for item in items]
    return SentencePair(
        sentence,
        written.text,
        tuple(
            MentionPair(item.entity.id, item.source, target, item.how)
            for item, target in zip(items, written.placed, strict=True)
        ),
        written.changes,
        confidence=translation.confidence,
        unlikely=None if unlikely is None else _moved(unlikely, moves),
        stretches=translation.parts,
        unexplained=_moved(translation.unexplained, moves),
        omissions=tuple(span for span in translation.omissions if not touches(span, sources)),
        uncovered=translation.uncovered,
    )


def _moved(words: Sequence[Span], names: Sequence[tuple[Span, Span]]) -> tuple[Span, ...]:
    """Marked words at their places in the finished text; a name is none of them."""
    moved: list[Span] = []
    for start, end in words:
        if not touches((start, end), (before for before, _ in names)):
            shift = next((after[1] - before[1] for before, after in reversed(names) if before[1] <= start), 0)
            moved.append((start + shift, end + shift))
    return tuple(moved)
