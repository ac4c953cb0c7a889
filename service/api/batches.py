"""`POST /v1/summaries:batch`: up to a hundred articles in, a line for each one out as soon as it is done."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from flask import Blueprint, Response, g, request
from pydantic import Field

from service.api.answers import Answers
from service.api.desk import RequestDesk
from service.api.feed import Feed
from service.api.problems import PROBLEM_TYPES, Problem, document, invalid, problem_of
from service.api.reading import checked, read_json_request
from service.api.requests import LONGEST_NAME, Strict, SummaryRequest
from service.api.summaries import Summarizing
from service.rendering.documents import Json
from service.settings import Settings
from service.translation.batching import Overloaded

MOST_ARTICLES = 100
# Of one batch, worked on at a time: enough for their sentences to share micro-batches, few beside the other callers.
AT_A_TIME = 4
LINES_WAITING = 8  # for a slow reader; the work waits with them
MOST_BATCHES = 4  # at once
NDJSON = "application/x-ndjson"

Item = TypeVar("Item")
Result = TypeVar("Result")


class BatchRequest(Strict):
    """Articles, each as `POST /v1/summaries` takes one, with an `id` besides; each is checked when its turn comes."""

    articles: list[Any] = Field(min_length=1, max_length=MOST_ARTICLES)


@dataclass(frozen=True, slots=True)
class BatchArticle:
    """An article as it was sent; `id` is what its line calls it."""

    index: int
    id: str | None
    sent: Any

    @classmethod
    def of(cls, index: int, sent: Any) -> BatchArticle:
        name = sent.get("id") if isinstance(sent, dict) else None
        return cls(index, name if is_name(name) else None, sent)

    def wanted(self) -> SummaryRequest:
        """The article as a request of its own. Raises Problem."""
        if not isinstance(self.sent, dict):
            invalid([{"pointer": "", "detail": "must be an object"}])
        if self.id is None and self.sent.get("id") is not None:
            invalid([{"pointer": "/id", "detail": f"must be a string of 1 to {LONGEST_NAME} printable characters"}])
        return checked(SummaryRequest, {name: value for name, value in self.sent.items() if name != "id"})

    def line(self, status: int, member: str, content: bytes) -> bytes:
        """One line of the answer; the content is JSON already."""
        head = json.dumps({"index": self.index, "id": self.id, "status": status}, ensure_ascii=False)
        return b'%s, "%s": %s}\n' % (head[:-1].encode(), member.encode(), content.strip())


def blueprint(settings: Settings, desk: RequestDesk, answers: Answers, summarizing: Summarizing) -> Blueprint:
    routes = Blueprint("batches", __name__)
    places = threading.BoundedSemaphore(MOST_BATCHES)

    @routes.post("/v1/summaries:batch")
    def create_summaries() -> Response:
        request.max_content_length = settings.max_batch_bytes
        wanted = read_json_request(request, BatchRequest)
        desk.models()
        articles = [BatchArticle.of(index, sent) for index, sent in enumerate(wanted.articles)]
        gone = threading.Event()
        return Response(Feed(lambda: lines(articles, gone), broken_off, gone, LINES_WAITING), content_type=NDJSON)

    def lines(articles: list[BatchArticle], gone: threading.Event) -> Iterator[bytes]:
        if not places.acquire(blocking=False):
            raise Overloaded(math.ceil(desk.work_seconds * MOST_ARTICLES / AT_A_TIME))
        try:
            with desk.watch(gone):
                yield from in_completion_order(lambda article: line_of(article, gone), articles, AT_A_TIME)
        finally:
            places.release()

    def line_of(article: BatchArticle, gone: threading.Event) -> bytes:
        try:
            wanted = article.wanted()
            names = wanted.names_from(summarizing.store)
            body = answers.body(wanted, lambda: summarizing.made(wanted, names, lambda: desk.share(gone)), names)
        except Exception as error:
            problem = within_batch(problem_of(error), article.index)
            content = json.dumps(document(problem, request.path, g.request_id), ensure_ascii=False).encode()
            return article.line(PROBLEM_TYPES[problem.code].status, "problem", content)
        return article.line(200, "answer", body)

    return routes


def is_name(name: Any) -> bool:
    return isinstance(name, str) and 1 <= len(name) <= LONGEST_NAME and name.isprintable()


def within_batch(problem: Problem, index: int) -> Problem:
    """The problem of one article, its pointers leading into the body of the batch."""
    errors = [
        {**error, "pointer": f"/articles/{index}{error['pointer']}"} if "pointer" in error else error
        for error in problem.errors
    ]
    return Problem(problem.code, problem.detail, errors=errors)


def broken_off(problem: Problem) -> bytes:
    """The last line, where the batch itself cannot go on."""
    line: Json = {"index": None, "id": None, "status": PROBLEM_TYPES[problem.code].status}
    return json.dumps({**line, "problem": document(problem, request.path, g.request_id)}).encode() + b"\n"


def in_completion_order(work: Callable[[Item], Result], items: Iterable[Item], at_a_time: int) -> Iterator[Result]:
    """What comes of each item, first done first; no more are begun than `at_a_time` ahead of whoever takes them.

    The work runs in threads that share the context of the caller.
    """
    waiting = iter(items)
    with ThreadPoolExecutor(at_a_time, thread_name_prefix="batch") as pool:
        running = {pool.submit(copy_context().run, work, item) for item in islice(waiting, at_a_time)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for one in done:
                yield one.result()
                running |= {pool.submit(copy_context().run, work, item) for item in islice(waiting, 1)}
