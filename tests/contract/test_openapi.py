"""Code and contract are held to each other, both ways."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest
import yaml
from flask import Flask

from service.api.digests import FEWEST_ARTICLES, MOST_ARTICLES
from service.api.pages import resolve
from service.api.problems import PROBLEM_TYPES
from service.api.requests import (
    GLOSSARY_NAME,
    GLOSSARY_NAMES,
    LONGEST_NAME,
    LONGEST_SEGMENT,
    LONGEST_TITLE,
    MOST_CHARACTERS,
    MOST_GLOSSARIES_NAMED,
    MOST_SEGMENTS,
    MOST_SENTENCES,
    MOST_WORDS,
)
from service.app import create_app
from service.places import OPENAPI, ROOT
from service.settings import Settings
from service.store.glossaries import MOST_ENTRIES
from service.summarization.slots import LIMITS


@pytest.fixture
def app(desk: Any) -> Flask:
    return create_app(Settings(), desk)


def routes(app: Flask) -> set[tuple[str, str]]:
    """Method and path of every route but the static files."""
    return {
        (method, re.sub(r"<(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_contract_and_every_path_of_the_contract_is_a_route(app, contract):
    described = {(method.upper(), path) for path, methods in contract["paths"].items() for method in methods}
    assert routes(app) == described


def test_no_member_of_the_contract_is_given_twice():
    class Strict(yaml.SafeLoader):
        """YAML's own loader keeps the last of two members without a word."""

        def construct_mapping(self, node, deep=False):
            names = [key.value for key, _ in node.value]
            assert len(names) == len(set(names)), f"twice: {sorted(names)} {node.start_mark}"
            return super().construct_mapping(node, deep)

    assert yaml.load(OPENAPI.read_text(encoding="utf-8"), Strict)


def test_every_schema_of_the_contract_is_a_schema(contract):
    for schema in contract["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_example_of_an_answer_fits_its_schema(contract):
    seen = set()
    for operations in contract["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                for content in resolve(response).get("content", {}).values():
                    for name, example in content.get("examples", {}).items():
                        schema = {**content["schema"], "components": contract["components"]}
                        jsonschema.Draft202012Validator(schema).validate(resolve(example)["value"])
                        seen.add(name)
    assert len(seen) == len(contract["components"]["examples"])


def test_every_problem_is_a_code_of_the_contract(contract):
    assert contract["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(PROBLEM_TYPES)


def test_bounds_in_the_contract_are_the_bounds_in_the_code(contract):
    schemas = contract["components"]["schemas"]
    request = schemas["SummaryRequest"]["properties"]
    assert schemas["SentenceCount"]["maximum"] == MOST_SENTENCES
    assert schemas["WordBudget"]["maximum"] == MOST_WORDS
    assert schemas["CharacterBudget"]["maximum"] == MOST_CHARACTERS
    articles = schemas["DigestRequest"]["properties"]["articles"]
    assert (articles["minItems"], articles["maxItems"]) == (FEWEST_ARTICLES, MOST_ARTICLES)
    assert request["title"]["maxLength"] == LONGEST_TITLE
    assert request["glossary"]["maxItems"] == MOST_ENTRIES
    assert request["glossaries"]["maxItems"] == MOST_GLOSSARIES_NAMED
    assert schemas["GlossaryName"]["pattern"] == f"^{GLOSSARY_NAME}$"
    assert contract["components"]["parameters"]["glossaries"]["schema"]["pattern"] == GLOSSARY_NAMES
    assert schemas["GlossaryRequest"]["properties"]["entries"]["maxItems"] == MOST_ENTRIES
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
