"""Into English: translate, tie the names across both sides, check, and try again what the gate doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from service.alignment.projection import Projector
from service.alignment.stand_ins import words_of
from service.checks.attempts import Account, Attempt, Plan, account_of, attempt, first_plans, other_plan
from service.checks.counterparts import marked, marked_again, suspects
from service.checks.gate import run_checks
from service.entities.model import Entity
from service.patience import DeadlineExceeded
from service.pipeline.memory import Outcome, keys_of
from service.pipeline.parts import Parts
from service.pipeline.results import CheckedSentence, SentenceDone
from service.pipeline.stopwatch import Stopwatch
from service.segmentation.model import Sentence
from service.summarization.model import ChosenSentence
from service.translation.base import EagerEngine, is_measured
from service.translation.batching import Overloaded
from service.translation.model import Translation

NOTHING_KNOWN: Mapping[int, str] = {}


def begin_translating(sentences: Sequence[Sentence], parts: Parts) -> None:
    """Let an engine that can do so work on the sentences while other stages run."""
    if isinstance(parts.engine, EagerEngine):
        parts.engine.begin([plan.german for plan in plans_for(sentences, parts)])


def plans_for(sentences: Sequence[Sentence], parts: Parts) -> list[Plan]:
    return first_plans(sentences, is_measured(parts.engine))


def into_english(
    chosen: Sequence[ChosenSentence], entities: tuple[Entity, ...], parts: Parts, watch: Stopwatch
) -> tuple[CheckedSentence, ...]:
    """The chosen sentences in English, names tied across both sides, each pair checked."""
    return in_order(into_english_one_by_one(chosen, entities, parts, watch))


def into_english_one_by_one(
    chosen: Sequence[ChosenSentence], entities: tuple[Entity, ...], parts: Parts, watch: Stopwatch
) -> Iterator[SentenceDone]:
    """The same sentences, each as soon as it is done."""
    for best, account in translate_sentences([choice.sentence for choice in chosen], entities, parts, watch):
        choice = chosen[best.plan.number]
        checked = CheckedSentence(best.pair, choice.rank, best.findings, account, choice.support)
        yield SentenceDone(best.plan.number, checked)


def in_order(done: Iterable[SentenceDone]) -> tuple[CheckedSentence, ...]:
    return tuple(one.sentence for one in sorted(done, key=attrgetter("number")))


def translate_sentences(
    sentences: Sequence[Sentence], entities: tuple[Entity, ...], parts: Parts, watch: Stopwatch
) -> Iterator[tuple[Attempt, Account]]:
    """Each sentence as translated best: what passes the gate at once comes first, the rest costs one more batch."""
    keys = keys_of(sentences, entities)
    plans: list[Plan] = []
    for plan, key in zip(plans_for(sentences, parts), keys, strict=True):
        if known := parts.memory.recall(key, plan.number, plan.sentence):
            yield known
        else:
            plans.append(plan)
    for outcome, is_final in judge(plans, entities, parts, watch):
        if is_final:
            parts.memory.remember(keys[number_of(outcome)], outcome)
        yield outcome


def judge(
    first_plans: Sequence[Plan], entities: tuple[Entity, ...], parts: Parts, watch: Stopwatch
) -> Iterator[tuple[Outcome, bool]]:
    """What comes of each plan at its best; False where there was no time for a second attempt."""
    by_id = {entity.id: entity for entity in entities}
    projector = projector_of(entities, parts)
    first = carry_out(first_plans, projector, by_id, parts, watch)
    names = words_of(entities)
    plans = {made.plan.number: plan for made in first if (plan := other_plan(made, by_id, names)) is not None}
    yield from ((account_of(made), True) for made in first if made.plan.number not in plans)
    doubtful = [made for made in first if made.plan.number in plans]
    is_final = True
    try:
        known = {made.plan.number: made.pair.english for made in doubtful}
        second = carry_out(list(plans.values()), projector, by_id, parts, watch, known) if plans else []
    except (DeadlineExceeded, Overloaded):
        plans, second, is_final = {}, [], False  # no time for it: the first decode stands
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for made in second:
        attempts[made.plan.number].append(made)
    for made in doubtful:
        yield account_of(made, attempts[made.plan.number], plans.get(made.plan.number)), is_final


def number_of(made: tuple[Attempt, Account]) -> int:
    return made[0].plan.number


def carry_out(
    plans: Sequence[Plan],
    projector: Projector,
    entities: Mapping[str, Entity],
    parts: Parts,
    watch: Stopwatch,
    known: Mapping[int, str] = NOTHING_KNOWN,
) -> list[Attempt]:
    """What comes of the plans; `entities` by their ids, `known` the English that was judged before, by its number."""
    manners = [plan.manner for plan in plans]
    found = watch.run("translation", parts.engine.translate, [plan.german for plan in plans], manners)
    return [
        made
        for plan, whole in zip(plans, found, strict=True)
        for made in judged(plan, whole, projector, entities, watch, known.get(plan.number))
    ]


def judged(
    plan: Plan,
    found: Translation,
    projector: Projector,
    entities: Mapping[str, Entity],
    watch: Stopwatch,
    known: str | None,
) -> Iterator[Attempt]:
    """The translations that a plan led to, best first, but for the known one; none after one that is without fault."""
    for translation in plan.translations(found):
        looked_at = watch.run("counterparts", marked, translation)
        projected = watch.run("alignment", projector.project, plan.sentence, looked_at)
        pair = watch.run("counterparts", marked_again, projected)
        if pair.english == known:
            continue
        findings = watch.run("checks", run_checks, pair, entities)
        made = attempt(plan, pair, findings, entities, suspects(looked_at) if known is None else ())
        yield made
        if made.is_faultless:
            return


def projector_of(entities: tuple[Entity, ...], parts: Parts) -> Projector:
    english = parts.english_recognizer
    return Projector(entities, english.recognize if english else None)
