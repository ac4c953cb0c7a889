"""A decoder that loops says the same words again and again, and one that loses its way names one person for another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from service.alignment.model import MentionPair, SentencePair
from service.checks.lexicons.repetition import FOR_A_PERSON
from service.checks.model import Finding, Verdict
from service.entities.model import Entity
from service.entities.persons import surname_of
from service.entities.spelling import fold

_WORD: Final = re.compile(r"\w+")
# The same words, up to eight, twice or more in a row; white space and punctuation may stand between.
_LONGEST: Final = 8
_CERTAIN_COUNT: Final = 3
_SMALL_NUMBER: Final = 2  # digits: "261, 261" is no table
_FOR_A_PERSON: Final = re.compile(FOR_A_PERSON, re.IGNORECASE)


class RepetitionCheck:
    """Words repeated in a row that the German does not repeat as often: three times block, twice is reviewed.

    So is a person who is named more often than in a German sentence without a pronoun: "Putin received Mr Putin".
    """

    kind: ClassVar[str] = "repetition"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        return [*self._loop(pair), *self._doubled(pair, entities)] or [Finding(self.kind, "pass")]

    def _loop(self, pair: SentencePair) -> Iterator[Finding]:
        loop = longest_loop(pair.english)
        own = longest_loop(pair.source.text) if loop else None
        if loop and (own is None or own[2] < loop[2]):
            start, end, count = loop
            verdict: Verdict = "blocked" if count >= _CERTAIN_COUNT else "review"
            yield Finding(self.kind, verdict, None, (start, end), f"the same words {count} times in a row")

    def _doubled(self, pair: SentencePair, entities: Mapping[str, Entity]) -> Iterator[Finding]:
        german = pair.source.text
        for surname, mentions in _people(pair, entities).items():
            places = [word.span() for word in _WORD.finditer(pair.english) if word.group() == surname]
            if len(places) <= len(mentions) or _FOR_A_PERSON.search(german):
                continue
            written = sum(fold(word).startswith(fold(surname)) for word in _WORD.findall(german))  # "Scholz-Regierung"
            if len(places) > max(written, len(mentions)):
                detail = f"“{surname}” stands {len(places)} times in the English, {len(mentions)} in the German"
                yield Finding(self.kind, "review", mentions[0].source, places[-1], detail)


def _people(pair: SentencePair, entities: Mapping[str, Entity]) -> dict[str, list[MentionPair]]:
    """The people of the sentence by the surname that they have in English."""
    people: dict[str, list[MentionPair]] = defaultdict(list)
    for mention in pair.mentions:
        entity = entities.get(mention.entity)
        if entity is not None and entity.type == "PER":
            people[surname_of(entity.canonical_en.split())].append(mention)
    return people


def longest_loop(text: str) -> tuple[int, int, int] | None:
    """Start, end and count of the words that are repeated most often in a row; None when nothing is."""
    words = list(_WORD.finditer(text))
    forms = [word.group().lower() for word in words]
    best: tuple[int, int, int] | None = None
    for size in range(1, min(_LONGEST, len(forms) // 2) + 1):
        run = 0
        for index in range(len(forms) - size):
            run = run + 1 if forms[index] == forms[index + size] else 0
            count = run // size + 1
            if count >= 2 and (best is None or count > best[2]) and not _may_double(forms, index, size, count):
                first = index + size - count * size + 1
                best = (words[first].start(), words[index + size].end(), count)
    return best


def _may_double(forms: list[str], index: int, size: int, count: int) -> bool:
    """English doubles some words rightly: had had, that that, very very, and small numbers in a table."""
    form = forms[index]
    small_number = form.isdigit() and len(form) <= _SMALL_NUMBER
    return size == 1 and count == 2 and (form in ("had", "that", "very", "so", "bye", "ha") or small_number)
