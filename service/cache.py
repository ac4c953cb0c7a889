"""Remembers what was worked out, bounded in bytes: the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class CacheFigures:
    """For metrics: entries found and not found so far, and the bytes taken now."""

    hits: int
    misses: int
    bytes: int


@runtime_checkable
class Remembering(Protocol):
    """A part with a memory of its own."""

    def cache_figures(self) -> CacheFigures: ...


class Cache(Generic[Key, Value]):
    """Values by what they were worked out from. Safe to use from several threads.

    size_of(key, value) is about how many bytes an entry takes.
    """

    def __init__(self, max_bytes: int, size_of: Callable[[Key, Value], int]) -> None:
        self._max_bytes = max_bytes
        self._size_of = size_of
        self._entries: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()
        self._bytes = 0
        self._hits = 0
        self._misses = 0

    def get(self, key: Key) -> Value | None:
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                self._misses += 1
                return None
            self._entries.move_to_end(key)
            self._hits += 1
            return found

    def put(self, key: Key, value: Value) -> None:
        size = self._size_of(key, value)
        if size > self._max_bytes:
            return
        with self._lock:
            self._forget(key)
            self._entries[key] = value
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._forget(next(iter(self._entries)))

    def figures(self) -> CacheFigures:
        with self._lock:
            return CacheFigures(self._hits, self._misses, self._bytes)

    def _forget(self, key: Key) -> None:
        value = self._entries.pop(key, None)
        if value is not None:
            self._bytes -= self._size_of(key, value)
