"""Runs the application under gunicorn: one process, many threads, because the models are shared and release the GIL."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import selectors
import socket
import sys
import time
import uuid
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from itertools import islice
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.api.problems import PROBLEM_JSON, PROBLEM_TYPES, Problem, document
from service.inbox import BodyTooLarge, HeadTooLarge, Inbox
from service.settings import Settings

logger = logging.getLogger(__name__)

# So that /healthz and a 503 are answered while every place for work is taken, and streams and slow readers have theirs.
SPARE_THREADS = 32
KEEP_ALIVE_SECONDS = 5
HEAD_SECONDS = 10  # for the head of a request to arrive
BODY_SECONDS = 60  # for its body: 20 MB at 3 Mbit/s
WRITE_SECONDS = 30  # for a caller to take one piece of an answer
LINGER_SECONDS = 2  # for a caller to close, when the answer was the last
SWEEP_SECONDS = 0.5
RECEIVED_AT_ONCE = 262_144  # bytes
MOST_RECEIVED = 134_217_728  # bytes of requests that are not whole yet, of all callers
MOST_CONNECTIONS = 4_000
OTHER_FILES = 200  # that the process may want to open besides
SOON = {"Retry-After": "1"}
MADE_ROOM = 100  # connections at a time, where there is no room for a new one
GRACE_SECONDS = 30  # for requests under way when the service is asked to stop
MEMORY = "/dev/shm"  # gunicorn's heartbeat file: writable even where the root file system is not
LONGEST_REQUEST_LINE = 8190  # gunicorn's most: a title of 500 characters in the query takes up to 6,000 when escaped


class Worker(ThreadWorker):
    """gunicorn's worker with threads, made safe against callers who dawdle.

    A thread gets a request only when all of it is there, one that is answered does not wait for its caller to close,
    and an answer that nobody takes is given up. What is no HTTP gets a problem document too.
    """

    def init_process(self) -> None:
        self.inboxes: dict[TConn, Inbox] = {}
        self.lingering: dict[TConn, float] = {}  # until when
        self.next_sweep = 0.0
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        """gunicorn calls this whenever a request may be coming on a connection."""
        most_body = max(self.app.settings.max_body_bytes, self.app.settings.max_batch_bytes)
        self.inboxes[conn] = Inbox(most_body, time.monotonic() + HEAD_SECONDS)
        early = conn.parser.unreader.take_buffered() if conn.initialized else b""
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.receive, conn))
        if early:
            self.take(conn, early)
        else:
            self.receive(conn, conn.sock)

    def receive(self, conn: TConn, _: socket.socket) -> None:
        """Take what has arrived; the connection's end ends it."""
        data = received(conn)
        if data:
            self.take(conn, data)
        elif data is not None:
            self.forget(conn)
            self.hang_up(conn)

    def take(self, conn: TConn, data: bytes) -> None:
        inbox = self.inboxes[conn]
        had_head = inbox.has_head
        try:
            is_whole = inbox.take(data)
        except (HeadTooLarge, BodyTooLarge) as error:
            self.refuse(conn, problem_of(error))
            return
        if is_whole:
            self.hand_over(conn)
        elif sum(map(len, self.inboxes.values())) > MOST_RECEIVED:
            self.refuse(conn, Problem("overloaded", "Too much is being received at once.", headers=SOON))
        elif inbox.has_head and not had_head:
            inbox.deadline = time.monotonic() + BODY_SECONDS
            if inbox.waits_for_leave:
                with contextlib.suppress(OSError):
                    conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def hand_over(self, conn: TConn) -> None:
        inbox = self.forget(conn)
        conn.init()
        conn.parser.unreader.unread(inbox.content())
        conn.data_ready = True
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> bool:
        # Since Python 3.5 this bounds the whole of one write, however slowly its reader takes it.
        conn.sock.settimeout(WRITE_SECONDS)
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            logger.warning("a connection ended with an answer that nobody took")
            return False

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        """Keep the connection, or close it once its caller has: gunicorn would wait for that in its only loop."""
        if not done.cancelled() and done.exception() is None and done.result():
            super().finish_request(conn, done)
        else:
            self.let_go(conn)

    def let_go(self, conn: TConn) -> None:
        """End our side only: closing while the caller still sends would cut off the answer (RFC 9112, section 9.6)."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.drain, conn))
        except (OSError, ValueError):
            self.hang_up(conn)
        else:
            self.lingering[conn] = time.monotonic() + LINGER_SECONDS

    def drain(self, conn: TConn, _: socket.socket) -> None:
        if received(conn) == b"":
            self.stop_lingering(conn)

    def stop_lingering(self, conn: TConn) -> None:
        del self.lingering[conn]
        self.poller.unregister(conn.sock)
        self.hang_up(conn)

    def forget(self, conn: TConn) -> Inbox:
        self.poller.unregister(conn.sock)
        return self.inboxes.pop(conn)

    def hang_up(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def refuse(self, conn: TConn, problem: Problem) -> None:
        """Answer a request that never became whole."""
        self.forget(conn)
        with contextlib.suppress(OSError):
            conn.sock.send(http_response(problem, uuid.uuid4().hex))
        self.let_go(conn)

    def murder_pending(self) -> None:
        """gunicorn calls this in every turn of its loop: end what takes too long."""
        now = time.monotonic()
        if now < self.next_sweep:
            return
        self.next_sweep = now + SWEEP_SECONDS
        for conn, deadline in list(self.lingering.items()):
            if deadline <= now:
                self.stop_lingering(conn)
        for conn in self.overdue(now):
            if len(self.inboxes[conn]):
                self.refuse(conn, Problem("request_timeout", "The request did not arrive in time."))
            else:
                self.forget(conn)
                self.hang_up(conn)

    def overdue(self, now: float) -> list[TConn]:
        """Who has had its time; where there is no room for anybody new, also who has waited longest."""
        if not self.alive:
            return [conn for conn, inbox in self.inboxes.items() if not len(inbox) or inbox.deadline <= now]
        crowd = MADE_ROOM if self.nr_conns >= self.worker_connections else 0
        overdue = [conn for conn, inbox in self.inboxes.items() if inbox.deadline <= now]
        return overdue or list(islice(self.inboxes, crowd))

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer, and log only the kind of error: gunicorn's own message holds the address and what was sent."""
        problem = problem_of(exc)
        logger.warning("a connection ended with %s", type(exc).__name__)
        with contextlib.suppress(OSError):
            client.sendall(http_response(problem, uuid.uuid4().hex))


def received(conn: TConn) -> bytes | None:
    """What has arrived; nothing where the connection has ended, None where there is nothing yet."""
    try:
        return conn.sock.recv(RECEIVED_AT_ONCE)
    except (BlockingIOError, InterruptedError):
        return None
    except OSError:
        return b""


def problem_of(error: Exception) -> Problem:
    match error:
        case LimitRequestLine():
            return Problem("uri_too_long", f"The request line may have at most {LONGEST_REQUEST_LINE} bytes.")
        case LimitRequestHeaders() | HeadTooLarge():
            return Problem("headers_too_large", "There are too many headers, or they are too long.")
        case BodyTooLarge():
            return Problem("body_too_large", "No route of this service reads so large a body.")
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
        *(f"{name}: {value}" for name, value in problem.headers.items()),
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
        "worker_connections": allow_connections(),
        "preload_app": False,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "accesslog": None,  # ours tells less: service/api/access_log.py
        "worker_tmp_dir": MEMORY if os.access(MEMORY, os.W_OK) else None,
        "control_socket_disable": True,
    }


def allow_connections() -> int:
    """How many connections the process may hold, once it has asked for as many open files as it needs."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if allowed < wanted:
        allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return min(MOST_CONNECTIONS, allowed - OTHER_FILES)


def serve(settings: Settings) -> None:
    """Serve until asked to stop (SIGTERM)."""
    logging.basicConfig(stream=sys.stdout, format="%(message)s")
    logging.getLogger("service").setLevel(logging.INFO)
    Server(settings).run()
