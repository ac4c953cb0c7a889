"""Somebody's words stay somebody's words: laut, zufolge, sagte and the Konjunktiv find a trace in the English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar, Final

from service.alignment.model import SentencePair
from service.checks.lexicons import reported_speech as lexicon
from service.checks.lexicons.patterns import any_of
from service.checks.model import Finding
from service.entities.model import Entity

_SOURCE: Final = any_of(lexicon.GERMAN_SOURCE)
_SAYING: Final = any_of(lexicon.GERMAN_SAYING)
_SUBJUNCTIVE: Final = any_of(lexicon.SUBJUNCTIVE)
_IDIOM: Final = any_of(lexicon.SUBJUNCTIVE_IDIOMS)
_FIRST_PERSON: Final = re.compile(r"\bich\b", re.IGNORECASE)
_ENGLISH_SAYING: Final = any_of(lexicon.ENGLISH_SAYING)
_ENGLISH_DISTANCE: Final = any_of(lexicon.ENGLISH_DISTANCE)

Span = tuple[int, int]


class ReportedSpeechCheck:
    """An attribution or a Konjunktiv that left no trace is reviewed."""

    kind: ClassVar[str] = "reported_speech"

    def check(self, pair: SentencePair, entities: Mapping[str, Entity]) -> list[Finding]:
        german, english = pair.source.text, pair.english
        attribution = find_attribution(german)
        if attribution is not None:
            return [self._pass_if(bool(_ENGLISH_SAYING.search(english)), attribution, german)]
        subjunctive = find_subjunctive(german)
        if subjunctive is not None:
            kept = bool(_ENGLISH_SAYING.search(english) or _ENGLISH_DISTANCE.search(english))
            return [self._pass_if(kept, subjunctive, german)]
        return [Finding(self.kind, "pass")]

    def _pass_if(self, kept: bool, span: Span, german: str) -> Finding:
        if kept:
            return Finding(self.kind, "pass")
        return Finding(
            self.kind, "review", span, None, f"“{german[slice(*span)]}”: the English does not say whose words these are"
        )


@lru_cache(maxsize=64)  # a sentence is checked as often as it is translated
def find_attribution(german: str) -> Span | None:
    """The first laut, zufolge, nach Angaben or verb of saying."""
    match = _SOURCE.search(german) or next(filter(_is_verb, _SAYING.finditer(german)), None)
    return match.span() if match else None


def _is_verb(found: re.Match[str]) -> bool:
    """Those who are insured, "die Versicherten", assure nobody of anything."""
    return found.start() == 0 or not found.group()[0].isupper()


@lru_cache(maxsize=64)
def find_subjunctive(german: str) -> Span | None:
    """The first Konjunktiv I that reports somebody's words."""
    masked = _IDIOM.sub(lambda match: "_" * len(match.group()), german)
    if _FIRST_PERSON.search(masked):  # ich habe, ich werde: the indicative looks the same
        return None
    match = _SUBJUNCTIVE.search(masked)
    return match.span() if match else None
