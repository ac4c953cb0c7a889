"""Lets a thread of its own make what a caller reads at its own pace, so that a slow reader keeps no place busy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from contextvars import copy_context
from queue import SimpleQueue

from service.api.problems import Problem, problem_of

POLL_SECONDS = 0.1  # how soon a maker that waits for its reader notices that there is none any more
ANY_NUMBER = 1_000_000  # of items may wait where their whole size is bounded otherwise


class Feed:
    """What `make` yields, for a WSGI server to iterate and close. Raises the error that comes before anything else.

    `make` runs in the context of the request. At most `most_waiting` items wait for the reader. A problem that comes
    later is the last item, as `failed` renders it. `gone` is set when nobody reads any more.
    """

    def __init__(
        self,
        make: Callable[[], Generator[bytes, None, None]],
        failed: Callable[[Problem], bytes],
        gone: threading.Event,
        most_waiting: int = ANY_NUMBER,
    ) -> None:
        self._items: SimpleQueue[bytes | Exception | None] = SimpleQueue()
        self._room = threading.Semaphore(most_waiting)
        self._failed = failed
        self._gone = gone
        self._thread = threading.Thread(target=copy_context().run, args=(self._make, make), name="feed", daemon=True)
        self._thread.start()
        self._first = self._items.get()
        if isinstance(self._first, Exception):
            raise self._first

    def __iter__(self) -> Iterator[bytes]:
        item = self._first
        while isinstance(item, bytes):
            self._room.release()
            yield item
            item = self._items.get()

    def close(self) -> None:
        """End the work. The connection may be closed after this, so nothing watches it any longer."""
        self._gone.set()
        self._thread.join()

    def _make(self, make: Callable[[], Generator[bytes, None, None]]) -> None:
        has_begun = False
        try:
            with closing(make()) as items:
                for item in items:
                    while not self._room.acquire(timeout=POLL_SECONDS) and not self._gone.is_set():
                        continue
                    if self._gone.is_set():
                        break
                    self._items.put(item)
                    has_begun = True
        except Exception as error:
            self._items.put(self._failed(problem_of(error)) if has_begun else error)
        finally:
            self._items.put(None)
