"""Runs the application under gunicorn: one process, many threads, because the models are shared and release the GIL."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from service.app import create_app
from service.settings import Settings

SPARE_THREADS = 4  # so that /healthz and a 503 are answered while every place for work is taken
KEEP_ALIVE_SECONDS = 5
GRACE_SECONDS = 30  # for requests under way when the service is asked to stop
LONGEST_REQUEST_LINE = 8190  # gunicorn's most: a title of 500 characters in the query takes up to 6,000 when escaped
# Method, path, status, milliseconds and request id: no address, no query (it may hold a title), no key.
ACCESS_LOG_FORMAT = "%(m)s %(U)s %(s)s %(M)sms %({x-request-id}o)s"


class Server(BaseApplication):
    """gunicorn, set up in code. The application is made in the worker: what CTranslate2 starts dies in a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in gunicorn_options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self.settings)


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": settings.max_requests + SPARE_THREADS,
        "preload_app": False,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "accesslog": "-",
        "access_log_format": ACCESS_LOG_FORMAT,
        "control_socket_disable": True,
        "proc_name": "presseschau",
    }


def serve(settings: Settings) -> None:
    """Serve until asked to stop (SIGTERM)."""
    Server(settings).run()
