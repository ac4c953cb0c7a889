"""`POST /v1/summaries`: an article in, a bilingual summary out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service.api.answers import answer
from service.api.requests import SummaryOptions, SummaryRequest, read_request
from service.loading import PartsDesk
from service.pipeline import summarize
from service.rendering.summaries import summary_json
from service.settings import Settings


def blueprint(settings: Settings, desk: PartsDesk) -> Blueprint:
    routes = Blueprint("summaries", __name__)

    @routes.post("/v1/summaries")
    def create_summary() -> Response:
        wanted = read_request(request, SummaryRequest, SummaryOptions)
        article = wanted.article(settings.max_characters)
        with desk.lend() as parts:
            summary = summarize(article, parts, wanted.sentences, wanted.entries(), wanted.slots)
        return answer(summary_json(summary, wanted.offset_unit), parts.models, summary.timings)

    return routes
