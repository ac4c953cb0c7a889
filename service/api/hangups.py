"""Notices callers who hang up while their request is worked on, so that it stops costing."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The peer has closed its side. EPOLLIN is left out: the next request on a connection that is kept alive is no reason.
HUNG_UP = select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR | select.EPOLLONESHOT


class HangUpWatch:
    """One thread that sleeps until a watched caller closes its connection.

    A caller who closes only its sending side counts as gone, as it does for nginx: no browser or library does so.
    Make it in the process that serves: its thread does not survive a fork.
    """

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._gone: dict[int, threading.Event] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._run, name="watch-callers", daemon=True).start()

    @contextmanager
    def watch(self, connection: socket.socket | None, gone: threading.Event) -> Iterator[None]:
        """Meanwhile `gone` is set when the caller hangs up; never, where no server tells us the connection."""
        if connection is None:
            yield
            return
        number = connection.fileno()
        with self._lock:
            self._gone[number] = gone
        self._epoll.register(number, HUNG_UP)
        try:
            yield
        finally:
            self._epoll.unregister(number)
            with self._lock:
                del self._gone[number]

    def _run(self) -> None:
        while True:
            for number, _ in self._epoll.poll():
                with self._lock:
                    if number in self._gone:
                        self._gone[number].set()
