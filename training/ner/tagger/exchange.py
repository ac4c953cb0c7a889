"""Puts other names into training sentences, so that the network learns what stands around a name."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase

from service.entities.word_features import is_capitalised
from training.ner.conll import entity_ranges
from training.ner.gazetteer import ORGANISATION_LISTS, PERSON_LISTS, PLACE_LISTS, names_in
from training.ner.tagger.sentences import Example, split_words

# This share of GermEval's names is exchanged; the rest stay as the corpus has them.
SHARE = 0.3
# Of the names of one word this share is made up: the head of one name, the tail of another.
BLENDED = 0.3
SHORTEST_BLENDED = 5  # letters
# From each list at most so many: the corpora's own names must not drown among the 45,000 persons.
LISTS = (("PER", PERSON_LISTS, 12_000), ("LOC", PLACE_LISTS, 6_000), ("ORG", ORGANISATION_LISTS, 3_000))
MANY_WORDS = 4  # names of four words and more stand in for each other

Name = tuple[tuple[str, ...], tuple[bool, ...]]  # words, and which of them have no space before


class NamePool:
    """Names of the other corpora and of the lists, by type and number of words."""

    def __init__(self, examples: Iterable[Example], names: Path, chance: random.Random) -> None:
        self._chance = chance
        self._names: dict[tuple[str, int], list[Name]] = defaultdict(list)
        for label, name in [*names_of(examples), *listed_names(names, chance)]:
            self._names[label, min(MANY_WORDS, len(name[0]))].append(name)
        # Alone, a person goes by the surname.
        self._names["PER", 1] = [((words[-1],), (False,)) for words, _ in self._names["PER", 2]]

    def exchanged(self, example: Example) -> Example:
        """The example with some of its names replaced by others of the same type and length."""
        words, glued, tags = list(example.words), list(example.glued), list(example.tags)
        for start, end, label in reversed(entity_ranges(example.tags)):
            choices = self._names.get((label, min(MANY_WORDS, end - start)))
            joined_on = glued[start] or (end < len(glued) and glued[end])
            if choices and not joined_on and self._chance.random() < SHARE:
                name, spacing = self._chance.choice(choices)
                if len(name) == 1 and self._chance.random() < BLENDED:
                    name = (blended(name[0], self._chance.choice(choices)[0][0], self._chance),)
                words[start:end], glued[start:end] = name, spacing
                tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (len(name) - 1)]
        return replace(example, words=tuple(words), glued=tuple(glued), tags=tuple(tags))


def blended(name: str, other: str, chance: random.Random) -> str:
    """A name that nobody has seen but that looks like one: `Mosburg` from *Moskau* and *Hamburg*."""
    if name.isupper():
        return "".join(chance.choice(ascii_uppercase) for _ in name)
    if min(len(name), len(other)) < SHORTEST_BLENDED or not (is_capitalised(name) and is_capitalised(other)):
        return name
    return name[: chance.randint(2, len(name) // 2 + 1)] + other[-chance.randint(3, len(other) // 2 + 1) :]


def names_of(examples: Iterable[Example]) -> Iterator[tuple[str, Name]]:
    for example in examples:
        for start, end, label in entity_ranges(example.tags):
            yield label, (example.words[start:end], (False, *example.glued[start + 1 : end]))


def listed_names(names: Path, chance: random.Random) -> Iterator[tuple[str, Name]]:
    for label, lists, most in LISTS:
        known: Sequence[str] = sorted(set(names_in(names, lists, "de")))
        for name in chance.sample(known, min(most, len(known))):
            words, glued = split_words(name.split())
            if words:
                yield label, (tuple(words), tuple(glued))
