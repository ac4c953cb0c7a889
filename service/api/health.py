"""`/healthz` says that the process lives, `/readyz` whether it can work; neither asks for a key."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from service.loading import NotReady, PartsDesk


def blueprint(desk: PartsDesk) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def health() -> Response:
        return jsonify({"status": "alive"})

    @routes.get("/readyz")
    def readiness() -> tuple[Response, int]:
        try:
            desk.get()
        except NotReady as not_ready:
            return jsonify({"status": "not_ready", "reasons": not_ready.reasons}), 503
        return jsonify({"status": "ready", "reasons": []}), 200

    return routes
