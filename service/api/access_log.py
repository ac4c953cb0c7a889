"""One line a request: method, route, status, milliseconds, request id. Anything more could tell what was read."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

logger = logging.getLogger(__name__)


def register(app: Flask) -> None:
    app.before_request(start_clock)
    app.after_request(write_line)


def start_clock() -> None:
    g.started = time.perf_counter()


def write_line(response: Response) -> Response:
    """The route as the contract names it, never the path: a caller could forge a line of the log with that."""
    route = request.url_rule.rule if request.url_rule else "-"
    milliseconds = (time.perf_counter() - g.started) * 1000
    logger.info("%s %s %s %.0fms %s", request.method, route, response.status_code, milliseconds, g.request_id)
    return response
