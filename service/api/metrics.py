"""`GET /metrics` for Prometheus: how much is asked, how long it takes, what waits, what was remembered.

Numbers only: no article text, no title, no key, no address, and no path that a caller made up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    Summary,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from service.cache import CacheFigures, Remembering
from service.loading import NotReady, PartsDesk
from service.store.answers import AnswerCache
from service.translation.batching import MicroBatcher

EXTENSION = "presseschau_meters"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})  # a caller may make up more
# Seconds: from an answer that was remembered to work that is given up.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Meters:
    """What is counted as it happens; `registry` holds it for this application alone."""

    def __init__(self) -> None:
        disable_created_metrics()  # a time beside each number that nobody asks for
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "presseschau_requests_total",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "presseschau_response_seconds",
            "Seconds until an answer began, by route.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._stages = Summary(
            "presseschau_stage_seconds",
            "Seconds that a stage took, of answers that were made.",
            ("stage",),
            registry=self.registry,
        )
        self._problems = Counter(
            "presseschau_problems_total",
            "Problems by code, those in streams and batches among them: `hung_up`, `deadline_exceeded`, `overloaded`.",
            ("code",),
            registry=self.registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def worked(self, timings: Mapping[str, float]) -> None:
        for stage, seconds in timings.items():
            self._stages.labels(stage).observe(seconds)

    def failed(self, code: str) -> None:
        self._problems.labels(code).inc()


class StandingFigures(Collector):
    """What is read off the parts of the service when somebody asks."""

    def __init__(self, desk: PartsDesk, answers: AnswerCache) -> None:
        self._desk = desk
        self._answers = answers

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "presseschau_requests_in_work", "Requests that are being worked on.", self._desk.in_work
        )
        yield CounterMetricFamily(
            "presseschau_redis_failures",
            "Times that Redis failed and answers were made without it.",
            self._answers.failures,
        )
        yield from self._of_translation()
        yield from cache_metrics(self._caches())

    def _of_translation(self) -> Iterator[Metric]:
        engine = self._part("engine")
        if isinstance(engine, MicroBatcher):
            yield GaugeMetricFamily(
                "presseschau_translation_queue_characters",
                "Characters that wait to be translated.",
                engine.waiting_characters,
            )
            yield GaugeMetricFamily(
                "presseschau_translation_characters_per_second", "How fast translation was lately.", engine.rate
            )

    def _caches(self) -> dict[str, CacheFigures]:
        caches = {"answers": self._answers.figures()}
        for name, part in (("sentences", "engine"), ("names", "recognizer"), ("outcomes", "memory")):
            found = self._part(part)
            if isinstance(found, Remembering):
                caches[name] = found.cache_figures()
        return caches

    def _part(self, name: str) -> object:
        try:
            return getattr(self._desk.get(), name)
        except NotReady:
            return None


def cache_metrics(caches: Mapping[str, CacheFigures]) -> Iterator[Metric]:
    hits = CounterMetricFamily("presseschau_cache_hits", "What was found in a cache.", labels=("cache",))
    misses = CounterMetricFamily("presseschau_cache_misses", "What was not found there.", labels=("cache",))
    ratio = GaugeMetricFamily("presseschau_cache_hit_ratio", "Hits among all that was looked up.", labels=("cache",))
    size = GaugeMetricFamily("presseschau_cache_bytes", "Memory that a cache of this process takes.", labels=("cache",))
    for name, figures in caches.items():
        hits.add_metric((name,), figures.hits)
        misses.add_metric((name,), figures.misses)
        ratio.add_metric((name,), figures.hits / max(1, figures.hits + figures.misses))
        size.add_metric((name,), figures.bytes)
    yield from (hits, misses, ratio, size)


def register(app: Flask, meters: Meters) -> None:
    app.extensions[EXTENSION] = meters
    app.after_request(count)


def meters() -> Meters:
    """Those of the application that works on the request."""
    return current_app.extensions[EXTENSION]


def count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "-"
    method = request.method if request.method in METHODS else "other"
    meters().answered(method, route, response.status_code, time.perf_counter() - g.started)
    return response


def blueprint(registry: CollectorRegistry) -> Blueprint:
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def show_metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return routes
