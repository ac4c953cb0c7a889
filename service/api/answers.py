"""What every successful answer of `/v1/` carries beside its content: an id, the pipeline's signature, the timings.

An answer follows from what was sent, the models and the glossaries. Their digest is its key in the cache and its weak
ETag; a remembered answer is sent as it was made, with its id and its timings.
"""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass

from flask import Response, g, request
from pydantic import BaseModel

from service import __version__
from service.api.desk import RequestDesk
from service.api.feed import Feed
from service.api.metrics import meters
from service.api.problems import Problem, document
from service.entities.glossary import NO_GLOSSARY, Glossary
from service.patience import Patience
from service.pipeline.parts import LoadedModel
from service.pipeline.results import Step
from service.rendering.documents import Json, pipeline_json
from service.rendering.offsets import OffsetUnit
from service.rendering.streams import Event, SummaryEvents, events_of
from service.store.answers import AnswerCache, StoredAnswer

EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Made:
    """The content of an answer, the seconds that each stage took, and whether the same comes of it another time."""

    content: Json
    timings: dict[str, float]
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A checked request: the key of its answer, the models that answer it, and whether that is remembered."""

    key: str
    models: tuple[LoadedModel, ...]
    patience: Patience


class Answers:
    """Gives the answers of all routes that work on text, remembered or made."""

    def __init__(self, desk: RequestDesk, cache: AnswerCache) -> None:
        self._desk = desk
        self._cache = cache

    def give(self, wanted: BaseModel, make: Callable[[], Made], names: Glossary = NO_GLOSSARY) -> Response:
        """The answer to a checked request; `make` works it out where it is not remembered. Raises what that raises."""
        question = self._question(wanted, names)
        tags = request.if_none_match
        if question.patience.recall and tags.contains_weak(question.key) and not tags.star_tag:
            return labelled(Response(status=304), question.key)
        if remembered := self._remembered(question):
            return recalled(remembered, question.key)
        made = make()
        answer = fresh(self._kept(question, made), made.timings)
        return labelled(answer, question.key) if made.lasting and question.patience.remember else answer

    def body(self, wanted: BaseModel, make: Callable[[], Made], names: Glossary = NO_GLOSSARY) -> bytes:
        """The same answer as a part of a larger one."""
        question = self._question(wanted, names)
        remembered = self._remembered(question)
        return remembered.body if remembered else self._kept(question, make())

    def stream(
        self,
        wanted: BaseModel,
        make: Callable[[threading.Event], Iterator[Step]],
        names: Glossary,
        unit: OffsetUnit,
    ) -> Response:
        """The same answer in events. `make` is told when nobody reads them any more. Raises what it raises at first."""
        question = self._question(wanted, names)
        if remembered := self._remembered(question):
            return streamed((event.encoded() for event in events_of(json.loads(remembered.body))), "hit")
        gone = threading.Event()
        return streamed(Feed(lambda: self._told(question, make(gone), unit), failed, gone), "miss")

    def _told(self, question: Question, steps: Iterator[Step], unit: OffsetUnit) -> Generator[bytes, None, None]:
        events = SummaryEvents(head_of(question.models), unit)
        for step in steps:
            for event in events.of(step):
                yield event.encoded()
        meters().worked({stage: spent / 1000 for stage, spent in events.answer["timings_ms"].items()})
        if not events.answer["degraded"]:
            self._remember(question, body_of(events.answer))

    def _kept(self, question: Question, made: Made) -> bytes:
        """The body of an answer that was just made."""
        meters().worked(made.timings)
        body = body_of({**head_of(question.models), **made.content})
        if made.lasting:
            self._remember(question, body)
        return body

    def _question(self, wanted: BaseModel, names: Glossary) -> Question:
        models = self._desk.models()
        return Question(key_of(wanted, names, models), models, self._desk.patience())

    def _remembered(self, question: Question) -> StoredAnswer | None:
        found = self._cache.get(question.key) if question.patience.recall else None
        oldest = request.cache_control.max_age
        return found if found and (oldest is None or found.age < oldest) else None

    def _remember(self, question: Question, body: bytes) -> None:
        if question.patience.remember:
            self._cache.put(question.key, StoredAnswer.now(body))


def key_of(wanted: BaseModel, names: Glossary, models: tuple[LoadedModel, ...]) -> str:
    """A digest of everything that an answer follows from."""
    made_by = [__version__, *(f"{model.role} {model.name} {model.revision} {model.sha256}" for model in models)]
    # ASCII: what was sent may yet be refused for a lone surrogate, which has no bytes.
    ingredients = [type(wanted).__name__, json.dumps(wanted.model_dump()), names.version, *made_by]
    return hashlib.sha256("\0".join(ingredients).encode()).hexdigest()


def head_of(models: tuple[LoadedModel, ...]) -> Json:
    """What an answer begins with."""
    return {"id": f"ps_{uuid.uuid4().hex}", "pipeline": pipeline_json(__version__, models)}


def body_of(answer: Json) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def fresh(body: bytes, timings: dict[str, float]) -> Response:
    response = Response(body, content_type="application/json")
    response.headers["Server-Timing"] = ", ".join(
        f"{stage};dur={seconds * 1000:.1f}" for stage, seconds in timings.items()
    )
    response.headers["X-Cache"] = "miss"
    return response


def streamed(events: Iterable[bytes], cache: str) -> Response:
    response = Response(events, content_type=EVENT_STREAM)
    response.headers["X-Cache"] = cache
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep the events back
    return response


def failed(problem: Problem) -> bytes:
    """A problem that came when the answer had begun."""
    return Event("error", document(problem, request.path, g.request_id)).encoded()


def recalled(remembered: StoredAnswer, key: str) -> Response:
    response = labelled(Response(remembered.body, content_type="application/json"), key)
    response.headers["X-Cache"] = "hit"
    response.headers["Age"] = str(remembered.age)
    return response


def labelled(response: Response, key: str) -> Response:
    """With what a caller needs to ask again: it may keep the answer to itself, and ask whether it still holds.

    The tag is weak: ids and timings differ from one making to the next, and what is translated beside a sentence may
    change a word of it.
    """
    response.set_etag(key, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
