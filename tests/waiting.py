"""Waiting for what must come, however late a busy machine brings it: no test says how fast something is."""

from __future__ import annotations

import time
from collections.abc import Callable

WAIT_SECONDS = 180  # after which it is taken for lost
POLL_SECONDS = 0.01


def until(condition: Callable[[], object]) -> None:
    """Return as soon as the condition holds. Raises AssertionError when it never does."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "what was waited for never came"
        time.sleep(POLL_SECONDS)
