"""Puts other people and places into training sentences, so that the recogniser learns the context and not the name."""

from __future__ import annotations

import random
from pathlib import Path

from training.ner.conll import Sentence, entity_ranges
from training.ner.gazetteer import PERSON_LISTS, PLACE_LISTS, names_in

# This share of the names of people and of places is exchanged; the rest stay as the corpus has them.
SHARE = 0.3


class Variation:
    """Draws names from the lists; a name is replaced by one of as many words."""

    def __init__(self, names: Path, language: str, seed: int = 0) -> None:
        self.chance = random.Random(seed)
        self.lists: dict[str, dict[int, list[list[str]]]] = {"PER": {}, "LOC": {}}
        for label, lists in (("PER", PERSON_LISTS), ("LOC", PLACE_LISTS)):
            for name in sorted(set(names_in(names, lists, language))):
                words = name.split()
                self.lists[label].setdefault(len(words), []).append(words)
        # Alone, a person goes by the surname.
        self.lists["PER"][1] = [words[-1:] for words in self.lists["PER"][2]]

    def vary(self, sentence: Sentence) -> Sentence:
        words = list(sentence.words)
        for start, end, label in entity_ranges(sentence.tags):
            choices = self.lists.get(label, {}).get(end - start)
            if choices and self.chance.random() < SHARE:
                words[start:end] = self.chance.choice(choices)
        return Sentence(tuple(words), sentence.tags)
