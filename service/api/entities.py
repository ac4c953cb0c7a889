"""`POST /v1/entities`: an article in, the names in it out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.api.answers import answer
from service.api.requests import ArticleRequest, Options, read_request
from service.loading import PartsDesk
from service.pipeline import recognize
from service.rendering.entities import article_entities_json
from service.settings import Settings


def blueprint(settings: Settings, desk: PartsDesk) -> Blueprint:
    routes = Blueprint("entities", __name__)

    @routes.post("/v1/entities")
    def find_entities() -> Response:
        wanted = read_request(request, ArticleRequest, Options)
        article = wanted.article(settings.max_characters)
        with desk.lend() as parts:
            found = recognize(article, parts, wanted.entries())
        return answer(article_entities_json(found, wanted.offset_unit), parts.models, found.timings)

    return routes
