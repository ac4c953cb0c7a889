"""Fetch a model from the Hugging Face hub at its pinned revision, verify it, put it in place.

Honours HF_ENDPOINT. A broken download goes on where it stopped; the model's folder appears by one rename, after
everything in it is verified, so that nothing half-written is ever used. Needs the extra `fetch`, and `reference` where
a translation model is converted.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from service.models.catalog import HubSource, ModelEntry
from service.models.integrity import RECORD_FILE, faults, is_there, sha256_of

ACCEPTED_HASHES_FILE = "accepted-hashes.json"
CONVERTED = "ctranslate2"  # the engine whose models are converted; those of any other stay as the hub has them
HUB_NOTES = ".cache"  # the hub client's, beside the files that it brings

Report = Callable[[str], None]


class FetchError(Exception):
    """The model could not be fetched; the message is one line a person can act on. What was there before stays."""


def fetch(entry: ModelEntry, accept_hashes: bool = False, report: Report = print) -> Path:
    """Bring one model of the hub into its folder.

    accept_hashes: trust, on this first use, files whose SHA-256 the catalog does not know. Their hashes are written
    beside the models and hold from then on. Raises FetchError.
    """
    if entry.source is None:
        report(f"{entry.name}: bundled, nothing to fetch")
        return entry.folder
    if is_there(entry) and not faults(entry):
        report(f"{entry.name}: already in {entry.folder}, unchanged")
        return entry.folder
    with _only_one(entry) as staging:
        checkpoint = staging / "checkpoint"
        for name in entry.source.files:
            _download(entry.source, name, checkpoint, report)
        hashes = _verify(entry, entry.source, checkpoint, accept_hashes, report)
        _install(entry, entry.source, checkpoint, staging, hashes, report)
        shutil.rmtree(staging)
    return entry.folder


@contextmanager
def _only_one(entry: ModelEntry) -> Iterator[Path]:
    """The folder that holds what is under way, kept after a failure; only one process at a time works in it."""
    assert entry.source is not None
    staging = entry.folder.parent / ".fetching" / f"{entry.name}-{entry.source.revision[:12]}"
    try:
        staging.mkdir(parents=True, exist_ok=True)
        lock = (staging.parent / f"{staging.name}.lock").open("w")
    except OSError as error:
        raise FetchError(f"{staging}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FetchError(f"{entry.name} is being fetched by another process already") from None
        yield staging


def _download(source: HubSource, name: str, folder: Path, report: Report) -> None:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from huggingface_hub import hf_hub_download
    except ImportError as error:
        raise FetchError(f"fetching needs huggingface_hub: pip install .[fetch] ({error})") from error
    report(f"{source.repository}@{source.revision[:12]}: {name}")
    try:
        hf_hub_download(
            source.repository,
            name,
            revision=source.revision,
            local_dir=folder,
            endpoint=os.environ.get("HF_ENDPOINT"),
            library_name="presseschau",
        )
    except Exception as error:  # the hub client lets errors of several HTTP libraries through
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise FetchError(
            f"{name} of {source.repository} could not be fetched ({first_line}); run the command again to go on"
        ) from error


def _verify(
    entry: ModelEntry, source: HubSource, checkpoint: Path, accept_hashes: bool, report: Report
) -> dict[str, str]:
    """Compare every file with the hash that the catalog, or an earlier first use, has for it."""
    record = entry.folder.parent / ACCEPTED_HASHES_FILE
    key = f"{source.repository}@{source.revision}"
    accepted = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    found = {name: sha256_of(checkpoint / name) for name in source.files}
    for name, sha256 in found.items():
        expected = source.files[name] or accepted.get(key, {}).get(name)
        if expected not in (None, sha256):
            _forget(checkpoint, name)
            raise FetchError(f"{name} of {key} has SHA-256 {sha256}, expected {expected}: thrown away")
    unknown = {name: found[name] for name in found if not source.files[name] and name not in accepted.get(key, {})}
    if unknown and not accept_hashes:
        listed = "".join(f"\n  {sha256}  {name}" for name, sha256 in unknown.items())
        raise FetchError(
            f"the catalog knows no hash for these files of {key}:{listed}\n"
            "Compare them with a source that you trust, then run again with --accept-hashes to trust them from now on."
        )
    if unknown:
        accepted[key] = accepted.get(key, {}) | unknown
        _write_whole(record, accepted)
        report(f"trusted on first use, recorded in {record}: {', '.join(unknown)}")
    return found


def _forget(checkpoint: Path, name: str) -> None:
    """Remove a wrong file and the hub client's notes about it, so that the next run fetches it anew."""
    (checkpoint / name).unlink()
    shutil.rmtree(checkpoint / HUB_NOTES, ignore_errors=True)


def _install(
    entry: ModelEntry, source: HubSource, checkpoint: Path, staging: Path, hashes: dict[str, str], report: Report
) -> None:
    if entry.engine == CONVERTED:
        made = _convert(entry, checkpoint, staging / "model", report)
        files = {path.name: sha256_of(path) for path in sorted(made.iterdir())}
    else:
        made, files = checkpoint, hashes
        shutil.rmtree(made / HUB_NOTES, ignore_errors=True)
    record = {
        "repository": source.repository,
        "revision": source.revision,
        "source_files": hashes,
        "files": files,
    }
    _write_whole(made / RECORD_FILE, record)
    shutil.rmtree(entry.folder, ignore_errors=True)  # only ever an incomplete or changed one
    made.rename(entry.folder)
    report(f"{entry.name}: ready in {entry.folder}")


def _convert(entry: ModelEntry, checkpoint: Path, made: Path, report: Report) -> Path:
    """A translation model in the form that its engine reads. Raises FetchError."""
    from service.translation.conversion import ConversionError, convert

    shutil.rmtree(made, ignore_errors=True)
    report(f"{entry.name}: converting to CTranslate2 int8")
    try:
        return convert(checkpoint, made)
    except ConversionError as error:
        raise FetchError(f"{entry.name}: {error}") from error


def _write_whole(path: Path, content: object) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(json.dumps(content, indent=1), encoding="utf-8")
    temporary.replace(path)
