"""Which models there are, where they come from and which the settings ask for; read from `models/catalog.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from service.places import MODELS

CATALOG_FILE = "catalog.toml"
BUNDLED = "bundled"
OPTIONAL = "the list of optional roles"
ADDED = "+"  # opus+summarization
REQUIRED_ROLES = ("translation", "recognition")


class CatalogError(Exception):
    """The catalog, or what is asked of it, makes no sense; the message is one line a person can act on."""


@dataclass(frozen=True, slots=True)
class HubSource:
    """Files of a Hugging Face repository at one commit: name to SHA-256 in hex, or None where none is known."""

    repository: str
    revision: str
    files: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model. `folder` is where it lies, or will lie once fetched; `files` are the SHA-256 of a bundled model."""

    name: str
    role: str
    engine: str
    folder: Path
    licence: str
    revision: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    source: HubSource | None = None
    scores: Mapping[str, float | str] = field(default_factory=dict)
    options: Mapping[str, str | int] = field(default_factory=dict)  # what the engine must know to use it as it was made


@dataclass(frozen=True, slots=True)
class Catalog:
    models: Mapping[str, ModelEntry]
    profiles: Mapping[str, Mapping[str, str]]  # profile -> role -> model
    optional: Mapping[str, str] = field(default_factory=dict)  # role -> model; only where asked for by `+role`

    def profile(self, setting: str) -> dict[str, ModelEntry]:
        """The models of a profile by role, with those of optional roles: `opus+summarization`. Raises CatalogError."""
        name, *optional = setting.split(ADDED)
        if name not in self.profiles:
            raise CatalogError(f"there is no model profile {name!r}; known are {', '.join(sorted(self.profiles))}")
        return {role: self.models[model] for role, model in self.profiles[name].items()} | self.added(optional)

    def added(self, roles: Sequence[str]) -> dict[str, ModelEntry]:
        """The models of optional roles. Raises CatalogError."""
        if unknown := [role for role in roles if role not in self.optional]:
            known = ", ".join(sorted(self.optional)) or "none"
            raise CatalogError(f"there is no optional role {unknown[0]!r}; known are {known}")
        return {role: self.models[self.optional[role]] for role in roles}


def fetched_models_folder() -> Path:
    """Where `presseschau models fetch` puts models unless told otherwise (XDG Base Directory)."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "presseschau" / "models"


def load_catalog(folder: Path = MODELS, fetched: Path | None = None) -> Catalog:
    """Read `folder/catalog.toml`. Raises CatalogError."""
    path = folder / CATALOG_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        models = {
            name: _entry(name, table, folder, fetched or fetched_models_folder())
            for name, table in content["models"].items()
        }
        profiles = content["profiles"]
        optional = content.get("optional", {})
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise CatalogError(f"{path}: {type(error).__name__}: {error}") from error
    for profile, roles in [*((f"profile {name}", roles) for name, roles in profiles.items()), (OPTIONAL, optional)]:
        for role, model in roles.items():
            if model not in models:
                raise CatalogError(f"{path}: {profile} names {model!r}, which is not in the catalog")
            if models[model].role != role:
                raise CatalogError(f"{path}: {profile} gives {model!r} the role {role}")
    return Catalog(models, profiles, optional)


def _entry(name: str, table: dict[str, Any], folder: Path, fetched: Path) -> ModelEntry:
    source = None
    if "repository" in table:
        files = {file: sha256 or None for file, sha256 in table["files"].items()}
        source = HubSource(table["repository"], table["revision"], files)
    return ModelEntry(
        name=name,
        role=table["role"],
        engine=table["engine"],
        folder=folder / table["path"] if source is None else fetched / name,
        licence=table["licence"],
        revision=table.get("revision", ""),
        files={} if source else table.get("files", {}),
        source=source,
        scores=table.get("scores", {}),
        options=table.get("options", {}),
    )


def choose(setting: str, bundled: Path = MODELS) -> dict[str, ModelEntry]:
    """The models that PRESSESCHAU_MODELS asks for, by role: a profile of the catalog, or a path.

    A path is a folder with a catalog of its own (its profile `default`), or one converted translation model. What it
    does not give is taken from the bundled profile. Behind either, `+role` adds the model of an optional role. Raises
    CatalogError.
    """
    catalog = load_catalog(bundled)
    name, *optional = [setting] if Path(setting).is_dir() else setting.split(ADDED)
    return catalog.profile(BUNDLED) | _named(name, catalog) | catalog.added(optional)


def _named(setting: str, catalog: Catalog) -> dict[str, ModelEntry]:
    if setting in catalog.profiles:
        return catalog.profile(setting)
    folder = Path(setting)
    if (folder / CATALOG_FILE).is_file():
        return load_catalog(folder).profile("default")
    if (folder / "model.bin").is_file():
        own = replace(catalog.profile(BUNDLED)["translation"], name=folder.name, folder=folder, licence="", revision="")
        return {"translation": replace(own, files={}, scores={})}
    raise CatalogError(
        f"PRESSESCHAU_MODELS={setting!r} is no profile ({', '.join(sorted(catalog.profiles))}) "
        f"and no folder with a {CATALOG_FILE} or a model.bin"
    )
