"""Renders the translation of a whole article, sentence by sentence and as one text with its paragraphs."""

from __future__ import annotations

from itertools import pairwise

from service.pipeline.results import ArticleTranslation, SegmentTranslations
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
from service.rendering.entities import entities_json, mentions_in_sentences
from service.rendering.offsets import OffsetMap, OffsetUnit


def translation_json(translation: ArticleTranslation, unit: OffsetUnit) -> Json:
    """The answer of `POST /v1/translations` to an article; every offset is in `unit`.

    `sentences[].de` stands in `document.text`, `sentences[].en` in `text.en`.
    """
    places = OffsetMap(translation.article.text, unit)
    text, starts = english_text(translation)
    english_places = OffsetMap(text, unit)
    return {
        "offset_unit": unit,
        "document": document_json(translation.article, places),
        "sentences": [
            {
                "de": {"text": pair.source.text, **source_json(translation.article, pair.source, places)},
                "en": {
                    "text": pair.english,
                    "start": english_places(start),
                    "end": english_places(start + len(pair.english)),
                },
                "attempts": attempts_json(account),
                **doubts_json(pair, OffsetMap(pair.source.text, unit), OffsetMap(pair.english, unit)),
            }
            for pair, account, start in zip(translation.pairs, translation.attempts, starts, strict=True)
        ],
        "text": {"de": translation.article.text, "en": text},
        "entities": entities_json(
            translation.entities, places, mentions_in_sentences(translation.pairs, "sentences", unit)
        ),
        "glossary": glossary_json(translation.glossary),
        "warnings": warnings_json(translation.warnings),
        "timings_ms": timings_json(translation.timings),
    }


def english_text(translation: ArticleTranslation) -> tuple[str, list[int]]:
    """The English article and where each sentence starts in it, code points.

    Between two sentences stands what stands between them in German (a line break, an empty line), or one space.
    """
    sentences = [pair.source for pair in translation.pairs]
    gaps = [translation.article.text[left.end : right.start] for left, right in pairwise(sentences)]
    text = ""
    starts: list[int] = []
    for pair, gap in zip(translation.pairs, ["", *gaps], strict=False):
        text += gap if gap.isspace() or not text else " "
        starts.append(len(text))
        text += pair.english
    return text, starts


def segments_json(segments: SegmentTranslations) -> Json:
    """The answer of `POST /v1/translations` to a list of strings."""
    return {
        "segments": [
            {"de": {"text": translation.source}, "en": {"text": translation.target}}
            for translation in segments.translations
        ],
        "warnings": warnings_json(segments.warnings),
        "timings_ms": timings_json(segments.timings),
    }
