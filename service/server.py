"""Runs the application under gunicorn: one process, many threads, because the models are shared and release the GIL."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import sys
import uuid
from http import HTTPStatus
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from service.api.problems import PROBLEM_JSON, PROBLEM_TYPES, Problem, document
from service.settings import Settings

logger = logging.getLogger(__name__)

SPARE_THREADS = 4  # so that /healthz and a 503 are answered while every place for work is taken
KEEP_ALIVE_SECONDS = 5
GRACE_SECONDS = 30  # for requests under way when the service is asked to stop
MEMORY = "/dev/shm"  # gunicorn's heartbeat file: writable even where the root file system is not
LONGEST_REQUEST_LINE = 8190  # gunicorn's most: a title of 500 characters in the query takes up to 6,000 when escaped


class Worker(ThreadWorker):
    """gunicorn's worker with threads, but what is no HTTP gets a problem document too."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer, and log only the kind of error: gunicorn's own message holds the address and what was sent."""
        problem = problem_of(exc)
        logger.warning("a connection ended with %s", type(exc).__name__)
        with contextlib.suppress(OSError):
            client.sendall(http_response(problem, uuid.uuid4().hex))


def problem_of(error: Exception) -> Problem:
    match error:
        case LimitRequestLine():
            return Problem("uri_too_long", f"The request line may have at most {LONGEST_REQUEST_LINE} bytes.")
        case LimitRequestHeaders():
            return Problem("headers_too_large", "There are too many headers, or they are too long.")
        case ParseException():
            return Problem("bad_request", "This is no HTTP request that the service understands.")
        case _:
            return Problem("internal_error", "The request could not be worked on.")


def http_response(problem: Problem, request_id: str) -> bytes:
    """The problem as a whole HTTP response; the connection ends with it."""
    body = json.dumps(document(problem, "", request_id)).encode()
    status = HTTPStatus(PROBLEM_TYPES[problem.code].status)
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Content-Type: {PROBLEM_JSON}",
        f"Content-Length: {len(body)}",
        f"X-Request-Id: {request_id}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


class Server(BaseApplication):
    """gunicorn, set up in code. The application is made in the worker: what CTranslate2 starts dies in a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in gunicorn_options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from service.app import create_app  # after the fork: the process that only watches needs no numpy

        return create_app(self.settings)


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "worker_class": Worker,
        "workers": 1,
        "threads": settings.max_requests + SPARE_THREADS,
        "preload_app": False,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "accesslog": None,  # ours tells less: service/api/access_log.py
        "worker_tmp_dir": MEMORY if os.access(MEMORY, os.W_OK) else None,
        "control_socket_disable": True,
    }


def serve(settings: Settings) -> None:
    """Serve until asked to stop (SIGTERM)."""
    logging.basicConfig(stream=sys.stdout, format="%(message)s")
    logging.getLogger("service").setLevel(logging.INFO)
    Server(settings).run()
