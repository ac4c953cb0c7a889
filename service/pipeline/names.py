"""The story of an article's names, and the stage that every story has in common."""

from __future__ import annotations

from service.article.model import Article
from service.entities.chains import chain
from service.entities.glossary import NO_GLOSSARY, Glossary
from service.entities.model import Entity
from service.entities.values import recognize_values
from service.pipeline.parts import Parts
from service.pipeline.results import ArticleEntities
from service.pipeline.stopwatch import Stopwatch


def recognize(
    article: Article, parts: Parts, glossary: Glossary = NO_GLOSSARY, values: bool = False
) -> ArticleEntities:
    """Find the names of the article and tie their mentions to entities; with `values`, dates and amounts besides."""
    watch = Stopwatch(parts.patience)
    entities = watch.run("entities", find_entities, article, parts, glossary)
    names = [mention for entity in entities for mention in entity.mentions]
    return ArticleEntities(
        article=article,
        entities=entities,
        warnings=article.warnings,
        timings=watch.timings,
        glossary=glossary.report(entities),
        values=tuple(watch.run("values", recognize_values, article.text, names)) if values else (),
    )


def find_entities(article: Article, parts: Parts, glossary: Glossary) -> tuple[Entity, ...]:
    return chain(article, parts.recognizer.recognize(article.text), glossary)
