"""`GET /v1/models`: what is loaded, from where, under which licence, and how good it was measured to be."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from service.loading import PartsDesk


def blueprint(desk: PartsDesk) -> Blueprint:
    routes = Blueprint("models", __name__)

    @routes.get("/v1/models")
    def list_models() -> Response:
        return jsonify({"models": [asdict(model) for model in desk.get().models]})

    return routes
