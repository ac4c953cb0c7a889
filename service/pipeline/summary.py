"""The story of a request: a German article becomes a bilingual summary, one line a stage."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from service.article.model import Article, Warning
from service.checks.model import SEVERITY, Finding
from service.entities.glossary import NO_GLOSSARY, Glossary
from service.entities.model import Entity
from service.pipeline.abstraction import abstract, left_out
from service.pipeline.english import in_order, into_english, into_english_one_by_one
from service.pipeline.introductions import introduce, introduced_within, keep_budget
from service.pipeline.names import find_entities
from service.pipeline.options import DEFAULT, SummaryEngine, SummaryOptions
from service.pipeline.parts import Parts
from service.pipeline.results import (
    BilingualSummary,
    CheckedSentence,
    NamesFound,
    SentenceDone,
    SentencesChosen,
    Step,
)
from service.pipeline.slots import fill
from service.pipeline.stopwatch import Stopwatch
from service.pipeline.warnings import shorter_than_asked, split_sentences, unlinked_names
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.budget import Budget
from service.summarization.context import full_names
from service.summarization.generation import CannotWrite

LEAST_HELD = 0.5  # of the generated sentences; with fewer, what is left is no summary but an accident


@dataclass(frozen=True, slots=True)
class Read:
    """An article as far as it is read before anything is chosen."""

    article: Article
    sentences: Sequence[Sentence]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a summary, the engine that made them, and why it is not the one that was asked for."""

    sentences: tuple[CheckedSentence, ...]
    engine: SummaryEngine
    warnings: tuple[Warning, ...]
    degraded: str | None = None


def summarize(
    article: Article, parts: Parts, options: SummaryOptions = DEFAULT, glossary: Glossary = NO_GLOSSARY
) -> BilingualSummary:
    """Choose the sentences that carry the article, translate them, tie names across both sides and check each pair."""
    *_, whole = summarize_in_steps(article, parts, options, glossary)
    return cast(BilingualSummary, whole)


def summarize_in_steps(
    article: Article, parts: Parts, options: SummaryOptions = DEFAULT, glossary: Glossary = NO_GLOSSARY
) -> Iterator[Step]:
    """The same, told while it happens: each result as soon as it is certain, the whole summary last."""
    watch = Stopwatch(parts.patience)
    sentences = watch.run("segmentation", segment, article)
    entities = watch.run("entities", find_entities, article, parts, glossary)
    yield NamesFound(article, entities)
    told = yield from tell(Read(article, sentences, entities), options, parts, watch)
    pairs = [sentence.pair for sentence in told.sentences]
    yield BilingualSummary(
        article=article,
        sentences=told.sentences,
        entities=entities,
        warnings=(
            article.warnings
            + told.warnings
            + split_sentences([pair.stretches for pair in pairs])
            + unlinked_names(pairs, entities)
        ),
        timings=watch.timings,
        glossary=glossary.report(entities),
        slots=watch.run("slots", fill, options.slots, told.sentences, entities) if options.slots else (),
        engine=told.engine,
        degraded=told.degraded,
    )


def tell(read: Read, options: SummaryOptions, parts: Parts, watch: Stopwatch) -> Generator[Step, None, Told]:
    """The summary in sentences that were written for it, if that is asked for and holds; else in the article's own."""
    degraded: str | None = None
    warnings: tuple[Warning, ...] = ()
    if options.engine == "abstractive":
        try:
            return write(read, options, parts, watch)
        except CannotWrite as reason:
            degraded, warnings = str(reason), reason.warnings
    checked = yield from extract(read, options, parts, watch)
    kept = fitting(checked, read.entities, options)
    warnings += shorter_than_asked(len(kept), len(checked), offers(read, parts, kept), options.budget)
    return Told(kept, "extractive", warnings, degraded)


def write(read: Read, options: SummaryOptions, parts: Parts, watch: Stopwatch) -> Told:
    """What a model writes, as far as the article bears it out and the gate lets it through. Raises CannotWrite."""
    if parts.writer is None:
        raise CannotWrite("the service has loaded no model that writes summaries")
    written = watch.run(
        "summarization", abstract, read.article, read.sentences, read.entities, parts.writer, parts.recognizer
    )
    checked = into_english(written.chosen, written.names, parts, watch)
    held = tuple(sentence for sentence in checked if sentence.verdict != "blocked")
    warnings = written.warnings + blocked_sentences(checked)
    if not held or len(held) < LEAST_HELD * written.written:
        raise CannotWrite(f"of {written.written} generated sentences {len(held)} hold against the article", warnings)
    kept = fitting(held, written.names, options)
    if not kept:
        raise CannotWrite("no generated sentence is as short as was asked for", warnings)
    return Told(kept, "abstractive", warnings + shorter_than_asked(len(kept), len(held), True, options.budget))


def extract(
    read: Read, options: SummaryOptions, parts: Parts, watch: Stopwatch
) -> Generator[Step, None, tuple[CheckedSentence, ...]]:
    """The article's own sentences, step by step where the English cannot break the budget; all, unedited, in the end.

    The steps show them edited.
    """
    article, entities, budget = read.article, read.entities, options.budget
    chosen = watch.run("summarization", parts.summarizer.choose, article, read.sentences, entities, budget)
    full = full_names([choice.sentence for choice in chosen], entities) if options.edits else ()
    if budget.counts_sentences_only:
        yield SentencesChosen(article, entities, tuple(chosen), full)
    done: list[SentenceDone] = []
    for made in into_english_one_by_one(chosen, entities, parts, watch):
        done.append(made)
        if budget.counts_sentences_only:
            yield replace(made, sentence=introduce(made.sentence, made.number, full, entities))
    return in_order(done)


def fitting(
    sentences: Sequence[CheckedSentence], entities: Sequence[Entity], options: SummaryOptions
) -> tuple[CheckedSentence, ...]:
    """The sentences that keep the budget, edited if that is wanted."""
    if options.edits:
        return introduced_within(sentences, entities, options.budget)
    return keep_budget(sentences, options.budget)


def offers(read: Read, parts: Parts, taken: Sequence[CheckedSentence]) -> bool:
    """Whether the article holds a sentence that a summary could keep, however long it is."""
    return bool(taken or parts.summarizer.choose(read.article, read.sentences, (), Budget(sentences=1)))


def blocked_sentences(checked: Sequence[CheckedSentence]) -> tuple[Warning, ...]:
    """A warning for each generated sentence whose translation the gate stopped."""
    stopped = (sentence for sentence in checked if sentence.verdict == "blocked")
    return tuple(
        left_out(sentence.pair.source.text, f"of its translation a check says: {first_fault(sentence).detail}")
        for sentence in stopped
    )


def first_fault(sentence: CheckedSentence) -> Finding:
    return max(sentence.findings, key=lambda finding: SEVERITY[finding.verdict])
