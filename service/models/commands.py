"""`presseschau models list | verify | fetch | seal`."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from service.models.catalog import CATALOG_FILE, Catalog, CatalogError, ModelEntry, load_catalog
from service.models.fetch import FetchError, fetch
from service.models.integrity import faults, is_there, recorded_files, sha256_of
from service.places import MODELS


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `models` and its actions into the command line; each sets `command`, which gives the exit status."""
    models = commands.add_parser("models", help="list, verify and fetch models")
    actions = models.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="every model of the catalog and whether it is there")
    listing.set_defaults(command=run_list)
    verifying = actions.add_parser("verify", help="compare every file of every model that is there with its SHA-256")
    verifying.set_defaults(command=run_verify)
    fetching = actions.add_parser("fetch", help="fetch the models of a profile from the Hugging Face hub")
    fetching.add_argument("profile", help="for example opus, or opus+summarization with a model of an optional role")
    fetching.add_argument("--accept-hashes", action="store_true", help="trust files of unknown SHA-256 from now on")
    fetching.add_argument(
        "--into",
        type=Path,
        help="folder for the models (default: the user's data folder); name the model's folder in PRESSESCHAU_MODELS",
    )
    fetching.set_defaults(command=run_fetch)
    sealing = actions.add_parser("seal", help="write the SHA-256 of a bundled model's files into the catalog")
    sealing.add_argument("name")
    sealing.set_defaults(command=run_seal)


def run_list(_: argparse.Namespace) -> int:
    catalog = load_catalog()
    for entry in catalog.models.values():
        print(f"{entry.name}  ({entry.role}, {entry.engine}; {place(entry, catalog)})")
        print(f"  {state(entry)}; licence {entry.licence or 'unknown'}")
        if entry.source:
            print(f"  from {entry.source.repository}@{entry.source.revision}")
        for name, score in entry.scores.items():
            print(f"  {name}: {score}")
    return 0


def place(entry: ModelEntry, catalog: Catalog) -> str:
    """Which profiles hold the model, or how it is added to one."""
    if entry.name in catalog.optional.values():
        return f"added by +{entry.role}"
    profiles = [name for name, roles in catalog.profiles.items() if entry.name in roles.values()]
    return f"profile {', '.join(profiles) or 'none'}"


def state(entry: ModelEntry) -> str:
    if is_there(entry):
        return f"in {entry.folder}"
    return "not fetched" if entry.source else f"MISSING from {entry.folder}"


def run_verify(_: argparse.Namespace) -> int:
    wrong = 0
    for entry in load_catalog().models.values():
        if not is_there(entry):
            print(f"{entry.name}: {state(entry)}")
            wrong += entry.source is None
            continue
        found = faults(entry)
        unsealed = "" if recorded_files(entry) else " (no SHA-256 recorded)"
        print(f"{entry.name}: {'; '.join(found) or 'ok'}{unsealed}")
        wrong += bool(found)
    return int(wrong > 0)


def run_fetch(chosen: argparse.Namespace) -> int:
    try:
        wanted = load_catalog(fetched=chosen.into).profile(chosen.profile)
    except CatalogError as error:
        print(f"presseschau: {error}", file=sys.stderr)
        return 1
    return int(not all([fetched(entry, chosen.accept_hashes) for entry in wanted.values()]))


def fetched(entry: ModelEntry, accept_hashes: bool) -> bool:
    """Whether the model is there now; one that fails does not keep the others from being fetched."""
    try:
        fetch(entry, accept_hashes)
    except FetchError as error:
        print(f"presseschau: {error}", file=sys.stderr)
        return False
    return True


def run_seal(chosen: argparse.Namespace) -> int:
    try:
        seal(MODELS, chosen.name)
    except CatalogError as error:
        print(f"presseschau: {error}", file=sys.stderr)
        return 1
    return 0


def seal(folder: Path, name: str) -> None:
    """Rewrite the table `[models.NAME.files]` at `folder/catalog.toml` from the files that lie there."""
    entry = load_catalog(folder).models.get(name)
    if entry is None or entry.source:
        raise CatalogError(f"{name!r} is no bundled model of the catalog")
    files = sorted(path for path in entry.folder.rglob("*") if path.is_file())
    if not files:
        raise CatalogError(f"{entry.folder}: no files to seal")
    lines = [f'"{path.relative_to(entry.folder).as_posix()}" = "{sha256_of(path)}"' for path in files]
    table = "\n".join([f"[models.{name}.files]", *lines, ""])
    catalog = folder / CATALOG_FILE
    old = catalog.read_text(encoding="utf-8")
    new, found = re.subn(rf"^\[models\.{re.escape(name)}\.files\]\n(?:[^\[\n].*\n)*", lambda _: table, old, flags=re.M)
    catalog.write_text(new if found else f"{old.rstrip()}\n\n{table}", encoding="utf-8")
