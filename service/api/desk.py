"""Lends the loaded parts to the request under way: for its time, and while its caller waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from flask import request

from service.api.hangups import HangUpWatch
from service.api.problems import Problem
from service.loading import PartsDesk
from service.patience import Cancelled, DeadlineExceeded, Patience
from service.pipeline.parts import LoadedModel, Parts
from service.settings import Settings

TURN_POLL_SECONDS = 0.05  # how soon who waits for a turn notices that nobody reads any more


class RequestDesk:
    """What the routes ask for parts; Flask's request says who asks."""

    def __init__(self, settings: Settings, desk: PartsDesk) -> None:
        self._seconds = settings.request_seconds
        self._desk = desk
        self._callers = HangUpWatch()
        # Of all batches together, so that half of the places stay for single requests.
        self._shares = threading.Semaphore(max(1, settings.max_requests // 2))

    def models(self) -> tuple[LoadedModel, ...]:
        """What answers are made with. Raises NotReady."""
        return self._desk.get().models

    def patience(self) -> Patience:
        """The bounds that the request sets itself, its time counted from now (RFC 9111, section 5.2.1)."""
        asked = request.cache_control
        recall = not (asked.no_store or asked.no_cache)
        return replace(Patience.of_seconds(self._seconds), recall=recall, remember=not asked.no_store)

    @contextmanager
    def lend(self, gone: threading.Event | None = None) -> Iterator[Parts]:
        """The parts, bound to this request, which `gone` may end before its caller does.

        Raises NotReady, Overloaded, or Problem when time or caller is gone.
        """
        gone = gone or threading.Event()
        patience = replace(self.patience(), cancelled=gone)
        with self.watch(gone), self._problems(), self._desk.lend(patience) as parts:
            yield parts

    @contextmanager
    def share(self, gone: threading.Event) -> Iterator[Parts]:
        """The parts for one article of a batch, which waits for its turn; its time is counted from then on."""
        with self._problems():
            while not self._shares.acquire(timeout=TURN_POLL_SECONDS):
                Patience(cancelled=gone).check()
            try:
                with self._desk.lend(replace(self.patience(), cancelled=gone), wait=True) as parts:
                    yield parts
            finally:
                self._shares.release()

    @property
    def work_seconds(self) -> float:
        """How long an article takes lately."""
        return self._desk.work_seconds

    def watch(self, gone: threading.Event) -> AbstractContextManager[None]:
        """Meanwhile `gone` is set when the caller hangs up."""
        return self._callers.watch(request.environ.get("gunicorn.socket"), gone)

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except DeadlineExceeded:
            detail = f"The work was not done within {self._seconds} seconds."
            headers = {"Retry-After": str(self._desk.retry_after())}
            raise Problem("deadline_exceeded", detail, headers=headers) from None
        except Cancelled:
            raise Problem("hung_up", "The connection was closed before the answer was made.") from None
