"""How long a piece of work takes, measured so that other work on the machine does not count."""

from __future__ import annotations

import time
from collections.abc import Callable

RUNS = 3


def best_seconds(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds of this thread's processor time."""

    def seconds() -> float:
        started = time.thread_time()
        work()
        return time.thread_time() - started

    return min(seconds() for _ in range(RUNS))
