"""What the German denies, the English denies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.lexicons import negation as lexicon
from service.checks.lexicons.patterns import any_of
from service.checks.model import Finding
from service.entities.model import Entity

Span = tuple[int, int]


_GERMAN: Final = any_of(lexicon.GERMAN_NEGATION)
_ENGLISH: Final = any_of(lexicon.ENGLISH_NEGATION)
_GERMAN_IDIOM: Final = any_of(lexicon.GERMAN_IDIOMS)
_ENGLISH_IDIOM: Final = any_of(lexicon.ENGLISH_IDIOMS)
_GERMAN_IMPLICIT: Final = any_of(lexicon.GERMAN_IMPLICIT)
_ENGLISH_IMPLICIT: Final = any_of(lexicon.ENGLISH_IMPLICIT)


class NegationCheck:
    """A denial lost without trace is blocked; one too few or too many among several is reviewed."""

    kind: ClassVar[str] = "negation"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german = _without_names(pair.source.text, [mention.source for mention in pair.mentions])
        english = _without_names(pair.english, [mention.target for mention in pair.mentions if mention.target])
        denied = _denials(german, _GERMAN, _GERMAN_IDIOM)
        kept = _denials(english, _ENGLISH, _ENGLISH_IDIOM)
        if len(kept) < len(denied):
            return self._lost(denied, kept, german, english)
        if len(kept) > len(denied):
            return self._added(denied, kept, german, english)
        return [Finding(self.kind, "pass")]

    def _lost(self, denied: Sequence[Span], kept: Sequence[Span], german: str, english: str) -> list[Finding]:
        if len(denied) - len(kept) <= _implicit(english, _ENGLISH_IMPLICIT, german, _GERMAN_IMPLICIT):
            return [Finding(self.kind, "pass")]
        verdict = "review" if kept else "blocked"
        word = german[slice(*denied[-1])]
        return [Finding(self.kind, verdict, denied[-1], None, f"“{word}” has no counterpart in the English")]

    def _added(self, denied: Sequence[Span], kept: Sequence[Span], german: str, english: str) -> list[Finding]:
        if len(kept) - len(denied) <= _implicit(german, _GERMAN_IMPLICIT, english, _ENGLISH_IMPLICIT):
            return [Finding(self.kind, "pass")]
        return [Finding(self.kind, "review", None, kept[-1], "the English denies what the German does not")]


def german_denials(text: str) -> tuple[Span, ...]:
    """The words of denial in a German sentence, outside idioms."""
    return _denials(text.lower(), _GERMAN, _GERMAN_IDIOM)


def _without_names(text: str, places: list[Span]) -> str:
    """In lower case, names blotted out: No Kwang Chol denies nothing."""
    for start, end in places:
        text = text[:start] + "_" * (end - start) + text[end:]
    lower = text.lower()
    return lower if len(lower) == len(text) else text  # a dotted capital I becomes two characters


def _implicit(text: str, words: re.Pattern[str], other_text: str, other_words: re.Pattern[str]) -> int:
    """How many implicit denials `text` has to spare: "unklar" is used up by "unclear"."""
    return max(0, len(words.findall(text)) - len(other_words.findall(other_text)))


@lru_cache(maxsize=64)  # a German sentence is checked as often as it is translated
def _denials(text: str, words: re.Pattern[str], idioms: re.Pattern[str]) -> tuple[Span, ...]:
    """Words of denial outside idioms; "weder ... noch" and "neither ... nor" are one."""
    masked = idioms.sub(lambda match: "_" * len(match.group()), text)
    spans = [match.span() for match in words.finditer(masked)]
    paired = any(masked[start:end] == "neither" for start, end in spans)
    return tuple(span for span in spans if not (paired and masked[slice(*span)] == "nor"))
