"""Remembers translated sentences, so that an edited article costs only its changed ones; bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from service.translation.model import Translation

# Measured on CPython 3.11 with tracemalloc: 380 bytes an entry and 103 a link besides the text; rounded up.
ENTRY_BYTES = 450
LINK_BYTES = 110


def bytes_of(translation: Translation) -> int:
    """About how much memory an entry takes."""
    text = 2 * len(translation.source) + 2 * len(translation.target)
    return ENTRY_BYTES + text + LINK_BYTES * len(translation.links)


class SentenceCache:
    """The least recently used sentences go first. Safe to use from several threads.

    One cache belongs to one model with one way of searching: `revision` says which, and is part of every key.
    """

    def __init__(self, revision: str, max_bytes: int) -> None:
        self._revision = revision
        self._max_bytes = max_bytes
        self._entries: OrderedDict[tuple[str, str], Translation] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, sentence: str) -> Translation | None:
        with self._lock:
            found = self._entries.get((self._revision, sentence))
            if found is None:
                self.misses += 1
                return None
            self._entries.move_to_end((self._revision, sentence))
            self.hits += 1
            return found

    def put(self, translation: Translation) -> None:
        size = bytes_of(translation)
        if size > self._max_bytes:
            return
        key = (self._revision, translation.source)
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = translation
            self.bytes += size
            while self.bytes > self._max_bytes:
                _, oldest = self._entries.popitem(last=False)
                self.bytes -= bytes_of(oldest)
