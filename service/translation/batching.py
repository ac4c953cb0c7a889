"""One engine, many requests: what waits is translated together, and nobody waits for somebody else's long article.

The engine never idles to gather more: when it is free it takes what is there. A batch takes a few sentences of each
waiting request in turn, so that a request of 400 sentences delays one of 3 by no more than the batch under way.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.cache import Cache, CacheFigures
from service.patience import Cancelled, DeadlineExceeded, Patience
from service.translation.base import EagerEngine, TranslationEngine, is_measured
from service.translation.model import Manner, Manners, Translation, manners_of

# Some 40 news sentences: enough for two cores to be near their best, short enough to wait for (docs/speed.md).
BATCH_CHARACTERS = 5_000
# How much of one request goes into a batch before the next request has its turn.
TURN_CHARACTERS = 1_000
# How much may wait: about a minute's work on two cores with the bundled model.
QUEUE_CHARACTERS = 1_000_000
# How fast the measured rate follows a change: the newest batch counts a fifth.
RATE_WEIGHT = 0.2
FIRST_RATE = 10_000.0  # characters a second, a careful guess until the first batch is measured

# Measured on CPython 3.11 with tracemalloc: 380 bytes an entry and 103 a link besides the text; rounded up.
ENTRY_BYTES = 450
LINK_BYTES = 110

POLL_SECONDS = 0.05  # how soon a cancelled request is noticed


Order = tuple[Manner, str]  # a German sentence, and how it shall be translated
SentenceCache = Cache[Order, Translation]


def sentence_cache(max_bytes: int) -> SentenceCache:
    """Remembers the translations of one engine by their manner and their German."""
    return Cache(max_bytes, bytes_of)


def bytes_of(_: Order, translation: Translation) -> int:
    """About how much memory a remembered translation takes."""
    texts = 2 * len(translation.source) + 2 * len(translation.target)
    others = sum(bytes_of(_, other) for other in translation.others)
    return ENTRY_BYTES + texts + LINK_BYTES * len(translation.links) + others


class Overloaded(Exception):
    """More waits than the queue holds; `retry_after` is the whole seconds until what waits now is done."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"the translation queue is full for about {retry_after} s")
        self.retry_after = retry_after


class Closed(Exception):
    """The batcher was closed while the request waited, or before."""


@dataclass(eq=False)
class _Request:
    """The sentences of one caller that still have to be translated, and the place for what became of them."""

    waiting: deque[Order]
    patience: Patience
    found: dict[Order, Translation]
    done: threading.Event = field(default_factory=threading.Event)
    under_way: int = 0
    error: BaseException | None = None

    def characters(self) -> int:
        return sum(map(_cost, self.waiting))

    def fail(self, error: BaseException) -> None:
        self.error = error
        self.waiting.clear()
        self.done.set()


class MicroBatcher:
    """A TranslationEngine in front of another one, shared by all requests of a process.

    Make it in the process that uses it: its thread does not survive a fork.
    """

    def __init__(
        self,
        engine: TranslationEngine,
        cache: SentenceCache | None = None,
        batch_characters: int = BATCH_CHARACTERS,
        queue_characters: int = QUEUE_CHARACTERS,
    ) -> None:
        self._engine = engine
        self._cache = cache if cache is not None else sentence_cache(0)
        self._batch_characters = batch_characters
        self._queue_characters = queue_characters
        self._requests: deque[_Request] = deque()
        self._waiting_characters = 0
        self._rate = FIRST_RATE
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="translate", daemon=True)
        self._thread.start()

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        """Translate without a deadline. Raises Overloaded."""
        return self.within(Patience()).translate(segments, manner)

    def within(self, patience: Patience) -> EagerEngine:
        """This engine for one request. Its `translate` raises Overloaded, DeadlineExceeded or Cancelled."""
        return _BoundEngine(self, patience, self._cache)

    @property
    def is_measured(self) -> bool:
        return is_measured(self._engine)

    def close(self) -> None:
        """Finish the batch under way; whatever waits fails with Closed."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    @property
    def waiting_characters(self) -> int:
        """How much waits now, for metrics."""
        return self._waiting_characters

    @property
    def rate(self) -> float:
        """Characters translated in a second, as measured lately."""
        return self._rate

    def cache_figures(self) -> CacheFigures:
        """What is remembered of translated sentences, for metrics."""
        return self._cache.figures()

    def _submit(self, request: _Request) -> None:
        characters = request.characters()
        with self._changed:
            if self._closed:
                raise Closed
            # An empty queue takes any request: one that could never fit would otherwise be sent away for ever.
            if self._waiting_characters and self._waiting_characters + characters > self._queue_characters:
                raise Overloaded(max(1, math.ceil(self._waiting_characters / self._rate)))
            self._waiting_characters += characters
            self._requests.append(request)
            self._changed.notify()

    def _give_up(self, request: _Request, error: BaseException) -> None:
        with self._changed:
            if request.done.is_set():
                return
            self._waiting_characters -= request.characters()
            request.fail(error)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._requests or self._closed)
                if self._closed:
                    break
                batch = self._take()
            if batch:
                self._translate(batch)
        for request in self._requests:
            request.fail(Closed())

    def _take(self) -> list[tuple[_Request, Order]]:
        """Sentences for one batch: a turn of each request after the other until the batch is full."""
        batch: list[tuple[_Request, Order]] = []
        room = self._batch_characters
        while self._requests and (room > 0 or not batch):
            request = self._requests.popleft()
            if self._is_given_up(request):
                continue
            turn = min(TURN_CHARACTERS, max(room, 1))
            while request.waiting and turn > 0:
                order = request.waiting.popleft()
                request.under_way += 1
                batch.append((request, order))
                turn -= _cost(order)
                room -= _cost(order)
                self._waiting_characters -= _cost(order)
            if request.waiting:
                self._requests.append(request)
        return batch

    def _is_given_up(self, request: _Request) -> bool:
        """Nobody may be waiting that could notice: what was begun early is asked for late."""
        try:
            request.patience.check()
        except (Cancelled, DeadlineExceeded) as error:
            self._waiting_characters -= request.characters()
            request.fail(error)
            return True
        return False

    def _translate(self, batch: list[tuple[_Request, Order]]) -> None:
        orders = list(dict.fromkeys(order for _, order in batch))
        started = time.monotonic()
        try:
            translations = self._engine.translate([text for _, text in orders], [manner for manner, _ in orders])
            found = dict(zip(orders, translations, strict=True))
        except Exception as error:
            self._translate_apart(batch, error)
            return
        self._measure(sum(map(_cost, orders)), time.monotonic() - started)
        with self._changed:
            for request, order in batch:
                request.under_way -= 1
                request.found[order] = found[order]
                if not request.waiting and not request.under_way:
                    request.done.set()

    def _translate_apart(self, batch: list[tuple[_Request, Order]], error: Exception) -> None:
        """The engine failed: only the request whose sentences it fails on again shall suffer."""
        requests = dict.fromkeys(request for request, _ in batch)
        if len(requests) > 1:
            for request in requests:
                self._translate([pair for pair in batch if pair[0] is request])
            return
        (request,) = requests
        self._give_up(request, error)

    def _measure(self, characters: int, seconds: float) -> None:
        self._rate += RATE_WEIGHT * (characters / max(seconds, 1e-6) - self._rate)


@dataclass(frozen=True, slots=True)
class _BoundEngine:
    batcher: MicroBatcher
    patience: Patience
    cache: SentenceCache
    begun: dict[Order, _Request] = field(default_factory=dict)

    @property
    def is_measured(self) -> bool:
        return self.batcher.is_measured

    def begin(self, segments: Sequence[str]) -> None:
        orders: list[Order] = [("plain", segment) for segment in segments]
        with contextlib.suppress(Overloaded):  # whoever asks for them will be told
            self.begun.update(dict.fromkeys(orders, self._start(orders)))

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        self.patience.check()
        orders = list(zip(manners_of(segments, manner), segments, strict=True))
        begun = {order: self.begun[order] for order in orders if order in self.begun}
        rest = self._start([order for order in orders if order not in begun])
        found: dict[Order, Translation] = {}
        for request in dict.fromkeys([*begun.values(), rest]):
            self._wait(request)
            found |= request.found
            self._remember(request)
        return [found[order] for order in orders]

    def _start(self, orders: Sequence[Order]) -> _Request:
        found = self._recalled(orders)
        request = _Request(deque(order for order in dict.fromkeys(orders) if order not in found), self.patience, found)
        if request.waiting:
            self.batcher._submit(request)
        else:
            request.done.set()
        return request

    def _recalled(self, orders: Sequence[Order]) -> dict[Order, Translation]:
        if not self.patience.recall:
            return {}
        return {order: known for order in dict.fromkeys(orders) if (known := self.cache.get(order))}

    def _remember(self, request: _Request) -> None:
        if self.patience.remember:
            for order, translation in request.found.items():
                self.cache.put(order, translation)

    def _wait(self, request: _Request) -> None:
        while not request.done.wait(min(POLL_SECONDS, self.patience.seconds_left)):
            try:
                self.patience.check()
            except (Cancelled, DeadlineExceeded) as error:
                self.batcher._give_up(request, error)
        if request.error:
            raise request.error


def _cost(order: Order) -> int:
    return len(order[1]) + 1
