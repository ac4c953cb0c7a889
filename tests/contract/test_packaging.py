"""The locks, the documentation and the licences say what the code says."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from service.places import ROOT
from service.settings import Settings, markdown, variable

DOCUMENTED = {"README.md", "docs", "models", "training", "tests"}
SCRATCH = {"build"}
HEAVY = {"torch", "transformers", "tensorflow", "jax", "onnxruntime"}


def locked(name: str) -> dict[str, str]:
    """Package and version of each line of a lock."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(package): version for package, version in pins}


def needed(requirements: list[str]) -> set[str]:
    """Every package that these requirements bring along on this system."""
    found: set[str] = set()
    waiting = [Requirement(requirement) for requirement in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        for line in metadata.requires(name) or []:
            brought = Requirement(line)
            if brought.marker is None or any(brought.marker.evaluate({"extra": extra}) for extra in extras):
                brought.marker = None
                waiting.append(brought)
    return found


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_default_install_holds_no_torch(project):
    assert not HEAVY & locked("constraints.txt").keys()
    assert not HEAVY & needed(project["dependencies"])


def test_the_lock_pins_every_package_of_the_default_install(project):
    assert needed(project["dependencies"]) <= locked("constraints.txt").keys()


def test_what_is_installed_here_is_what_the_lock_says():
    for name, version in locked("constraints.txt").items():
        assert metadata.version(name) == version


def test_the_lock_of_the_tests_agrees_with_the_lock_of_the_service():
    tests, service = locked("constraints-test.txt"), locked("constraints.txt")
    assert {name: tests[name] for name in service if name in tests} == {n: v for n, v in service.items() if n in tests}


def test_the_settings_page_is_what_the_settings_say():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == markdown()


def test_every_setting_has_a_help_that_is_a_sentence():
    for declared in fields(Settings):
        assert declared.metadata["help"].endswith("."), variable(declared)


def test_every_route_is_described_in_the_readme_or_the_docs(contract):
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    described = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    for path in contract["paths"]:
        assert f"`{path}`" in described or f" {path}`" in described, path


PAGES = [page for page in sorted(ROOT.rglob("*.md")) if page.relative_to(ROOT).parts[0] in DOCUMENTED]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_in_the_documentation_lead_somewhere(page):
    for target, place in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text(encoding="utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not place or place in headings(there), f"{target}#{place}"


def headings(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_the_documentation_names_are_there(page):
    """Those in code, by their path from the root, from `service/` or from the page."""
    known = {path.name for path in ROOT.iterdir()} | {path.name for path in (ROOT / "service").iterdir()}
    named = re.findall(r"`([a-z_]+/[\w./-]*)`", page.read_text(encoding="utf-8"))
    for name in named:
        if name.split("/")[0] in known - SCRATCH:
            places = (ROOT / name, ROOT / "service" / name, page.parent / name)
            assert any(place.exists() for place in places), name


def test_the_example_in_the_readme_is_an_answer(contract):
    """Shortened, but with no member that an answer does not have."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", readme, re.DOTALL)[1])
    answer = contract["components"]["examples"]["Summary"]["value"]
    assert members(shown) <= members({**answer, "timings_ms": {**answer["timings_ms"], "…": 0}})


def members(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {path}.union(*(members(inner, f"{path}/{name}") for name, inner in value.items()))
    if isinstance(value, list):
        return {path}.union(*(members(inner, f"{path}/*") for inner in value if isinstance(inner, dict)))
    return {path}


def test_the_versions_agree(project, contract):
    from service import __version__

    assert project["version"] == __version__ == contract["info"]["version"]


def test_the_image_is_built_from_the_lock_as_another_user_and_checks_its_health():
    dockerfile = Path(ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "constraints.txt" in dockerfile and "HEALTHCHECK" in dockerfile
    assert re.search(r"^USER (?!root|0)", dockerfile, re.MULTILINE)
    assert "torch" not in dockerfile
