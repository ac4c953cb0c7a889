"""How long a request may take, whether somebody still waits for its answer, and whether it may be remembered."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field, replace
from typing import Protocol, Self, TypeVar, cast, runtime_checkable


class DeadlineExceeded(Exception):
    """The request's time was up before its work was done."""


class Cancelled(Exception):
    """The request was given up by whoever made it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """One request's own bounds. `deadline` is a time of `time.monotonic`; `cancelled` is set by whoever gives it up.

    `recall` False works out everything anew, `remember` False leaves no trace of it in any cache.
    """

    deadline: float = math.inf
    cancelled: threading.Event = field(default_factory=threading.Event)
    remember: bool = True
    recall: bool = True

    @classmethod
    def of_seconds(cls, seconds: float) -> Patience:
        """Patience for so many seconds from now."""
        return cls(deadline=time.monotonic() + seconds)

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def share(self, part: float) -> Patience:
        """The same patience, for a part of the time that is left."""
        return replace(self, deadline=time.monotonic() + part * self.seconds_left)

    def check(self) -> None:
        """Raises Cancelled or DeadlineExceeded if there is no reason to go on."""
        if self.cancelled.is_set():
            raise Cancelled
        if time.monotonic() >= self.deadline:
            raise DeadlineExceeded


@runtime_checkable
class Shared(Protocol):
    """A part that many requests share, each within its own bounds."""

    def within(self, patience: Patience) -> Self: ...


Part = TypeVar("Part")


def bound(part: Part, patience: Patience) -> Part:
    """The part for one request; one that knows no bounds as it is."""
    return cast(Part, part.within(patience)) if isinstance(part, Shared) else part
