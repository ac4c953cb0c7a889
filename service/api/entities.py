"""`POST /v1/entities`: an article in, the names in it out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.api.answers import Answers, Made
from service.api.desk import RequestDesk
from service.api.reading import read_request
from service.api.requests import EntitiesQuery, EntitiesRequest
from service.entities.glossary import Glossary
from service.pipeline.names import recognize
from service.rendering.entities import article_entities_json
from service.settings import Settings
from service.store.glossaries import GlossaryStore


def blueprint(settings: Settings, desk: RequestDesk, answers: Answers, store: GlossaryStore) -> Blueprint:
    routes = Blueprint("entities", __name__)

    @routes.post("/v1/entities")
    def find_entities() -> Response:
        wanted = read_request(request, EntitiesRequest, EntitiesQuery)
        names = wanted.names_from(store)
        return answers.give(wanted, lambda: entities_of(wanted, names), names)

    def entities_of(wanted: EntitiesRequest, names: Glossary) -> Made:
        article = wanted.article(settings.max_characters)
        with desk.lend() as parts:
            found = recognize(article, parts, names, wanted.values)
        return Made(article_entities_json(found, wanted.offset_unit), found.timings)

    return routes
