"""Whether a model folder is complete and unchanged: SHA-256 of every file against the catalog or the fetch record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from service.models.catalog import ModelEntry

RECORD_FILE = "presseschau-model.json"  # written last by `fetch`: what was fetched and what became of it


class ModelMissing(Exception):
    """The model is not there; the message says how to get it."""


class ModelCorrupt(Exception):
    """The model's files are not those that were recorded; the message names them."""


class ModelUnusable(Exception):
    """The model is there and cannot be loaded; the message says what is missing or wrong."""


@contextmanager
def usable(entry: ModelEntry) -> Iterator[None]:
    """Turns what a library raises while it loads a model into one line a person can act on. Raises ModelUnusable."""
    try:
        yield
    except ImportError as error:
        raise ModelUnusable(
            f"model {entry.name} runs on {entry.engine}, which is not installed: pip install '.[reference]' ({error})"
        ) from error
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnusable(f"model {entry.name} in {entry.folder} cannot be loaded: {first_line}") from error


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recorded_files(entry: ModelEntry) -> Mapping[str, str]:
    """File name to SHA-256, as the catalog (bundled) or the fetch record (fetched) has it; empty for an own folder."""
    if entry.source is None:
        return entry.files
    record = entry.folder / RECORD_FILE
    return json.loads(record.read_text(encoding="utf-8"))["files"] if record.is_file() else {}


def is_there(entry: ModelEntry) -> bool:
    """Whether the folder exists, and for a fetched model, whether the fetch had come to its end."""
    return (entry.folder / RECORD_FILE).is_file() if entry.source else entry.folder.is_dir()


def faults(entry: ModelEntry) -> list[str]:
    """What is wrong with the files of a model that is there; empty when all is well."""
    found = []
    for name, expected in recorded_files(entry).items():
        path = entry.folder / name
        if not path.is_file():
            found.append(f"{path}: missing")
        elif sha256_of(path) != expected:
            found.append(f"{path}: not the recorded content (SHA-256 differs)")
    return found


def checked_folder(entry: ModelEntry) -> Path:
    """The folder of a model that is there and unchanged. Raises ModelMissing, ModelCorrupt."""
    if not is_there(entry):
        remedy = "fetch it with `presseschau models fetch`" if entry.source else "the installation is incomplete"
        raise ModelMissing(f"model {entry.name} is not in {entry.folder}: {remedy}")
    if wrong := faults(entry):
        raise ModelCorrupt("; ".join(wrong))
    return entry.folder


def fingerprint(entry: ModelEntry) -> str:
    """One SHA-256 for the whole model: over the sorted lines `sha256  name`, as sha256sum prints them."""
    files = recorded_files(entry) or {
        str(path.relative_to(entry.folder)): sha256_of(path) for path in entry.folder.rglob("*") if path.is_file()
    }
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
