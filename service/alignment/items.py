"""A mention on its way to its English counterpart, and what the ways of finding it have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.alignment.english import EnglishSentence, Span, Words
from service.entities import gazetteer
from service.entities.canonical import English
from service.entities.model import Entity
from service.entities.spelling import fold

# Chosen on the wmt19-21 sources (bench/linking.py); attention is a mean weight, similarity one minus edit share.
LEAST_ATTENTION = 0.25
ATTENTION_FOR_LOWER_CASE = 0.2
SIMILAR_AND_ALIGNED = 0.5

# Endings of English adjectives and people words that are made of places' names.
DERIVED = re.compile(r"(?:ians?|ans?|ese|ish|ch|is?|ers?|ic|ite)$")


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

    @property
    def is_known(self) -> bool:
        """Whether the gazetteer has it."""
        return gazetteer.default().find(self.entity.canonical_de, self.entity.type) is not None

    def settle(self, english: EnglishSentence, words: Words, how: str) -> None:
        """These words are its counterpart."""
        self.words, self.how = words, how
        english.take(words)


def is_derived(found: str, name: str) -> bool:
    """An adjective or people word made of the name: Hamburger, Russian, Iranian, Afghan."""
    if fold(found)[:3] != fold(name)[:3] or len(found) < 4:
        return False
    contained = found.startswith(name) or name.startswith(found)
    return bool(DERIVED.search(found)) and (contained or not DERIVED.search(name))
