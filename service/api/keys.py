"""Asks callers of `/v1/` for a Bearer key (RFC 6750), when the operator has set any."""

from __future__ import annotations

from flask import Flask, request

from service.api.problems import Problem
from service.settings import Settings

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="presseschau"'}


def register(app: Flask, settings: Settings) -> None:
    @app.before_request
    def ask_for_key() -> None:
        if settings.api_keys and request.path.startswith("/v1/") and not settings.knows_key(bearer_key()):
            raise Problem("unauthorized", "This service needs a key: Authorization: Bearer <key>.", headers=CHALLENGE)


def bearer_key() -> str:
    """The key that the caller presents; empty if none."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
