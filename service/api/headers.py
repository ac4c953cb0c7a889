"""Headers that every answer carries: an id to ask about, and what a browser may do with the answer."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, g, request

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")  # of the caller; anything else could forge a line in a log

# Nothing inline, nothing from elsewhere: a page of ours is our own files and what the caller pasted.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    app.before_request(give_request_id)
    app.after_request(add_headers)


def give_request_id() -> None:
    asked = request.headers.get("X-Request-Id", "")
    g.request_id = asked if REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex


def add_headers(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.path.startswith("/v1/"):
        # Unpublished articles belong into no cache on the way; some answers say that their caller may keep them.
        response.headers.setdefault("Cache-Control", "no-store")
    return response
