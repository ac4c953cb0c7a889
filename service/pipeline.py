"""The story of a request: a German article becomes a bilingual summary, one line a stage.

The three stories below (summarize, translate, recognize) are the same stages, stopped at different doors. They take
plain data and give plain data; what was loaded once (models) comes in as `Parts`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import ParamSpec, Protocol, TypeVar

from service.alignment.model import SentencePair
from service.alignment.projection import Projector
from service.article.model import Article, Warning
from service.checks.gate import run_checks
from service.checks.model import Finding, Verdict, worst
from service.entities.chains import chain
from service.entities.glossary import Glossary, GlossaryOutcome
from service.entities.model import Entity, GlossaryEntry, Mention
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.base import Summarizer
from service.summarization.slots import SlotSentence, SlotText, fill_slots, slot_names
from service.translation.base import TranslationEngine
from service.translation.model import Translation

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Recognizer(Protocol):
    """Finds names in German text; mentions in order, not overlapping."""

    def recognize(self, text: str) -> list[Mention]: ...


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """What an answer says about a model that made it."""

    role: str
    name: str
    revision: str
    sha256: str
    licence: str = ""
    engine: str = ""
    scores: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is loaded once and serves every request; each part is safe to call from several threads.

    `english_recognizer` helps alignment to find the counterparts that nothing else finds; it may be missing.
    """

    recognizer: Recognizer
    summarizer: Summarizer
    engine: TranslationEngine
    models: tuple[LoadedModel, ...] = ()
    english_recognizer: Recognizer | None = None


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A summary sentence in both languages with what the checks say about it."""

    pair: SentencePair
    rank: float
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        return worst(self.findings)


@dataclass(frozen=True, slots=True)
class BilingualSummary:
    """The answer to an article. Offsets are code points; `timings` are seconds by stage, in the order of the stages."""

    article: Article
    sentences: tuple[CheckedSentence, ...]
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()
    slots: tuple[SlotText, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleTranslation:
    """Every sentence of an article with its English."""

    article: Article
    pairs: tuple[SentencePair, ...]
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleEntities:
    """The names of an article."""

    article: Article
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentTranslations:
    """Strings with their English, in order."""

    translations: tuple[Translation, ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]


class Stopwatch:
    """Runs a stage and keeps how long it took, in seconds by the stage's name."""

    def __init__(self) -> None:
        self.timings: dict[str, float] = {}

    def run(
        self, stage: str, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        start = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - start


def summarize(
    article: Article,
    parts: Parts,
    count: int | None = None,
    glossary: Sequence[GlossaryEntry] = (),
    slots: Sequence[str] = (),
) -> BilingualSummary:
    """Choose the sentences that carry the article, translate them, tie names across both sides and check each pair."""
    watch = Stopwatch()
    sentences = watch.run("segmentation", segment, article)
    entities = watch.run("entities", find_entities, article, parts, glossary)
    chosen = watch.run("summarization", parts.summarizer.choose, article, sentences, entities, count)
    translations = watch.run("translation", parts.engine.translate, [choice.sentence.text for choice in chosen])
    pairs = watch.run("alignment", align, [choice.sentence for choice in chosen], translations, entities, parts)
    findings = watch.run("checks", check, pairs, entities)
    checked = tuple(map(CheckedSentence, pairs, (choice.rank for choice in chosen), findings))
    return BilingualSummary(
        article=article,
        sentences=checked,
        entities=entities,
        warnings=(
            article.warnings
            + missing_sentences(len(chosen), count)
            + split_sentences(translations)
            + unlinked_names(pairs, entities)
        ),
        timings=watch.timings,
        glossary=Glossary(glossary).report(entities),
        slots=watch.run("slots", fill, slots, checked, entities) if slots else (),
    )


def translate(article: Article, parts: Parts, glossary: Sequence[GlossaryEntry] = ()) -> ArticleTranslation:
    """Translate every sentence of the article, with names tied across both sides."""
    watch = Stopwatch()
    sentences = watch.run("segmentation", segment, article)
    entities = watch.run("entities", find_entities, article, parts, glossary)
    translations = watch.run("translation", parts.engine.translate, [sentence.text for sentence in sentences])
    pairs = watch.run("alignment", align, sentences, translations, entities, parts)
    return ArticleTranslation(
        article=article,
        pairs=pairs,
        entities=entities,
        warnings=article.warnings + split_sentences(translations) + unlinked_names(pairs, entities),
        timings=watch.timings,
        glossary=Glossary(glossary).report(entities),
    )


def recognize(article: Article, parts: Parts, glossary: Sequence[GlossaryEntry] = ()) -> ArticleEntities:
    """Find the names of the article and tie their mentions to entities."""
    watch = Stopwatch()
    entities = watch.run("entities", find_entities, article, parts, glossary)
    return ArticleEntities(article, entities, article.warnings, watch.timings, Glossary(glossary).report(entities))


def translate_segments(segments: Sequence[str], parts: Parts) -> SegmentTranslations:
    """Translate each string as it is: no sentences, no names, no checks."""
    watch = Stopwatch()
    translations = watch.run("translation", parts.engine.translate, segments)
    return SegmentTranslations(tuple(translations), split_sentences(translations), watch.timings)


def find_entities(article: Article, parts: Parts, glossary: Sequence[GlossaryEntry]) -> tuple[Entity, ...]:
    return chain(article, parts.recognizer.recognize(article.text), tuple(glossary))


def align(
    sentences: Sequence[Sentence], translations: Sequence[Translation], entities: tuple[Entity, ...], parts: Parts
) -> tuple[SentencePair, ...]:
    english = parts.english_recognizer
    projector = Projector(entities, english.recognize if english else None)
    return tuple(map(projector.project, sentences, translations))


def check(pairs: Sequence[SentencePair], entities: tuple[Entity, ...]) -> list[tuple[Finding, ...]]:
    return [run_checks(pair, entities) for pair in pairs]


def fill(
    slots: Sequence[str], sentences: Sequence[CheckedSentence], entities: Sequence[Entity]
) -> tuple[SlotText, ...]:
    """Texts of fixed length from the sentences that no check blocked. Raises UnknownSlot."""
    by_id = {entity.id: entity for entity in entities}
    kept = [index for index, sentence in enumerate(sentences) if sentence.verdict != "blocked"]
    texts = fill_slots(slots, [slot_sentence(sentences[index], by_id) for index in kept])
    return tuple(replace(text, sentences=tuple(kept[index] for index in text.sentences)) for text in texts)


def slot_sentence(sentence: CheckedSentence, entities: Mapping[str, Entity]) -> SlotSentence:
    pair = sentence.pair
    german = [
        name
        for mention in pair.mentions
        for name in slot_names(entities[mention.entity], pair.source.text, [mention.source], "de")
    ]
    english = [
        name
        for mention in pair.mentions
        if mention.target
        for name in slot_names(entities[mention.entity], pair.english, [mention.target], "en")
    ]
    in_order = attrgetter("start")
    return SlotSentence(
        pair.source.text,
        pair.english,
        sentence.rank,
        tuple(sorted(german, key=in_order)),
        tuple(sorted(english, key=in_order)),
    )


def missing_sentences(found: int, wanted: int | None) -> tuple[Warning, ...]:
    """A warning if the summary is shorter than the caller asked for: headings, tables and repetitions are not kept."""
    if found == 0:
        return (Warning("no_summary_sentence", "The article holds no sentence that a summary could keep."),)
    if wanted is not None and found < wanted:
        detail = f"{wanted} sentences were asked for; the article holds {found} that a summary could keep."
        return (Warning("fewer_sentences", detail),)
    return ()


def split_sentences(translations: Sequence[Translation]) -> tuple[Warning, ...]:
    """A warning for each sentence that was longer than the model reads at once."""
    return tuple(
        Warning("sentence_split", f"Sentence {number} is very long and was translated in {translation.parts} parts.")
        for number, translation in enumerate(translations, 1)
        if translation.parts > 1
    )


def unlinked_names(pairs: Sequence[SentencePair], entities: Sequence[Entity]) -> tuple[Warning, ...]:
    """A warning for each name that is highlighted in German and has no counterpart in the English sentence."""
    names = {entity.id: entity.canonical_de for entity in entities}
    return tuple(
        Warning(
            "name_without_counterpart",
            f"Sentence {number}: no English counterpart was found for "
            f"“{pair.source.text[mention.source[0] : mention.source[1]]}” ({names[mention.entity]}).",
        )
        for number, pair in enumerate(pairs, 1)
        for mention in pair.mentions
        if mention.target is None
    )
