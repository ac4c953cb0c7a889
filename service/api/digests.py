"""`POST /v1/digests`: several articles in, one bilingual summary of what they share out."""

from __future__ import annotations

from typing import Any, Self

from flask import Blueprint, Response, g, request
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from service.api.answers import Answers, Made
from service.api.desk import RequestDesk
from service.api.problems import Problem, document, from_article_error
from service.api.reading import read_json_request
from service.api.requests import LONGEST_NAME, LONGEST_TITLE, MOST_SENTENCES, ArticleSource, OwnNames, read_article
from service.article.errors import ArticleError
from service.article.model import Article
from service.entities.glossary import Glossary
from service.pipeline.digest import digest_articles
from service.rendering.digests import digest_json
from service.rendering.offsets import OffsetUnit
from service.settings import Settings
from service.store.glossaries import GlossaryStore
from service.summarization.budget import Budget

FEWEST_ARTICLES = 2
MOST_ARTICLES = 20


class DigestArticle(ArticleSource):
    """One article; `id` is what the answer calls it."""

    id: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)
    title: str | None = Field(default=None, max_length=LONGEST_TITLE)


class DigestRequest(OwnNames):
    """Several articles, and how to treat them."""

    articles: list[DigestArticle] = Field(min_length=FEWEST_ARTICLES, max_length=MOST_ARTICLES)
    sentences: int | None = Field(default=None, ge=1, le=MOST_SENTENCES)
    offset_unit: OffsetUnit = "codepoint"
    force: bool = False

    @model_validator(mode="after")
    def names_differ(self) -> Self:
        if len(set(self.names())) < len(self.articles):
            raise PydanticCustomError("names_differ", "needs another id for every article")
        return self

    def names(self) -> list[str]:
        """What the answer calls the articles: their ids, else "a1", "a2" and so on by their places."""
        return [article.id or f"a{number}" for number, article in enumerate(self.articles, 1)]


def blueprint(settings: Settings, desk: RequestDesk, answers: Answers, store: GlossaryStore) -> Blueprint:
    routes = Blueprint("digests", __name__)

    @routes.post("/v1/digests")
    def create_digest() -> Response:
        wanted = read_json_request(request, DigestRequest)
        names = wanted.names_from(store)
        return answers.give(wanted, lambda: digest_of(wanted, names), names)

    def digest_of(wanted: DigestRequest, names: Glossary) -> Made:
        articles, problems = read_articles(wanted, settings.max_characters)
        with desk.lend() as parts:
            digest = digest_articles(list(articles.values()), parts, Budget(wanted.sentences), names)
        content = digest_json(digest, wanted.names(), problems, wanted.offset_unit)
        return Made(content, digest.timings)

    return routes


def read_articles(wanted: DigestRequest, limit: int) -> tuple[dict[str, Article], dict[str, dict[str, Any]]]:
    """The articles that can be worked on, and a problem document for each other one. Raises Problem below two."""
    articles: dict[str, Article] = {}
    problems: dict[str, dict[str, Any]] = {}
    errors: list[dict[str, str]] = []
    for index, (name, given) in enumerate(zip(wanted.names(), wanted.articles, strict=True)):
        try:
            articles[name] = read_article(given.text, given.html, given.title, limit=limit, force=wanted.force)
        except ArticleError as error:
            errors.append({"pointer": f"/articles/{index}", "detail": error.detail})
            problem = from_article_error(error)
            problem.errors = errors[-1:]
            problems[name] = document(problem, request.path, g.request_id)
    if len(articles) < FEWEST_ARTICLES:
        detail = f"A digest needs {FEWEST_ARTICLES} articles; {len(articles)} of those sent can be worked on."
        raise Problem("too_few_articles", detail, errors=errors)
    return articles, problems
