"""Fetching from a hub on this machine that breaks in every way a real one can."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from service.cli import main
from service.loading import recognizer_of
from service.models.catalog import HubSource, ModelEntry, load_catalog
from service.models.fetch import FetchError, fetch
from service.models.integrity import RECORD_FILE, checked_folder, faults
from tests.waiting import WAIT_SECONDS

pytest.importorskip("huggingface_hub")

REPOSITORY = "stadt/marian-de-en"
REVISION = "0123456789abcdef0123456789abcdef01234567"
NAMES = ("config.json", "source.spm", "target.spm", "vocab.json", "tokenizer_config.json", "model.safetensors")


@dataclass
class Hub:
    """The files of repositories at one commit, served as the hub does; `break_after` cuts each answer short."""

    files: dict[str, bytes] = field(default_factory=dict)  # of REPOSITORY
    others: dict[str, dict[str, bytes]] = field(default_factory=dict)
    break_after: int | None = None
    ranges: list[str] = field(default_factory=list)
    gets: int = 0


class HubHandler(BaseHTTPRequestHandler):
    hub: Hub

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, with_body: bool) -> None:
        start, _, name = self.path.partition(f"/resolve/{REVISION}/")
        content = {REPOSITORY: self.hub.files, **self.hub.others}.get(start[1:], {}).get(name)
        if content is None:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("X-Repo-Commit", REVISION)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first = 0
        if with_body:
            self.hub.gets += 1
            if asked := self.headers.get("Range"):
                self.hub.ranges.append(asked)
                first = int(asked.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if first else 200)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content) - first))
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if with_body:
            self.wfile.write(content[first:][: self.hub.break_after])
            if self.hub.break_after is not None:
                self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # the hub client waits between its attempts
    for timeout in ("HF_HUB_ETAG_TIMEOUT", "HF_HUB_DOWNLOAD_TIMEOUT"):
        monkeypatch.setattr(f"huggingface_hub.constants.{timeout}", WAIT_SECONDS)
    shared = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (HubHandler,), {"hub": shared}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    yield shared
    server.shutdown()
    server.server_close()


@pytest.fixture
def dummy(hub) -> Hub:
    """Files that download well and are no model."""
    hub.files = {name: f"content of {name}\n".encode() * 5_000 for name in NAMES}
    return hub


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory) -> Path:
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from tests.unit.translation_sample import write_copying_checkpoint

    return write_copying_checkpoint(tmp_path_factory.mktemp("hub") / "checkpoint", steps=1)


@pytest.fixture
def real(hub, checkpoint) -> Hub:
    hub.files = {name: (checkpoint / name).read_bytes() for name in NAMES}
    return hub


CATALOG = """
[profiles.haus]
translation = "own"
recognition = "tagger"

[optional]
summarization = "writer"
"""
ROLES = {
    "own": ("translation", "ctranslate2"),
    "tagger": ("recognition", "transformers"),
    "writer": ("summarization", "transformers"),
}


@pytest.fixture
def house(tmp_path, real, monkeypatch) -> Path:
    """A profile of two models and a third on request, as `presseschau models` reads it; the folder they go to."""
    from tests.unit.hub_sample import write_tagger

    tagger = write_tagger(tmp_path / "tagger", {"Bonn": "B-LOC"})
    real.others["stadt/tagger"] = {path.name: path.read_bytes() for path in tagger.iterdir()}
    real.others["stadt/writer"] = {"config.json": b"{}", "parts/weights.bin": b"weights"}
    files = {"own": real.files, **{name: real.others[f"stadt/{name}"] for name in ("tagger", "writer")}}
    tables = [
        f'[models.{name}]\nrole = "{role}"\nengine = "{engine}"\nlicence = "CC0"\nrevision = "{REVISION}"\n'
        f'repository = "{REPOSITORY if name == "own" else f"stadt/{name}"}"\n[models.{name}.files]\n'
        + "".join(f'"{file}" = "{hashlib.sha256(content).hexdigest()}"\n' for file, content in files[name].items())
        for name, (role, engine) in ROLES.items()
    ]
    (tmp_path / "catalog.toml").write_text("\n".join([CATALOG, *tables]))
    into = tmp_path / "models"
    monkeypatch.setattr("service.models.commands.load_catalog", lambda fetched=into: load_catalog(tmp_path, fetched))
    return into


def test_a_profile_is_fetched_whole_and_the_model_of_an_optional_role_only_on_request(house, capsys):
    assert main(["models", "fetch", "haus", "--into", str(house)]) == 0
    assert {path.name for path in house.iterdir() if not path.name.startswith(".")} == {"own", "tagger"}
    assert (house / "own" / "model.bin").is_file(), "converted"
    assert (house / "tagger" / "model.safetensors").is_file(), "left as it is"
    assert not (house / "tagger" / ".cache").exists()

    assert main(["models", "fetch", "haus+summarization", "--into", str(house)]) == 0
    assert (house / "writer" / "parts" / "weights.bin").read_bytes() == b"weights"

    capsys.readouterr()
    assert main(["models", "list"]) == 0
    listed = capsys.readouterr().out
    assert "tagger  (recognition, transformers; profile haus)" in listed
    assert "writer  (summarization, transformers; added by +summarization)" in listed
    assert listed.count(str(house)) == 3

    assert main(["models", "verify"]) == 0
    (house / "writer" / "parts" / "weights.bin").write_bytes(b"weightz")
    assert main(["models", "verify"]) == 1
    assert "weights.bin: not the recorded content" in capsys.readouterr().out


def test_a_fetched_tagger_finds_names(house):
    assert main(["models", "fetch", "haus", "--into", str(house)]) == 0
    tagger = load_catalog(house.parent, house).models["tagger"]
    assert checked_folder(tagger) == house / "tagger"
    assert [mention.text for mention in recognizer_of(tagger).recognize("Es regnet in Bonn.")] == ["Bonn"]


def test_one_model_that_fails_does_not_keep_the_others_away(house, real, capsys):
    del real.others["stadt/tagger"]["vocab.txt"]
    assert main(["models", "fetch", "haus+summarization", "--into", str(house)]) == 1
    assert "vocab.txt of stadt/tagger could not be fetched" in capsys.readouterr().err
    assert {path.name for path in house.iterdir() if not path.name.startswith(".")} == {"own", "writer"}


def test_an_unknown_optional_role_is_one_line(house, capsys):
    assert main(["models", "fetch", "haus+poetry"]) == 1
    assert "no optional role 'poetry'; known are summarization" in capsys.readouterr().err


def entry(folder: Path, hub: Hub, unknown: tuple[str, ...] = (), **wrong: str) -> ModelEntry:
    hashes = {name: hashlib.sha256(hub.files.get(name, b"")).hexdigest() for name in NAMES}
    files: dict[str, str | None] = {**hashes, **wrong, **dict.fromkeys(unknown)}
    return ModelEntry(
        "own", "translation", "ctranslate2", folder / "own", "CC0", source=HubSource(REPOSITORY, REVISION, files)
    )


def nothing_usable(folder: Path) -> bool:
    return not (folder / "own").exists()


def test_a_model_is_fetched_converted_recorded_and_works(tmp_path, real):
    model = entry(tmp_path, real)
    fetch(model, report=lambda line: None)
    folder = checked_folder(model)
    record = json.loads((folder / RECORD_FILE).read_text())
    assert record["revision"] == REVISION
    assert set(record["files"]) >= {"model.bin", "config.json", "source.spm", "target.spm", "vocab.json"}
    assert list((tmp_path / ".fetching").glob("own-*/*")) == []
    from service.translation.loading import load_engine

    assert load_engine(folder).translate(["Der Zug fährt."])[0].source == "Der Zug fährt."

    gets = real.gets
    fetch(model, report=lambda line: None)
    assert real.gets == gets, "what is there and unchanged is not fetched again"
    (folder / "model.bin").write_bytes(b"broken")
    assert faults(model)
    fetch(model, report=lambda line: None)
    assert faults(model) == []


def test_a_corrupt_file_is_thrown_away_and_nothing_is_installed(tmp_path, dummy):
    good = entry(tmp_path, dummy)
    dummy.files["model.safetensors"] = b"content of someone else\n" * 5_000
    with pytest.raises(FetchError, match=r"model\.safetensors .* has SHA-256"):
        fetch(good, report=lambda line: None)
    assert nothing_usable(tmp_path)
    assert not list(tmp_path.rglob("model.safetensors"))


def test_a_missing_file_is_named(tmp_path, dummy):
    model = entry(tmp_path, dummy)
    del dummy.files["vocab.json"]
    with pytest.raises(FetchError, match=r"vocab\.json of stadt/marian-de-en could not be fetched"):
        fetch(model, report=lambda line: None)
    assert nothing_usable(tmp_path)


def test_a_hub_that_cannot_be_reached_is_one_line(tmp_path, dummy, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(FetchError, match="run the command again") as failure:
        fetch(entry(tmp_path, dummy), report=lambda line: None)
    assert "\n" not in str(failure.value)


def test_a_broken_connection_goes_on_where_it_stopped(tmp_path, real, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 16_384)  # what it keeps of a broken answer
    model = entry(tmp_path, real)
    real.break_after = 0
    with pytest.raises(FetchError):
        fetch(model, report=lambda line: None)
    assert nothing_usable(tmp_path)

    real.break_after = 40_000  # now every answer brings a piece and breaks
    fetch(model, report=lambda line: None)
    assert real.ranges, "the pieces were put together, not fetched from the start"
    assert checked_folder(model)


def test_unknown_hashes_are_trusted_only_when_told_so_and_then_hold(tmp_path, dummy):
    model = entry(tmp_path, dummy, unknown=("config.json",))
    sha256 = hashlib.sha256(dummy.files["config.json"]).hexdigest()
    with pytest.raises(FetchError, match=f"{sha256}  config.json") as failure:
        fetch(model, report=lambda line: None)
    assert "--accept-hashes" in str(failure.value)

    with pytest.raises(FetchError, match="own:"):  # past the check; the dummy is no model
        fetch(model, accept_hashes=True, report=lambda line: None)
    assert sha256 in (tmp_path / "accepted-hashes.json").read_text()

    dummy.files["config.json"] = b"{}"
    for path in (tmp_path / ".fetching").glob("own-*/checkpoint/config.json"):
        path.write_bytes(b"{}")
    with pytest.raises(FetchError, match="expected"):
        fetch(model, accept_hashes=True, report=lambda line: None)


def test_two_processes_do_not_fetch_the_same_model_at_once(tmp_path, dummy):
    import fcntl

    lock = tmp_path / ".fetching" / f"own-{REVISION[:12]}.lock"
    lock.parent.mkdir()
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(FetchError, match="another process"):
            fetch(entry(tmp_path, dummy), report=lambda line: None)
