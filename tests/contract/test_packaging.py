"""The locks, the documentation and the licences say what the code says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from service.places import ROOT
from service.settings import Settings, markdown, variable

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


def test_links_in_the_documentation_lead_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_versions_agree(project, contract):
    from service import __version__

    assert project["version"] == __version__ == contract["info"]["version"]


def test_the_image_is_built_from_the_lock_as_another_user_and_checks_its_health():
    dockerfile = Path(ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "constraints.txt" in dockerfile and "HEALTHCHECK" in dockerfile
    assert re.search(r"^USER (?!root|0)", dockerfile, re.MULTILINE)
    assert "torch" not in dockerfile
