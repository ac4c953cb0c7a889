"""Tries again where a translation came out doubtful, and keeps the attempt that passes the gate best."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final, Literal

from service.alignment.exchanges import exchanged, into_sentence
from service.alignment.model import MentionPair, SentencePair
from service.alignment.stand_ins import Hold, hold, put_back
from service.checks.confidence import ConfidenceCheck
from service.checks.content import ContentCheck
from service.checks.model import SEVERITY, Finding, Verdict, worst
from service.checks.renderings import LookedUp, look_up, rare_words
from service.entities import gazetteer
from service.entities.canonical import english_of
from service.entities.model import Entity
from service.entities.spelling import plain
from service.segmentation.model import Sentence
from service.translation.model import Manner, Span, Translation, touches

Way = Literal["first decode", "words looked up", "several paths", "clause by clause", "names held fixed"]
MANNERS: Final[Mapping[Way, Manner]] = {
    "first decode": "plain",
    "words looked up": "wide",
    "several paths": "wide",
    "clause by clause": "careful",
    "names held fixed": "careful",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to translate sentence `number` of a request, with some of its names and words exchanged, in order."""

    way: Way
    number: int
    sentence: Sentence
    exchanges: tuple[Hold | LookedUp, ...] = ()

    @property
    def german(self) -> str:
        """What the engine reads."""
        return exchanged(self.sentence.text, self.exchanges)

    @property
    def manner(self) -> Manner:
        return MANNERS[self.way]

    def translations(self, found: Translation) -> Iterator[Translation]:
        """What the engine made of `german`, as translations of the sentence: those that kept what is held."""
        for one in itertools.chain((found,), found.others):
            kept = self._of_sentence(one) if self.exchanges else one
            if kept is not None:
                yield kept

    def _of_sentence(self, found: Translation) -> Translation | None:
        links = tuple(into_sentence(link, self.exchanges) for link in found.links)
        own = replace(found, source=self.sentence.text, links=links, others=())
        holds = [one for one in self.exchanges if isinstance(one, Hold)]
        return put_back(own, holds) if holds else own


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a plan, and what the gate says about it.

    `loose` names do not stand there as they should, `suspects` are German words whose English is missing or doubtful.
    """

    plan: Plan
    pair: SentencePair
    findings: tuple[Finding, ...]
    loose: tuple[MentionPair, ...]
    suspects: tuple[Span, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return worst(self.findings)

    @property
    def faulty_kinds(self) -> frozenset[str]:
        """Of the checks that found something."""
        return frozenset(finding.kind for finding in self.findings if finding.verdict != "pass")

    @property
    def is_faultless(self) -> bool:
        """Nothing can be better, and what comes later is not kept."""
        return self.verdict == "pass" and not self.loose


@dataclass(frozen=True, slots=True)
class Account:
    """In which ways a sentence was translated, which is shown, and the words that the model was given for it."""

    tried: tuple[Way, ...]
    kept: Way
    looked_up: tuple[LookedUp, ...] = ()


def first_plans(sentences: Sequence[Sentence], is_measured: bool) -> list[Plan]:
    """Each sentence as it is, but for words that a model which was measured on the same texts hardly knows."""
    return [
        Plan("first decode", number, sentence, rare_words(sentence.text) if is_measured else ())
        for number, sentence in enumerate(sentences)
    ]


def attempt(
    plan: Plan,
    pair: SentencePair,
    findings: tuple[Finding, ...],
    entities: Mapping[str, Entity],
    suspects: tuple[Span, ...] = (),
) -> Attempt:
    return Attempt(plan, pair, findings, loose_names(pair, findings, entities), suspects)


def other_plan(first: Attempt, entities: Mapping[str, Entity], names: Set[str]) -> Plan | None:
    """Another way worth a try for a sentence that is in doubt; what holds names goes clause by clause as well.

    `names` are all words of the article's names (`stand_ins.words_of`).
    """
    number, sentence, known = first.plan.number, first.pair.source, first.plan.exchanges
    named = [(mention, entities[mention.entity]) for mention in first.loose]
    if holds := hold(sentence.text, named, names):
        return Plan("names held fixed", number, sentence, _besides(known, holds))
    if not (kinds := first.faulty_kinds):
        return None
    words = look_up(sentence.text, first.suspects, [mention.source for mention in first.pair.mentions])
    if not set(words).issubset(known):
        return Plan("words looked up", number, sentence, _besides(known, words))
    unsure = ConfidenceCheck.kind in kinds and kinds <= {ConfidenceCheck.kind, ContentCheck.kind}
    way: Way = "several paths" if unsure else "clause by clause"
    return Plan(way, number, sentence, known)


def _besides(known: Sequence[Hold | LookedUp], new: Sequence[Hold | LookedUp]) -> tuple[Hold | LookedUp, ...]:
    """The new exchanges, and those known that do not overlap them, in order."""
    places = [(one.start, one.end) for one in new]
    kept = (one for one in known if not touches((one.start, one.end), places))
    return tuple(sorted([*new, *kept], key=lambda one: one.start))


def better(attempts: Sequence[Attempt]) -> Attempt:
    """The attempt that passes best: least severe verdict, then fewest faults; a loose name counts as a doubt.

    Among equals the one with fewer words unexplained or left out wins, surely or perhaps, among those the first: put
    the decoder's favourite first. Raises ValueError without attempts.
    """
    return min(attempts, key=_badness)


def account_of(first: Attempt, others: Sequence[Attempt] = (), other: Plan | None = None) -> tuple[Attempt, Account]:
    """The best of a sentence's attempts, and what was tried for it."""
    # What is translated again as a whole is better as a rule (docs/checks.md): the model was unsure, or lost a word.
    kept = better([*others, first] if other and other.manner == "wide" else [first, *others])
    tried = (first.plan.way,) if other is None else (first.plan.way, other.way)
    # How many stretches a long sentence needs is the model's limit, however it was cut afterwards.
    pair = replace(kept.pair, stretches=first.pair.stretches)
    words = tuple(one for one in kept.plan.exchanges if isinstance(one, LookedUp) and one.word)
    return replace(kept, pair=pair), Account(tried, kept.plan.way, words)


def _badness(candidate: Attempt) -> tuple[int, ...]:
    blocked = sum(finding.verdict == "blocked" for finding in candidate.findings)
    doubtful = sum(finding.verdict == "review" for finding in candidate.findings) + len(candidate.loose)
    severity = max(SEVERITY[candidate.verdict], SEVERITY["review"] if candidate.loose else 0)
    pair = candidate.pair
    return (severity, blocked, doubtful, len(pair.unexplained) + len(pair.omissions), pair.uncovered)


def loose_names(
    pair: SentencePair, findings: Sequence[Finding], entities: Mapping[str, Entity]
) -> tuple[MentionPair, ...]:
    """The names that the check misses, and those whose English is known and does not stand at their place."""
    missed = {finding.de for finding in findings if finding.kind == "names" and finding.verdict != "pass"}
    return tuple(
        mention
        for mention in pair.mentions
        if mention.entity in entities
        and (mention.source in missed or _is_loose(mention, pair, entities[mention.entity]))
    )


def _is_loose(mention: MentionPair, pair: SentencePair, entity: Entity) -> bool:
    if mention.how == "canonical":
        return False
    name = pair.source.text[slice(*mention.source)]
    listed = gazetteer.default().find(name, entity.type) or gazetteer.default().find(entity.canonical_de, entity.type)
    is_known = entity.fixed or listed is not None
    if mention.target is None:
        return is_known or entity.type in ("PER", "LOC")
    if not is_known or entity.type == "PER":
        return False
    english = english_of(entity, name)
    surface = plain(pair.english[slice(*mention.target)])
    return surface not in {plain(form) for form in (english.form, *english.accepted)}
