"""Renders entities and their mentions in the article and in both languages of the sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from service.alignment.model import SentencePair
from service.entities.model import Entity, Mention
from service.pipeline.results import ArticleEntities
from service.rendering.documents import Json, document_json, glossary_json, timings_json, warnings_json
from service.rendering.highlight import Highlight
from service.rendering.offsets import OffsetMap, OffsetUnit


def article_entities_json(found: ArticleEntities, unit: OffsetUnit) -> Json:
    """The answer of `POST /v1/entities`; every offset is in `unit`."""
    places = OffsetMap(found.article.text, unit)
    return {
        "offset_unit": unit,
        "document": document_json(found.article, places),
        "entities": entities_json(found.entities, places),
        "values": values_json(found.values, places),
        "glossary": glossary_json(found.glossary),
        "warnings": warnings_json(found.warnings),
        "timings_ms": timings_json(found.timings),
    }


def values_json(values: Sequence[Mention], places: OffsetMap) -> list[Json]:
    """Dates, sums of money and quantities in the document."""
    return [
        {"type": value.type, "text": value.text, "start": places(value.start), "end": places(value.end)}
        for value in values
    ]


def entities_json(
    entities: Sequence[Entity], places: OffsetMap, sentence_mentions: dict[str, list[Json]] | None = None
) -> list[Json]:
    """Each entity with its mentions: in the document, then sentence by sentence."""
    elsewhere = sentence_mentions or {}
    return [
        entity_json(entity, document_mentions(entity, places) + elsewhere.get(entity.id, [])) for entity in entities
    ]


def entity_json(entity: Entity, mentions: list[Json]) -> Json:
    return {
        "id": entity.id,
        "type": entity.type,
        "canonical": {"de": entity.canonical_de, "en": entity.canonical_en},
        "variants": list(entity.variants),
        "wikidata": entity.wikidata,
        "why": list(entity.why),
        "mentions": mentions,
    }


def document_mentions(entity: Entity, places: OffsetMap) -> list[Json]:
    return [
        {"in": "document", "start": places(mention.start), "end": places(mention.end)} for mention in entity.mentions
    ]


def mentions_in_sentences(pairs: Sequence[SentencePair], where: str, unit: OffsetUnit) -> dict[str, list[Json]]:
    """By entity: mentions in the sentences' own strings, `in` being `summary.de` and so on (`where` is the part
    before the language)."""
    found: dict[str, list[Json]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        german, english = OffsetMap(pair.source.text, unit), OffsetMap(pair.english, unit)
        for mention in pair.mentions:
            found[mention.entity].append(place(f"{where}.de", number, german, mention.source))
            if mention.target is not None:
                english_place = place(f"{where}.en", number, english, mention.target)
                found[mention.entity].append({**english_place, "how": mention.how})
    return found


def place(where: str, sentence: int, places: OffsetMap, span: tuple[int, int]) -> Json:
    return {"in": where, "sentence": sentence, "start": places(span[0]), "end": places(span[1])}


def german_highlights(pair: SentencePair, types: dict[str, str]) -> list[Highlight]:
    return [Highlight(*mention.source, mention.entity, types[mention.entity]) for mention in pair.mentions]


def english_highlights(pair: SentencePair, types: dict[str, str]) -> list[Highlight]:
    return [
        Highlight(*mention.target, mention.entity, types[mention.entity])
        for mention in pair.mentions
        if mention.target is not None
    ]


def types_by_id(entities: Sequence[Entity]) -> dict[str, str]:
    return {entity.id: entity.type for entity in entities}
