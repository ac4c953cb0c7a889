"""English words that are none: what a translation model makes up from pieces of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.english_words import WORD, is_english, is_unlike_english
from service.checks.lexicons.leftovers import PLACES
from service.checks.model import Finding
from service.checks.names import is_written_alike
from service.entities.german_words import is_replaced
from service.entities.model import Entity

_SHORTEST: Final = 4  # shorter strings are abbreviations, sounds and foreign particles
_SHORTEST_NAME: Final = 7  # shorter capitals are too often names that the recogniser does not know
_MOST: Final = 3  # findings: a sentence of invented words needs no longer list


class SpellingCheck:
    """A word in lower case that is no English one and does not look like one is reviewed.

    Not so where the German has it, alone or as the head of a compound ("autobahn" for "Autobahnbrücke").
    """

    kind: ClassVar[str] = "spelling"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german = frozenset(WORD.findall(pair.source.text))
        own = {word.lower() for word in german}
        names = [mention.target for mention in pair.mentions if mention.target is not None]
        found = [
            match
            for match in WORD.finditer(pair.english)
            if (_is_invented(match.group(), own) or _is_no_name(match.group(), german))
            and not any(start <= match.start() and match.end() <= end for start, end in names)
        ]
        faults = [
            Finding(self.kind, "review", None, match.span(), f"“{match.group()}” is no English word that we know")
            for match in found[:_MOST]
        ]
        return faults or [Finding(self.kind, "pass")]


def _is_invented(word: str, own: set[str]) -> bool:
    return (
        len(word) >= _SHORTEST
        and word.islower()
        and not is_english(word)
        and not any(german.startswith(word) for german in own)
        and is_unlike_english(word)
    )


def _is_no_name(word: str, german: frozenset[str]) -> bool:
    """A capital that is neither an English word nor a name of the German sentence ("Deputyllor", "Sachverance")."""
    return (
        len(word) >= _SHORTEST_NAME
        and word.istitle()
        and word not in german
        and not word.lower().endswith(PLACES)
        and not is_english(word)
        and is_unlike_english(word)
        and not any(is_written_alike(word, other) for other in german if other[0].isupper() and not is_replaced(other))
    )
