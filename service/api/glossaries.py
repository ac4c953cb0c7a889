"""`/v1/glossaries`: a newsroom's own names, kept under a name for every request that asks for them."""

from __future__ import annotations

import re

from flask import Blueprint, Request, Response, jsonify, request
from werkzeug.datastructures import ETags

from service.api.problems import Problem, invalid
from service.api.reading import read_json_request
from service.api.requests import GLOSSARY_NAME, GlossaryRequest, entries
from service.entities.glossary import Glossary
from service.rendering.documents import glossary_json
from service.rendering.glossaries import entry_json, stored_glossary_json
from service.store.glossaries import ANY_VERSION, GlossaryStore, StoredGlossary

ONE = "/v1/glossaries/<name>"


def blueprint(store: GlossaryStore) -> Blueprint:
    routes = Blueprint("glossaries", __name__)

    @routes.get("/v1/glossaries")
    def list_glossaries() -> Response:
        return jsonify({"glossaries": [stored_glossary_json(stored) for stored in store.list()]})

    @routes.get(ONE)
    def get_glossary(name: str) -> Response:
        stored, kept = store.get(checked_name(name))
        content = {**stored_glossary_json(stored), "entries": [entry_json(entry) for entry in kept]}
        return tagged(jsonify(content), stored).make_conditional(request)

    @routes.put(ONE)
    def put_glossary(name: str) -> tuple[Response, int]:
        wanted = entries(read_json_request(request, GlossaryRequest).entries)
        stored, is_new = store.put(checked_name(name), wanted, versions(request.if_match), only_new(request))
        content = {**stored_glossary_json(stored), "conflicts": glossary_json(Glossary(wanted).conflicts())}
        return tagged(jsonify(content), stored), 201 if is_new else 200

    @routes.delete(ONE)
    def delete_glossary(name: str) -> tuple[str, int]:
        store.delete(checked_name(name), versions(request.if_match))
        return "", 204

    return routes


def checked_name(name: str) -> str:
    if not re.fullmatch(GLOSSARY_NAME, name):
        invalid([{"parameter": "name", "detail": "must be small letters, digits, - and _, 64 at most"}])
    return name


def versions(condition: ETags) -> set[str] | None:
    """The versions that `If-Match` allows, None where there is no such header. A weak tag allows nothing (RFC 9110)."""
    if not condition:
        return None
    return {ANY_VERSION} if condition.star_tag else set(condition.as_set())


def only_new(request: Request) -> bool:
    """Whether `If-None-Match: *` asks that there be no such glossary yet. Raises Problem for a list of versions."""
    condition = request.if_none_match
    if condition and not condition.star_tag:
        raise Problem("bad_request", "If-None-Match may only be * here; If-Match takes versions.")
    return bool(condition)


def tagged(response: Response, stored: StoredGlossary) -> Response:
    response.set_etag(stored.version)
    return response
