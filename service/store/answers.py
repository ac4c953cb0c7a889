"""Whole answers by what they were made from: in this process, bounded in bytes, or in a Redis that several share."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import Any, Protocol, Self

from service.cache import Cache, CacheFigures

logger = logging.getLogger(__name__)

ENTRY_BYTES = 400  # of an answer in memory besides its text: the entry, the keys, both objects
KEY_PREFIX = "presseschau:answer:"
REDIS_SECONDS = 0.25  # an answer can be made anew in less than a second: a slow Redis is worth no wait
PAUSE_SECONDS = 5.0  # after a failure, so that no request waits for a Redis that is not there


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The body as it was sent, and when that was (Unix time)."""

    body: bytes
    made_at: float

    @classmethod
    def now(cls, body: bytes) -> Self:
        return cls(body, time.time())

    @property
    def age(self) -> int:
        """In whole seconds, as the header `Age` says it."""
        return max(0, int(time.time() - self.made_at))


class AnswerCache(Protocol):
    """Remembers answers for some time. Never fails: what cannot be found is made anew."""

    def get(self, key: str) -> StoredAnswer | None: ...

    def put(self, key: str, answer: StoredAnswer) -> None: ...

    def figures(self) -> CacheFigures: ...

    @property
    def failures(self) -> int:
        """How often the cache could not be asked or told."""
        ...


class LocalAnswers:
    """In the memory of this process: at most `max_bytes`, each for at most `seconds`."""

    failures = 0

    def __init__(self, max_bytes: int, seconds: int) -> None:
        self._cache: Cache[str, StoredAnswer] = Cache(max_bytes, bytes_of)
        self._seconds = seconds

    def get(self, key: str) -> StoredAnswer | None:
        found = self._cache.get(key)
        return found if found and found.age < self._seconds else None

    def put(self, key: str, answer: StoredAnswer) -> None:
        self._cache.put(key, answer)

    def figures(self) -> CacheFigures:
        return self._cache.figures()


class RedisAnswers:
    """In a Redis, for processes on several machines. Redis bounds its own memory (`maxmemory`).

    Needs the extra `redis`. A Redis that fails or dawdles is left alone for some seconds; the service works without it.
    """

    def __init__(self, url: str, seconds: int) -> None:
        """Raises ImportError without the extra, ValueError for a URL that is none. Connects at first use."""
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError
        from redis.retry import Retry

        self._redis: Any = Redis.from_url(
            url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS, retry=Retry(NoBackoff(), 0)
        )
        self._error = (RedisError, OSError)
        self._seconds = seconds
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._hits = 0
        self._misses = 0
        self._failures = 0

    @property
    def failures(self) -> int:
        return self._failures

    def get(self, key: str) -> StoredAnswer | None:
        found = self._ask("get", KEY_PREFIX + key)
        answer = parsed(found) if found else None
        with self._lock:
            if answer:
                self._hits += 1
            else:
                self._misses += 1
        return answer

    def put(self, key: str, answer: StoredAnswer) -> None:
        self._ask("set", KEY_PREFIX + key, b"%.3f\n%s" % (answer.made_at, answer.body), ex=self._seconds)

    def figures(self) -> CacheFigures:
        """The bytes are Redis's to tell."""
        return CacheFigures(self._hits, self._misses, 0)

    def _ask(self, command: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < self._not_before:
            return None
        try:
            return getattr(self._redis, command)(*arguments, **options)
        except self._error as error:
            with self._lock:
                self._failures += 1
                self._not_before = time.monotonic() + PAUSE_SECONDS
            logger.warning("the answer cache failed with %s; answers are made without it", type(error).__name__)
            return None


def bytes_of(key: str, answer: StoredAnswer) -> int:
    return ENTRY_BYTES + len(key) + len(answer.body)


def parsed(stored: bytes) -> StoredAnswer | None:
    """An answer as `put` wrote it; None for what somebody else left there."""
    made_at, _, body = stored.partition(b"\n")
    try:
        return StoredAnswer(body, float(made_at))
    except ValueError:
        return None
