"""Puts the parts together into a Flask application; nothing else is global."""

from __future__ import annotations

from functools import partial

from flask import Flask

from service.api import access_log, entities, headers, health, keys, models, pages, problems, summaries, translations
from service.loading import PartsDesk, load_warm_parts
from service.settings import Settings


def create_app(settings: Settings, desk: PartsDesk | None = None) -> Flask:
    """The application. Without a desk of its own it starts to load the models in the background.

    Call it in the process that will serve: neither CTranslate2 nor a loading thread survives a fork.
    """
    if desk is None:
        desk = PartsDesk(partial(load_warm_parts, settings), settings.max_requests)
        desk.start()
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
    for routes in (
        summaries.blueprint(settings, desk),
        translations.blueprint(settings, desk),
        entities.blueprint(settings, desk),
        models.blueprint(desk),
        health.blueprint(desk),
        pages.blueprint(settings),
    ):
        app.register_blueprint(routes)
    return app
