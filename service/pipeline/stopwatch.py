"""Times the stages of a request, and asks before each whether somebody still waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from service.patience import Patience

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Stopwatch:
    """Runs a stage, if the request has the patience, and keeps how long it took, in seconds by the stage's name."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self.timings: dict[str, float] = {}

    def run(
        self, stage: str, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        self.patience.check()
        start = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - start
