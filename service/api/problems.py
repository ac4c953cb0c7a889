"""The only place that turns errors into HTTP: RFC 9457 problem documents with a stable code.

https://www.rfc-editor.org/rfc/rfc9457 · members beyond it: `code`, `errors`, `request_id`, and `error` (the detail
again, because LibreTranslate's clients look there).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Flask, Response, g, json, request
from werkzeug.exceptions import HTTPException

from service.api.metrics import meters
from service.article.errors import ArticleError
from service.loading import NotReady
from service.store.database import StoreUnavailable
from service.store.glossaries import MOST_GLOSSARIES, TooManyGlossaries, UnknownGlossary, VersionConflict
from service.translation.batching import Overloaded

logger = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
PLAIN_JSON = "application/json"
LOADING_SECONDS = 2  # loading takes less than five on two cores
STORE_SECONDS = 2  # a database that was restarted is there again soon


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its status, its title, and what a caller can do about it (shown in /docs)."""

    status: int
    title: str
    advice: str


PROBLEM_TYPES: dict[str, ProblemType] = {
    "invalid_json": ProblemType(400, "The body is not JSON", "Send one JSON object in UTF-8."),
    "invalid_encoding": ProblemType(400, "The body is not UTF-8", "Send the text in UTF-8."),
    "bad_request": ProblemType(400, "The request cannot be read", "Check the request line and the headers."),
    "unauthorized": ProblemType(401, "A key is needed", "Send `Authorization: Bearer` with a key of this service."),
    "not_found": ProblemType(404, "There is nothing here", "See /docs for what this service offers."),
    "method_not_allowed": ProblemType(405, "This method is not offered here", "See the `Allow` header."),
    "too_many_glossaries": ProblemType(409, "The store of glossaries is full", "Delete one that nobody uses."),
    "request_timeout": ProblemType(408, "The request did not arrive in time", "Send it faster, or in smaller parts."),
    "version_conflict": ProblemType(
        412,
        "The glossary is of another version",
        "Get it again, make the change in that, and put it with its `ETag`.",
    ),
    "body_too_large": ProblemType(413, "The body is too large", "Send a shorter article; the detail names the bound."),
    "article_too_long": ProblemType(413, "The article is too long", "Send it in parts; the detail names the bound."),
    "uri_too_long": ProblemType(414, "The request line is too long", "Put the options into a JSON body."),
    "unsupported_media_type": ProblemType(
        415, "This content type is not read", "Send application/json, text/plain or text/html, in UTF-8."
    ),
    "invalid_request": ProblemType(
        422,
        "The request does not fit the contract",
        "Each entry of `errors` points at a member and says what it must be.",
    ),
    "empty_article": ProblemType(422, "The article is empty", "Send text with at least one word."),
    "not_german": ProblemType(422, "The article is not German", "Send German text, or set `force` if you know better."),
    "too_few_articles": ProblemType(
        422, "Fewer than two articles can be read", "Each entry of `errors` says what is wrong with one article."
    ),
    "invalid_character": ProblemType(
        422, "The article holds a character that is no text", "Remove NUL, control characters and lone surrogates."
    ),
    "headers_too_large": ProblemType(431, "The headers are too large", "Send fewer or shorter headers."),
    "hung_up": ProblemType(499, "The caller hung up", "Nobody reads this; the log and the metrics count it."),
    "internal_error": ProblemType(500, "Something went wrong here", "Report the `request_id` to the operator."),
    "not_ready": ProblemType(503, "The models are not loaded yet", "Try again after `Retry-After` seconds."),
    "store_unavailable": ProblemType(
        503, "The database cannot be used", "Ask the operator; requests that name no stored glossary go on."
    ),
    "overloaded": ProblemType(503, "Too many requests at once", "Try again after `Retry-After` seconds."),
    "deadline_exceeded": ProblemType(
        503, "The work took too long", "Try again after `Retry-After` seconds, or send the article in parts."
    ),
}

CODE_OF_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


class Problem(Exception):
    """A request that cannot be answered: raised anywhere in the HTTP layer, rendered here."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[dict[str, str]] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = list(errors)
        self.headers = headers or {}


def invalid(errors: list[dict[str, str]], code: str = "invalid_request") -> NoReturn:
    """Raise the Problem that names each faulty member or parameter."""
    shown = "; ".join(
        f"{error.get('parameter') or error.get('pointer') or 'the body'} {error['detail']}" for error in errors
    )
    raise Problem(code, f"{shown}.", errors=errors)


def register(app: Flask) -> None:
    """Answer every error of the application with a problem document."""
    app.register_error_handler(Exception, lambda error: respond(problem_of(error)))


def problem_of(error: Exception) -> Problem:
    """The problem that an error is for a caller, counted; anything unknown is logged, and an `internal_error`."""
    problem = next(translate(error) for kind, translate in TRANSLATIONS.items() if isinstance(error, kind))
    meters().failed(problem.code)
    return problem


def from_article_error(error: ArticleError) -> Problem:
    return Problem(error.code, error.detail)


def from_not_ready(error: NotReady) -> Problem:
    return Problem("not_ready", f"{error}.", headers={"Retry-After": str(LOADING_SECONDS)})


def from_overloaded(error: Overloaded) -> Problem:
    detail = "As many requests as this service takes are being worked on."
    return Problem("overloaded", detail, headers={"Retry-After": str(error.retry_after)})


def from_store_unavailable(_: StoreUnavailable) -> Problem:
    detail = "The database of this service cannot be used now; its log says why."
    return Problem("store_unavailable", detail, headers={"Retry-After": str(STORE_SECONDS)})


def from_http_exception(error: HTTPException) -> Problem:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    code = CODE_OF_STATUS.get(status, "bad_request" if status < 500 else "internal_error")
    headers = {name: value for name, value in error.get_headers(request.environ) if name in {"Allow", "Retry-After"}}
    return Problem(code, explanation(code, error), headers=headers)


def explanation(code: str, error: HTTPException) -> str:
    match code:
        case "not_found":
            return f"{request.path} is no path of this service."
        case "method_not_allowed":
            return f"{request.path} does not answer {request.method}."
        case "body_too_large":
            return f"The body may have at most {request.max_content_length} bytes."
        case _:
            return error.description or PROBLEM_TYPES[code].title


def from_surprise(error: Exception) -> Problem:
    # Files and lines only: an error's own message may quote the article, and no article text goes into a log.
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("request %s failed with %s\n%s", g.get("request_id"), type(error).__name__, places)
    return Problem(
        "internal_error", "The request could not be worked on. The request_id helps the operator find out why."
    )


# The first that fits; the last fits everything.
TRANSLATIONS: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda problem: problem,
    ArticleError: from_article_error,
    NotReady: from_not_ready,
    Overloaded: from_overloaded,
    StoreUnavailable: from_store_unavailable,
    UnknownGlossary: lambda _: Problem("not_found", "There is no glossary of this name."),
    VersionConflict: lambda _: Problem("version_conflict", "The glossary is not of the version that was expected."),
    TooManyGlossaries: lambda _: Problem("too_many_glossaries", f"At most {MOST_GLOSSARIES} can be stored."),
    HTTPException: from_http_exception,
    Exception: from_surprise,
}


def respond(problem: Problem) -> Response:
    """Render the problem document, in the media type that the caller can read."""
    status = PROBLEM_TYPES[problem.code].status
    body = json.dumps(document(problem, request.path, g.get("request_id", "")))
    return Response(body, status=status, content_type=media_type(), headers=problem.headers)


def document(problem: Problem, instance: str, request_id: str) -> dict[str, Any]:
    """The members of the problem document."""
    kind = PROBLEM_TYPES[problem.code]
    return {
        "type": f"/docs#{problem.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "instance": instance,
        "code": problem.code,
        "errors": problem.errors,
        "request_id": request_id,
        "error": problem.detail,
    }


def media_type() -> str:
    """Plain JSON for a caller who asks for that and not for problem documents: some clients drop the latter."""
    asked = {kind for kind, _ in request.accept_mimetypes}
    return PLAIN_JSON if PLAIN_JSON in asked and PROBLEM_JSON not in asked else PROBLEM_JSON
