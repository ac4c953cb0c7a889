"""The faithfulness gate: every check on a sentence pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from service.alignment.model import SentencePair
from service.article.characters import BREAK_HINT, meant
from service.checks.base import Check
from service.checks.confidence import ConfidenceCheck
from service.checks.content import ContentCheck
from service.checks.dates import DatesCheck
from service.checks.hedges import HedgesCheck
from service.checks.leftovers import LeftoversCheck
from service.checks.length import LengthCheck
from service.checks.model import Finding
from service.checks.names import NamesCheck
from service.checks.negation import NegationCheck
from service.checks.numbers import NumbersCheck
from service.checks.opposites import OppositesCheck
from service.checks.quotes import QuotesCheck
from service.checks.repetition import RepetitionCheck
from service.checks.reported_speech import ReportedSpeechCheck
from service.checks.scale_words import ScaleWordsCheck
from service.checks.spelling import SpellingCheck
from service.entities.model import Entity

CHECKS: Final[tuple[Check, ...]] = (
    NumbersCheck(),
    ScaleWordsCheck(),
    DatesCheck(),
    NamesCheck(),
    NegationCheck(),
    OppositesCheck(),
    QuotesCheck(),
    ReportedSpeechCheck(),
    HedgesCheck(),
    LengthCheck(),
    RepetitionCheck(),
    LeftoversCheck(),
    SpellingCheck(),
    ContentCheck(),
    ConfidenceCheck(),
)


def run_checks(pair: SentencePair, entities: Mapping[str, Entity] | Iterable[Entity]) -> tuple[Finding, ...]:
    """All checks in a fixed order; each contributes one `pass` finding or its faults.

    `entities` by their id, or simply listed.
    """
    by_id = entities if isinstance(entities, Mapping) else {entity.id: entity for entity in entities}
    if BREAK_HINT.search(pair.source.text):
        return _run_on_what_is_meant(pair, by_id)
    return tuple(finding for check in CHECKS for finding in check.check(pair, by_id))


def _run_on_what_is_meant(pair: SentencePair, entities: Mapping[str, Entity]) -> tuple[Finding, ...]:
    """A number or a hedge counts as such wherever it may break: the checks read the German without soft hyphens."""
    german = meant(pair.source.text)
    mentions = tuple(replace(mention, source=german.inside(mention.source)) for mention in pair.mentions)
    omissions = tuple(map(german.inside, pair.omissions))
    plain = replace(pair, source=replace(pair.source, text=german.text), mentions=mentions, omissions=omissions)
    findings = run_checks(plain, entities)
    return tuple(replace(found, de=german.outside(found.de)) if found.de else found for found in findings)
