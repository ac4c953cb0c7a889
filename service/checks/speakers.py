"""Whose words a quotation holds: the person beside the verb of saying stays beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from service.alignment.model import SentencePair
from service.checks.lexicons import reported_speech as lexicon
from service.checks.lexicons.patterns import any_of, places
from service.entities.model import Entity

_GERMAN_SAYING: Final = any_of((*lexicon.GERMAN_SAYING, "so"))
_ENGLISH_SAYING: Final = any_of(lexicon.ENGLISH_SAYING)
# “sagte der russische Präsident Wladimir Putin”: an office may stand between; what leads elsewhere may not.
_ELSEWHERE: Final = (
    "after as at before by for from in of on that to when with and but "
    "als am an auf bei bevor dass für im in mit nach nachdem über und vor von zu zum zur aber"
)
_BESIDE: Final = re.compile(rf"\W?\s*(?:(?!(?:{'|'.join(_ELSEWHERE.split())})\b)[\w-]+\s+){{0,4}}", re.IGNORECASE)

Span = tuple[int, int]


def other_speaker(pair: SentencePair, entities: Mapping[str, Entity]) -> tuple[Span, Span] | None:
    """The person who speaks in German and the other one who does in English, if the English gives the words away.

    Only where the German names just one speaker, and the English just one person beside its verbs of saying.
    """
    people = [mention for mention in pair.mentions if entities[mention.entity].type == "PER"]
    german = dict(_speakers(pair.source.text, [(m.entity, m.source) for m in people], _GERMAN_SAYING))
    english = dict(_speakers(pair.english, [(m.entity, m.target) for m in people if m.target], _ENGLISH_SAYING))
    if len(german) != 1 or len(english) != 1 or german.keys() == english.keys():
        return None
    return next(iter(german.values())), next(iter(english.values()))


def _speakers(text: str, people: list[tuple[str, Span]], saying: re.Pattern[str]) -> Iterator[tuple[str, Span]]:
    """The nearest person on each side of every verb of saying."""
    for start, end in places(saying, text) if people else ():
        after = [(name, span) for name, span in people if span[0] >= end]
        before = [(name, span) for name, span in people if span[1] <= start]
        if after and _BESIDE.fullmatch(text, end, (nearest := min(after, key=lambda one: one[1]))[1][0]):
            yield nearest
        if before and _BESIDE.fullmatch(text, (nearest := max(before, key=lambda one: one[1]))[1][1], start):
            yield nearest
