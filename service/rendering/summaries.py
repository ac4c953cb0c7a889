"""Renders a bilingual summary as the JSON that the contract (openapi.yaml) describes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from service.alignment.model import SentencePair
from service.article.model import Article
from service.checks.editing import ShownEdit
from service.checks.model import Finding
from service.pipeline.results import BilingualSummary, CheckedSentence
from service.rendering.documents import (
    Json,
    attempts_json,
    document_json,
    doubts_json,
    glossary_json,
    source_json,
    timings_json,
    warnings_json,
)
from service.rendering.entities import (
    english_highlights,
    entities_json,
    german_highlights,
    mentions_in_sentences,
    types_by_id,
)
from service.rendering.highlight import highlight
from service.rendering.offsets import OffsetMap, OffsetUnit
from service.summarization.slots import SlotText


def summary_json(summary: BilingualSummary, unit: OffsetUnit) -> Json:
    """The answer of `POST /v1/summaries`, without its id and the pipeline's signature; every offset is in `unit`."""
    places = OffsetMap(summary.article.text, unit)
    pairs = [sentence.pair for sentence in summary.sentences]
    german, english = highlighted(pairs, types_by_id(summary.entities))
    return {
        "engine": summary.engine,
        "degraded": summary.degraded is not None,
        "degraded_reason": summary.degraded,
        "offset_unit": unit,
        "document": document_json(summary.article, places),
        "summary": {
            "sentences": [
                sentence_json(sentence, sides, origin_json(summary.article, sentence, places), unit)
                for sentence, *sides in zip(summary.sentences, german, english, strict=True)
            ],
            **whole_json(pairs, german, english),
        },
        "entities": entities_json(summary.entities, places, mentions_in_sentences(pairs, "summary", unit)),
        "slots": [slot_json(slot) for slot in summary.slots],
        "glossary": glossary_json(summary.glossary),
        "warnings": warnings_json(summary.warnings),
        "timings_ms": timings_json(summary.timings),
    }


def origin_json(article: Article, sentence: CheckedSentence, places: OffsetMap) -> Json:
    """Where the sentence stands in the article, or what a generated one rests on there."""
    origin = {"source": source_json(article, sentence.place, places)}
    if not sentence.support:
        return origin
    return {**origin, "support": [source_json(article, place, places) for place in sentence.support]}


def sentence_json(sentence: CheckedSentence, sides: Sequence[Markup], origin: Json, unit: OffsetUnit) -> Json:
    """A sentence in both languages with what is known about it; `origin` says where it stands."""
    pair = sentence.pair
    german, english = OffsetMap(pair.source.text, unit), OffsetMap(pair.english, unit)
    return {
        "de": {"text": pair.source.text, "html": str(sides[0])},
        "en": {"text": pair.english, "html": str(sides[1])},
        **origin,
        "rank": round(sentence.rank, 4),
        "checks": [finding_json(finding, german, english) for finding in sentence.findings],
        "verdict": sentence.verdict,
        "changes": changes_json(pair, english),
        "attempts": attempts_json(sentence.attempts),
        **doubts_json(pair, german, english),
        "edits": [edit_json(edit, german if edit.language == "de" else english) for edit in sentence.edits],
    }


def edit_json(edit: ShownEdit, places: OffsetMap) -> Json:
    """What is shown in place of the article's own words, or of their translation; `places` are of the shown text."""
    return {
        "language": edit.language,
        "entity": edit.entity,
        "before": edit.before,
        "after": edit.after,
        "start": places(edit.start),
        "end": places(edit.end),
    }


def highlighted(pairs: Sequence[SentencePair], types: dict[str, str]) -> tuple[list[Markup], list[Markup]]:
    """The German and the English of each sentence with its names marked."""
    german = [highlight(pair.source.text, german_highlights(pair, types), "de") for pair in pairs]
    return german, [highlight(pair.english, english_highlights(pair, types), "en") for pair in pairs]


def whole_json(pairs: Sequence[SentencePair], german: Sequence[Markup], english: Sequence[Markup]) -> Json:
    """All sentences as one text in each language."""
    return {
        "de": {"text": " ".join(pair.source.text for pair in pairs), "html": joined(german)},
        "en": {"text": " ".join(pair.english for pair in pairs), "html": joined(english)},
    }


def finding_json(finding: Finding, german: OffsetMap, english: OffsetMap) -> Json:
    """A finding; its spans are places in the sentence's own two strings."""
    return {
        "kind": finding.kind,
        "verdict": finding.verdict,
        "de": german.span(*finding.de) if finding.de else None,
        "en": english.span(*finding.en) if finding.en else None,
        "detail": finding.detail,
    }


def changes_json(pair: SentencePair, english: OffsetMap) -> list[Json]:
    """Names that the translation mangled and that were put right, with their place in the English sentence."""
    return [
        {
            "entity": change.entity,
            "before": change.before,
            "after": change.after,
            "start": english(change.start),
            "end": english(change.end),
        }
        for change in pair.changes
    ]


def slot_json(slot: SlotText) -> Json:
    """A text of fixed length in both languages; `limit` counts graphemes."""
    return {
        "name": slot.name,
        "limit": slot.limit,
        "de": slot.de,
        "en": slot.en,
        "sentences": list(slot.sentences),
        "shortened": slot.shortened,
        "reason": slot.reason,
    }


def joined(sentences: Sequence[Markup]) -> str:
    return str(Markup(" ").join(sentences))
