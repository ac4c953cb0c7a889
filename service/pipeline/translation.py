"""The stories of a translated article and of strings translated as they are."""

from __future__ import annotations

from collections.abc import Sequence

from service.article.model import Article
from service.entities.glossary import NO_GLOSSARY, Glossary
from service.pipeline.english import begin_translating, number_of, translate_sentences
from service.pipeline.names import find_entities
from service.pipeline.parts import Parts
from service.pipeline.results import ArticleTranslation, SegmentTranslations
from service.pipeline.stopwatch import Stopwatch
from service.pipeline.warnings import split_sentences, unlinked_names
from service.segmentation.german import segment


def translate(article: Article, parts: Parts, glossary: Glossary = NO_GLOSSARY) -> ArticleTranslation:
    """Translate every sentence of the article, with names tied across both sides."""
    watch = Stopwatch(parts.patience)
    sentences = watch.run("segmentation", segment, article)
    begin_translating(sentences, parts)
    entities = watch.run("entities", find_entities, article, parts, glossary)
    made = sorted(translate_sentences(sentences, entities, parts, watch), key=number_of)
    pairs = tuple(best.pair for best, _ in made)
    return ArticleTranslation(
        article=article,
        pairs=pairs,
        attempts=tuple(account for _, account in made),
        entities=entities,
        warnings=(
            article.warnings + split_sentences([pair.stretches for pair in pairs]) + unlinked_names(pairs, entities)
        ),
        timings=watch.timings,
        glossary=glossary.report(entities),
    )


def translate_segments(segments: Sequence[str], parts: Parts) -> SegmentTranslations:
    """Translate each string as it is: no sentences, no names, no checks."""
    watch = Stopwatch(parts.patience)
    translations = watch.run("translation", parts.engine.translate, segments)
    warnings = split_sentences([translation.parts for translation in translations])
    return SegmentTranslations(tuple(translations), warnings, watch.timings)
