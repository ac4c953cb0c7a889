"""`POST /v1/summaries`: an article in, a bilingual summary out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, Request, Response, request

from service.api.answers import EVENT_STREAM, Answers, Made
from service.api.desk import RequestDesk
from service.api.reading import read_request
from service.api.requests import SummaryQuery, SummaryRequest
from service.entities.glossary import Glossary
from service.pipeline.parts import Parts
from service.pipeline.results import BilingualSummary, Step
from service.pipeline.summary import summarize_in_steps
from service.rendering.summaries import summary_json
from service.settings import Settings
from service.store.glossaries import GlossaryStore

Lend = Callable[[], AbstractContextManager[Parts]]


@dataclass(frozen=True, slots=True)
class Summarizing:
    """How every route makes the summary of one article; `lend` says where the parts come from."""

    settings: Settings
    store: GlossaryStore

    def steps(self, wanted: SummaryRequest, names: Glossary, lend: Lend) -> Iterator[Step]:
        article = wanted.article(self.settings.max_characters)
        with lend() as parts:
            yield from summarize_in_steps(article, parts, wanted.options(), names)

    def made(self, wanted: SummaryRequest, names: Glossary, lend: Lend) -> Made:
        *_, last = self.steps(wanted, names, lend)
        summary = cast(BilingualSummary, last)
        return Made(summary_json(summary, wanted.offset_unit), summary.timings, lasting=summary.degraded is None)


def blueprint(desk: RequestDesk, answers: Answers, summarizing: Summarizing) -> Blueprint:
    routes = Blueprint("summaries", __name__)

    @routes.post("/v1/summaries")
    def create_summary() -> Response:
        wanted = read_request(request, SummaryRequest, SummaryQuery)
        names = wanted.names_from(summarizing.store)
        if wants_events(request):
            return answers.stream(wanted, lambda gone: events(wanted, names, gone), names, wanted.offset_unit)
        return answers.give(wanted, lambda: summarizing.made(wanted, names, desk.lend), names)

    def events(wanted: SummaryRequest, names: Glossary, gone: threading.Event) -> Iterator[Step]:
        return summarizing.steps(wanted, names, lambda: desk.lend(gone))

    return routes


def wants_events(request: Request) -> bool:
    """Whether the caller names events, and would rather have them than one JSON document."""
    named = dict(request.accept_mimetypes)
    return named.get(EVENT_STREAM, 0) > named.get("application/json", 0)
