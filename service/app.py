"""Puts the parts together into a Flask application; nothing else is global."""

from __future__ import annotations

from functools import partial

from flask import Flask

from service.api import (
    access_log,
    batches,
    digests,
    entities,
    glossaries,
    headers,
    health,
    keys,
    metrics,
    models,
    pages,
    problems,
    summaries,
    translations,
)
from service.api.answers import Answers
from service.api.desk import RequestDesk
from service.loading import PartsDesk, load_warm_parts
from service.settings import Settings
from service.store.answers import AnswerCache, LocalAnswers, RedisAnswers
from service.store.database import Database
from service.store.glossaries import GlossaryStore


def create_app(settings: Settings, desk: PartsDesk | None = None) -> Flask:
    """The application. Without a desk of its own it starts to load the models in the background.

    Call it in the process that will serve: neither CTranslate2 nor a loading thread survives a fork.
    """
    if desk is None:
        desk = PartsDesk(partial(load_warm_parts, settings), settings.max_requests)
        desk.start()
    store = GlossaryStore(Database(settings.database))
    app = Flask(
        "service", static_folder="rendering/static", static_url_path="/static", template_folder="rendering/pages"
    )
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of an answer is the order of its story
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.compact = True  # type: ignore[attr-defined]
    access_log.register(app)
    headers.register(app)
    keys.register(app, settings)
    problems.register(app)
    remembered = answer_cache(settings)
    meters = metrics.Meters()
    meters.registry.register(metrics.StandingFigures(desk, remembered))
    metrics.register(app, meters)
    for_requests = RequestDesk(settings, desk)
    answers = Answers(for_requests, remembered)
    summarizing = summaries.Summarizing(settings, store)
    for routes in (
        summaries.blueprint(for_requests, answers, summarizing),
        batches.blueprint(settings, for_requests, answers, summarizing),
        digests.blueprint(settings, for_requests, answers, store),
        translations.blueprint(settings, for_requests, answers, store),
        entities.blueprint(settings, for_requests, answers, store),
        glossaries.blueprint(store),
        models.blueprint(desk),
        metrics.blueprint(meters.registry),
        health.blueprint(desk),
        pages.blueprint(settings),
    ):
        app.register_blueprint(routes)
    return app


def answer_cache(settings: Settings) -> AnswerCache:
    if settings.redis_url:
        return RedisAnswers(settings.redis_url, settings.cache_seconds)
    return LocalAnswers(settings.cache_bytes, settings.cache_seconds)
