"""The pages for people: the reading room, and the contract to read and to try. All their assets are our own files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from flask import Blueprint, Response, render_template
from markupsafe import Markup, escape

from service import __version__
from service.api.problems import PROBLEM_TYPES
from service.api.requests import MOST_SENTENCES
from service.places import OPENAPI, SEEDS
from service.settings import Settings

LABEL_WORDS = 5  # of a sample's first line, to tell the samples apart

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample article that the reading room offers."""

    label: str
    text: str


def blueprint(settings: Settings) -> Blueprint:
    routes = Blueprint("pages", __name__)
    routes.add_app_template_filter(prose)
    routes.add_app_template_filter(resolve)
    routes.add_app_template_filter(pretty)

    @routes.get("/")
    def reading_room() -> str:
        return render_template(
            "reading_room.html",
            samples=samples(),
            most_sentences=MOST_SENTENCES,
            max_characters=settings.max_characters,
            version=__version__,
        )

    @routes.get("/docs")
    def documentation() -> str:
        return render_template("docs.html", contract=contract(), problems=PROBLEM_TYPES, version=__version__)

    @routes.get("/openapi.yaml")
    def openapi() -> Response:
        return Response(OPENAPI.read_text(encoding="utf-8"), content_type="application/yaml")

    return routes


@cache
def samples() -> tuple[Sample, ...]:
    """The seeds, labelled by their first words."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return tuple(Sample(" ".join(text.split()[:LABEL_WORDS]), text) for text in texts)


@cache
def contract() -> Json:
    return yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))


def resolve(node: Json) -> Json:
    """What a `$ref` of the contract points to; anything else as it is."""
    if "$ref" not in node:
        return node
    target: Json = contract()
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return target


def pretty(value: Any) -> str:
    """JSON for people; Flask's own `tojson` writes umlauts and markup as escapes."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def prose(text: str) -> Markup:
    """A description of the contract as HTML: paragraphs, and code between backticks."""
    paragraphs = [Markup("").join(map(inline, enumerate(part.split("`")))) for part in text.strip().split("\n\n")]
    return Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)


def inline(part: tuple[int, str]) -> Markup:
    index, text = part
    return Markup("<code>{}</code>").format(text) if index % 2 else escape(text)
