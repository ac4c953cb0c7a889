"""`POST /v1/translations`: an article sentence by sentence, or a list of strings as they are."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.api.answers import answer
from service.api.requests import Options, TranslationRequest, read_request
from service.loading import PartsDesk
from service.pipeline import translate, translate_segments
from service.rendering.translations import segments_json, translation_json
from service.settings import Settings


def blueprint(settings: Settings, desk: PartsDesk) -> Blueprint:
    routes = Blueprint("translations", __name__)

    @routes.post("/v1/translations")
    def create_translation() -> Response:
        wanted = read_request(request, TranslationRequest, Options)
        return translated_article(wanted) if wanted.segments is None else translated_segments(wanted.segments)

    def translated_article(wanted: TranslationRequest) -> Response:
        article = wanted.article(settings.max_characters)
        with desk.lend() as parts:
            translation = translate(article, parts, wanted.entries())
        return answer(translation_json(translation, wanted.offset_unit), parts.models, translation.timings)

    def translated_segments(segments: list[str]) -> Response:
        with desk.lend() as parts:
            translations = translate_segments(segments, parts)
        return answer(segments_json(translations), parts.models, translations.timings)

    return routes
