"""Data flows downwards only: no stage knows a later one, and none knows HTTP."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from service.places import ROOT

STAGES = ("article", "segmentation", "entities", "summarization", "translation", "alignment", "checks")
LAYERS = (
    *STAGES,
    "store",
    "models",
    "pipeline",
    "loading",
    "rendering",
    "api",
    "app",
    "server",
    "cli",
)
HTTP = {"flask", "werkzeug", "gunicorn"}


def imports(path: Path) -> set[str]:
    """Every module that a file names in an import, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def files(layer: str) -> list[Path]:
    folder = ROOT / "service" / layer
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


@pytest.mark.parametrize("layer", STAGES)
def test_a_stage_imports_no_later_layer_and_no_http(layer):
    later = {f"service.{name}" for name in LAYERS[LAYERS.index(layer) + 1 :]}
    for path in files(layer):
        for module in imports(path):
            assert ".".join(module.split(".")[:2]) not in later, f"{path} imports {module}"
            assert module.split(".")[0] not in HTTP, f"{path} imports {module}"


def test_rendering_knows_no_http():
    for path in files("rendering"):
        assert not {module for module in imports(path) if module.split(".")[0] in HTTP}, path


def test_every_module_says_in_a_sentence_what_it_is_for():
    for path in sorted((ROOT / "service").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if source.strip():
            assert ast.get_docstring(ast.parse(source)), path
