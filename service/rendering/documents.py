"""Renders the article itself: its text, its blocks, and the place in it that a sentence comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from service.alignment.model import SentencePair
from service.article.model import Article, Warning
from service.checks.attempts import Account
from service.entities.glossary import GlossaryOutcome
from service.pipeline.parts import LoadedModel
from service.rendering.offsets import OffsetMap
from service.segmentation.model import Sentence

QUOTE_CONTEXT = 32  # code points of prefix and suffix: enough to find a quote again in an edited article

Json = dict[str, Any]


def document_json(article: Article, places: OffsetMap) -> Json:
    """The text that all offsets point into, with the blocks that it is made of."""
    return {
        "language": article.language,
        "title": article.title,
        "text": article.text,
        "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "blocks": [
            {"kind": block.kind, "start": places(block.start), "end": places(block.end)} for block in article.blocks
        ],
    }


def source_json(article: Article, sentence: Sentence, places: OffsetMap) -> Json:
    """Where a sentence stands: by position, and by quotation (the TextQuoteSelector of W3C Web Annotation)."""
    return {
        "start": places(sentence.start),
        "end": places(sentence.end),
        "block": sentence.block,
        "quote": quote_json(article, sentence.start, sentence.end),
    }


def quote_json(article: Article, start: int, end: int) -> Json:
    """A stretch of the article with what stands around it; `start` and `end` are code points."""
    return {
        "exact": article.text[start:end],
        "prefix": article.text[max(0, start - QUOTE_CONTEXT) : start],
        "suffix": article.text[end : end + QUOTE_CONTEXT],
    }


def attempts_json(account: Account) -> Json:
    """In which ways a sentence was translated, which is shown, and the words that the model was given for it."""
    words = [{"de": one.word, "en": one.reads} for one in account.looked_up]
    return {"tried": list(account.tried), "kept": account.kept, "looked_up": words}


def doubts_json(pair: SentencePair, german: OffsetMap, english: OffsetMap) -> Json:
    """How sure the model was of a sentence, which English words may be wrong, and which German ones are missing."""
    return {
        "confidence": None if pair.confidence is None else round(pair.confidence, 2),
        "doubts": [english.span(*word) for word in pair.doubts],
        "omissions": [german.span(*word) for word in pair.omissions],
    }


def pipeline_json(version: str, models: tuple[LoadedModel, ...]) -> Json:
    """The signature of an answer: what it takes to get the same one again."""
    return {
        "version": version,
        "models": [
            {"role": model.role, "name": model.name, "revision": model.revision, "sha256": model.sha256}
            for model in models
        ],
    }


def warnings_json(warnings: tuple[Warning, ...]) -> list[Json]:
    return [{"code": warning.code, "detail": warning.detail} for warning in warnings]


def glossary_json(outcomes: Sequence[GlossaryOutcome]) -> list[Json]:
    """What became of each glossary entry, in the order given."""
    return [
        {
            "de": outcome.entry.de,
            "en": outcome.entry.en,
            "glossary": outcome.entry.glossary,
            "status": outcome.status,
            "detail": outcome.detail,
        }
        for outcome in outcomes
    ]


def timings_json(timings: dict[str, float]) -> dict[str, float]:
    """Milliseconds by stage."""
    return {stage: round(seconds * 1000, 1) for stage, seconds in timings.items()}
