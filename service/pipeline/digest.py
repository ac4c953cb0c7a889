"""The story of a digest: several German articles become one bilingual summary, one line a stage.

The stages are those of an article (summary.py). Between them the articles are laid end to end, so that names, full
names and checks see one text; an answer shows every place in its own article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from service.article.model import Article, Warning
from service.entities.across import merge
from service.entities.glossary import NO_GLOSSARY, Glossary, GlossaryOutcome
from service.entities.model import Entity
from service.pipeline.english import into_english
from service.pipeline.introductions import introduced
from service.pipeline.names import find_entities
from service.pipeline.parts import Parts
from service.pipeline.results import CheckedSentence
from service.pipeline.stopwatch import Stopwatch
from service.pipeline.warnings import shorter_than_asked, split_sentences, unlinked_names
from service.segmentation.german import segment
from service.summarization.budget import BY_LENGTH, Budget
from service.summarization.digest import Digest, DigestArticle, DigestSentence, Disagreement, Source, digest
from service.summarization.model import ChosenSentence


@dataclass(frozen=True, slots=True)
class DigestedSentence:
    """A sentence of the digest in both languages; `sources` are its own place first, then those that say the same."""

    checked: CheckedSentence
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class BilingualDigest:
    """The answer to several articles.

    `entities` are each article's, under ids that all articles share, with the mentions in that article. `clusters` are
    the articles that tell the same, by index. Offsets are code points in the article that they belong to.
    """

    articles: tuple[Article, ...]
    sentences: tuple[DigestedSentence, ...]
    clusters: tuple[tuple[int, ...], ...]
    disagreements: tuple[Disagreement, ...]
    entities: tuple[tuple[Entity, ...], ...]
    warnings: tuple[Warning, ...]
    timings: dict[str, float]
    glossary: tuple[GlossaryOutcome, ...] = ()

    def names(self) -> tuple[Entity, ...]:
        """Every name once, as the first article that has it shows it."""
        return tuple({entity.id: entity for entities in self.entities for entity in entities}.values())


def digest_articles(
    articles: Sequence[Article], parts: Parts, budget: Budget = BY_LENGTH, glossary: Glossary = NO_GLOSSARY
) -> BilingualDigest:
    """Choose what the articles share and what each adds, translate it, tie names across articles, check each pair."""
    watch = Stopwatch(parts.patience)
    sentences = [watch.run("segmentation", segment, article) for article in articles]
    found = [watch.run("entities", find_entities, article, parts, glossary) for article in articles]
    entities = watch.run("entities", merge, found)
    told = watch.run("summarization", digest, list(map(DigestArticle, articles, sentences, entities)), budget)
    row = Row.of(articles)
    names = row.entities(entities)
    checked = introduced(into_english(row.chosen(told), names, parts, watch), names)
    pairs = [sentence.pair for sentence in checked]
    return BilingualDigest(
        articles=tuple(articles),
        sentences=tuple(map(DigestedSentence, checked, map(sources, told.sentences))),
        clusters=told.groups,
        disagreements=told.disagreements,
        entities=entities,
        warnings=(
            nothing_shared(told)
            + shorter_than_asked(len(checked), len(checked), bool(checked), budget)
            + split_sentences([pair.stretches for pair in pairs])
            + unlinked_names(pairs, names)
        ),
        timings=watch.timings,
        glossary=glossary.report(names),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """The articles laid end to end: each one's offsets begin where the one before it has ended."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Row:
        """A row with a gap of one code point after each article, so that no name reaches into the next."""
        return cls(tuple(accumulate((len(article.text) + 1 for article in articles), initial=0)))

    def chosen(self, told: Digest) -> list[ChosenSentence]:
        return [
            replace(choice, sentence=replace(choice.sentence, start=start + place.start, end=start + place.end))
            for sentence in told.sentences
            for choice, place, start in [(sentence.chosen, sentence.chosen.sentence, self.starts[sentence.article])]
        ]

    def entities(self, articles: Sequence[Sequence[Entity]]) -> tuple[Entity, ...]:
        """Every name once, with its mentions in all articles, in order of first mention."""
        names: dict[str, Entity] = {}
        for start, entities in zip(self.starts, articles, strict=False):
            for entity in entities:
                before = names[entity.id].mentions if entity.id in names else ()
                moved = [
                    replace(mention, start=start + mention.start, end=start + mention.end)
                    for mention in entity.mentions
                ]
                names[entity.id] = replace(entity, mentions=(*before, *moved))
        return tuple(names.values())


def sources(sentence: DigestSentence) -> tuple[Source, ...]:
    """Where the sentence stands, and the sentences of other articles that say the same."""
    return (Source(sentence.article, sentence.chosen.sentence, likeness=1.0), *sentence.sources)


def nothing_shared(told: Digest) -> tuple[Warning, ...]:
    """A warning if no two articles tell the same: the digest then stands beside the articles, it does not join them."""
    if any(len(group) > 1 for group in told.groups):
        return ()
    detail = "No two articles tell of the same thing; each sentence is supported by its own article alone."
    return (Warning("nothing_shared", detail),)
