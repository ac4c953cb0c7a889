"""Code and contract are held to each other, both ways."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest
from flask import Flask

from service.api.problems import PROBLEM_TYPES
from service.api.requests import (
    LONGEST_NAME,
    LONGEST_SEGMENT,
    LONGEST_TITLE,
    MOST_GLOSSARY_ENTRIES,
    MOST_SEGMENTS,
    MOST_SENTENCES,
)
from service.app import create_app
from service.places import ROOT
from service.settings import Settings
from service.summarization.slots import LIMITS


@pytest.fixture
def app(desk: Any) -> Flask:
    return create_app(Settings(), desk)


def routes(app: Flask) -> set[tuple[str, str]]:
    """Method and path of every route but the static files."""
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_contract_and_every_path_of_the_contract_is_a_route(app, contract):
    described = {(method.upper(), path) for path, methods in contract["paths"].items() for method in methods}
    assert routes(app) == described


def test_every_schema_of_the_contract_is_a_schema(contract):
    for schema in contract["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_bounds_in_the_contract_are_the_bounds_in_the_code(contract):
    schemas = contract["components"]["schemas"]
    request = schemas["SummaryRequest"]["properties"]
    assert schemas["SentenceCount"]["maximum"] == MOST_SENTENCES
    assert request["title"]["maxLength"] == LONGEST_TITLE
    assert request["glossary"]["maxItems"] == MOST_GLOSSARY_ENTRIES
    assert schemas["GlossaryItem"]["properties"]["de"]["maxLength"] == LONGEST_NAME
    assert request["slots"]["items"]["enum"] == list(LIMITS)
    assert request["slots"]["maxItems"] == len(LIMITS)
    assert schemas["SegmentsRequest"]["properties"]["segments"]["maxItems"] == MOST_SEGMENTS
    assert schemas["SegmentsRequest"]["properties"]["segments"]["items"]["maxLength"] == LONGEST_SEGMENT


def test_every_warning_is_described(contract):
    """Codes are found where they are made: the first argument of a Warning in the code."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "service").rglob("*.py"))
    codes = set(re.findall(r'\bWarning\(\s*"(\w+)"', sources))
    assert {"sentence_split", "name_without_counterpart"} <= codes
    code = contract["components"]["schemas"]["Warnings"]["items"]["properties"]["code"]
    assert codes <= set(re.findall(r"`(\w+)`", code["description"]))


def test_the_contract_is_served_as_it_is(client, contract):
    import yaml

    assert yaml.safe_load(client.get("/openapi.yaml").data) == contract


def test_the_documentation_page_describes_every_route_schema_and_problem(client, contract):
    page = client.get("/docs").get_data(as_text=True)
    for methods in contract["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    for name in contract["components"]["schemas"]:
        assert f'id="{name}"' in page
    for code in PROBLEM_TYPES:
        assert f'id="{code}"' in page


def test_pages_load_nothing_from_elsewhere(client):
    for path in ("/", "/docs", "/static/reading-room.js", "/static/docs.js", "/static/paper.css"):
        response = client.get(path)
        body = response.get_data(as_text=True)
        assert response.status_code == 200
        assert "//cdn" not in body and 'src="http' not in body and "url(http" not in body and 'href="http' not in body
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_pages_have_no_inline_script_or_style(client):
    for path in ("/", "/docs"):
        page = client.get(path).get_data(as_text=True)
        assert "<style" not in page and "style=" not in page and "onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src=')
