"""`POST /v1/translations`: an article sentence by sentence, or a list of strings as they are."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.api.answers import Answers, Made
from service.api.desk import RequestDesk
from service.api.reading import read_request
from service.api.requests import Query, TranslationRequest
from service.entities.glossary import Glossary
from service.pipeline.translation import translate, translate_segments
from service.rendering.translations import segments_json, translation_json
from service.settings import Settings
from service.store.glossaries import GlossaryStore


def blueprint(settings: Settings, desk: RequestDesk, answers: Answers, store: GlossaryStore) -> Blueprint:
    routes = Blueprint("translations", __name__)

    @routes.post("/v1/translations")
    def create_translation() -> Response:
        wanted = read_request(request, TranslationRequest, Query)
        segments = wanted.segments
        if segments is not None:
            return answers.give(wanted, lambda: translated_segments(segments))
        names = wanted.names_from(store)
        return answers.give(wanted, lambda: translated_article(wanted, names), names)

    def translated_article(wanted: TranslationRequest, names: Glossary) -> Made:
        article = wanted.article(settings.max_characters)
        with desk.lend() as parts:
            translation = translate(article, parts, names)
        return Made(translation_json(translation, wanted.offset_unit), translation.timings)

    def translated_segments(segments: list[str]) -> Made:
        with desk.lend() as parts:
            translations = translate_segments(segments, parts)
        return Made(segments_json(translations), translations.timings)

    return routes
