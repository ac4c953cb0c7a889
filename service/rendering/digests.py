"""Renders a digest of several articles as the JSON that the contract (openapi.yaml) describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.alignment.model import SentencePair
from service.article.model import Article
from service.entities.model import Entity
from service.pipeline.digest import BilingualDigest
from service.rendering.documents import (
    Json,
    document_json,
    glossary_json,
    quote_json,
    source_json,
    timings_json,
    warnings_json,
)
from service.rendering.entities import document_mentions, entity_json, mentions_in_sentences, types_by_id
from service.rendering.offsets import OffsetMap, OffsetUnit
from service.rendering.summaries import highlighted, sentence_json, whole_json
from service.summarization.digest import Disagreement, Source
from service.summarization.figures import Figure


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of a digest as the caller calls them, with their offsets in the caller's unit."""

    names: Sequence[str]
    articles: Sequence[Article]
    places: Sequence[OffsetMap]

    def document(self, index: int) -> Json:
        return document_json(self.articles[index], self.places[index])

    def source(self, source: Source) -> Json:
        place = source_json(self.articles[source.article], source.sentence, self.places[source.article])
        return {"article": self.names[source.article], **place, "likeness": source.likeness}

    def figure(self, article: int, figure: Figure) -> Json:
        start, end = self.places[article].span(figure.start, figure.end)
        quote = quote_json(self.articles[article], figure.start, figure.end)
        return {"article": self.names[article], "value": figure.value, "start": start, "end": end, "quote": quote}

    def mentions(self, article: int, entity: Entity) -> list[Json]:
        found = document_mentions(entity, self.places[article])
        return [{**mention, "article": self.names[article]} for mention in found]


def digest_json(digest: BilingualDigest, sent: Sequence[str], problems: Mapping[str, Json], unit: OffsetUnit) -> Json:
    """The answer of `POST /v1/digests`; every offset is in `unit`.

    :param sent: what the caller calls the articles, in the order in which they came.
    :param problems: why articles are not part of the digest, by what they are called.
    """
    names = [name for name in sent if name not in problems]
    shelf = Shelf(names, digest.articles, [OffsetMap(article.text, unit) for article in digest.articles])
    everywhere = [entity for entities in digest.entities for entity in entities]
    pairs = [sentence.checked.pair for sentence in digest.sentences]
    german, english = highlighted(pairs, types_by_id(everywhere))
    return {
        "offset_unit": unit,
        "articles": [article_json(name, shelf, problems) for name in sent],
        "clusters": [{"articles": [names[index] for index in cluster]} for cluster in digest.clusters],
        "summary": {
            "sentences": [
                sentence_json(sentence.checked, sides, {"sources": list(map(shelf.source, sentence.sources))}, unit)
                for sentence, *sides in zip(digest.sentences, german, english, strict=True)
            ],
            **whole_json(pairs, german, english),
        },
        "disagreements": [disagreement_json(disagreement, shelf) for disagreement in digest.disagreements],
        "entities": shared_entities_json(digest.entities, pairs, shelf, unit),
        "glossary": glossary_json(digest.glossary),
        "warnings": warnings_json(digest.warnings),
        "timings_ms": timings_json(digest.timings),
    }


def article_json(name: str, shelf: Shelf, problems: Mapping[str, Json]) -> Json:
    """An article of the digest, or the problem document that says why it is none."""
    if name in problems:
        return {"id": name, "document": None, "warnings": [], "problem": problems[name]}
    index = shelf.names.index(name)
    warnings = warnings_json(shelf.articles[index].warnings)
    return {"id": name, "document": shelf.document(index), "warnings": warnings, "problem": None}


def disagreement_json(disagreement: Disagreement, shelf: Shelf) -> Json:
    """Every article's own figure for one thing, side by side."""
    return {
        "counted": disagreement.counted,
        "figures": [shelf.figure(article, figure) for article, figure in disagreement.figures],
    }


def shared_entities_json(
    articles: Sequence[Sequence[Entity]], pairs: Sequence[SentencePair], shelf: Shelf, unit: OffsetUnit
) -> list[Json]:
    """Every name once, with its mentions article by article, then those in the sentences of the digest."""
    in_sentences = mentions_in_sentences(pairs, "summary", unit)
    names = {entity.id: entity for entities in articles for entity in entities}
    mentions: dict[str, list[Json]] = {name: [] for name in names}
    for index, entities in enumerate(articles):
        for entity in entities:
            mentions[entity.id] += shelf.mentions(index, entity)
    return [entity_json(entity, mentions[name] + in_sentences.get(name, [])) for name, entity in names.items()]
