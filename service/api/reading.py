"""Reads a request: query and body become a checked model of what is asked, or a Problem that says what to change."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.api.problems import Problem, invalid
from service.api.requests import Strict

READABLE_CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
MOST_ERRORS = 20  # of one answer: enough to mend a request, too few to make a large answer of a small request

Model = TypeVar("Model", bound=BaseModel)


def read_request(request: Request, model: type[Model], options: type[BaseModel]) -> Model:
    """Check body and query together against the model. Raises Problem."""
    return checked(model, merged(query_options(request, options), body_members(request)))


def read_json_request(request: Request, model: type[Model]) -> Model:
    """Check the body of a route that reads nothing but JSON, and takes no query. Raises Problem."""
    query_options(request, Strict)
    if request.mimetype != "application/json":
        raise unsupported("Content-Type must be application/json.")
    return checked(model, json_object(decoded_body(request)))


def merged(query: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Options may stand in the query or in the body; one that stands in both would have to be guessed."""
    twice = sorted(query.keys() & body.keys())
    if twice:
        invalid([{"parameter": name, "detail": "is given in the query and in the body"} for name in twice])
    return {**query, **body}


def query_options(request: Request, options: type[BaseModel]) -> dict[str, Any]:
    """The options in the query, as typed values. Raises Problem for an unknown, repeated or misspelt one."""
    repeated = sorted(name for name, values in request.args.lists() if len(values) > 1)
    if repeated:
        invalid([{"parameter": name, "detail": "is given more than once"} for name in repeated])
    try:
        return options.model_validate_strings(request.args.to_dict()).model_dump(exclude_unset=True)
    except ValidationError as error:
        invalid([{"parameter": str(fault["loc"][0]), "detail": wording(fault)} for fault in faults(error)])


def body_members(request: Request) -> dict[str, Any]:
    """The body as the members of a request, whichever of the three content types it has. Raises Problem."""
    readers = {"application/json": json_object, "text/plain": text_member, "text/html": html_member}
    if request.mimetype not in readers:
        raise unsupported("Content-Type must be application/json, text/plain or text/html.")
    return readers[request.mimetype](decoded_body(request))


def decoded_body(request: Request) -> str:
    """The body as text. A byte order mark belongs to the encoding, not to the text. Raises Problem."""
    if request.mimetype_params.get("charset", "utf-8").lower() not in READABLE_CHARSETS:
        raise unsupported("The charset must be utf-8.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise unsupported("The body must not be compressed.")
    try:
        return received(request).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem("invalid_encoding", f"The byte at position {error.start} is no UTF-8.") from None


def received(request: Request) -> bytes:
    """The bytes of the body. Raises what werkzeug raises for too many, and Problem where the transfer breaks."""
    try:
        body = request.get_data()
    except HTTPException:
        raise
    except Exception:  # whatever the server that runs us raises for a transfer encoding that is none
        raise Problem("bad_request", "The body breaks off, or is not encoded as its headers say.") from None
    # Where the length was not announced, werkzeug stops reading at the limit without a word (3.1).
    if request.content_length is None and len(body) >= (request.max_content_length or sys.maxsize):
        raise RequestEntityTooLarge
    return body


def json_object(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise Problem("invalid_json", f"{error.msg} at line {error.lineno}, column {error.colno}.") from None
    except (ValueError, RecursionError):
        raise Problem("invalid_json", "The body holds a number or a nesting that JSON readers refuse.") from None
    if not isinstance(value, dict):
        invalid([{"pointer": "", "detail": "must be an object"}])
    return value


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are JavaScript, not JSON


def text_member(body: str) -> dict[str, Any]:
    return {"text": body}


def html_member(body: str) -> dict[str, Any]:
    return {"html": body}


def checked(model: type[Model], members: dict[str, Any]) -> Model:
    """The members as a model. Raises Problem with a JSON pointer for each fault."""
    try:
        return model.model_validate(members)
    except ValidationError as error:
        errors = [{"pointer": pointer(fault["loc"]), "detail": wording(fault)} for fault in faults(error)]
        surrogates = all(fault["type"] == "string_unicode" for fault in faults(error))
        invalid(errors, code="invalid_character" if surrogates else "invalid_request")


def faults(error: ValidationError) -> Sequence[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)[:MOST_ERRORS]


def pointer(location: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901) to a member of the body; what UTF-8 cannot carry becomes a question mark."""
    path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
    return path.encode("utf-8", "replace").decode()


def wording(fault: ErrorDetails) -> str:
    """What is wrong, without quoting what was sent."""
    own = {
        "extra_forbidden": "is no option of this route",
        "missing": "is needed",
        "string_unicode": "holds a lone surrogate, which is no character",
    }
    return own.get(fault["type"], fault["msg"].removeprefix("Input "))


def unsupported(detail: str) -> Problem:
    return Problem("unsupported_media_type", detail)
