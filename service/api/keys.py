"""Asks callers of `/v1/` and `/metrics` for a Bearer key (RFC 6750), when the operator has set any."""

from __future__ import annotations

from flask import Flask, request

from service.api.problems import Problem
from service.settings import Settings

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="presseschau"'}


def register(app: Flask, settings: Settings) -> None:
    @app.before_request
    def ask_for_key() -> None:
        if settings.api_keys and is_guarded(request.path) and not settings.knows_key(bearer_key()):
            raise Problem("unauthorized", "This service needs a key: Authorization: Bearer <key>.", headers=CHALLENGE)


def is_guarded(path: str) -> bool:
    """What the service does, and how much it has to do, is for those who have a key; whether it lives is for all."""
    return path.startswith("/v1/") or path == "/metrics"


def bearer_key() -> str:
    """The key that the caller presents; empty if none."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
