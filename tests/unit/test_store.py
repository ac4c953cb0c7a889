"""Glossaries in a real SQLite file and in a real PostgreSQL: several writers, readers meanwhile, a restart."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.entities.model import GlossaryEntry
from service.settings import InvalidSetting, Settings
from service.store.database import Database, StoreUnavailable
from service.store.glossaries import GlossaryStore, UnknownGlossary, VersionConflict
from tests.waiting import WAIT_SECONDS, until

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)  # where Debian puts them
PASSWORD = "geheim"
ROUNDS = 6


def entries(english: str, count: int = 200) -> list[GlossaryEntry]:
    """A glossary that shows at every entry which writer made it."""
    return [GlossaryEntry(f"Name {number}", english) for number in range(count)]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the tests."""
    if PROGRAMS is None:
        pytest.skip("Debian's postgresql is not installed")
    with tempfile.TemporaryDirectory() as folder:
        yield from running_postgresql(Path(folder), PROGRAMS)


def running_postgresql(folder: Path, programs: Path) -> Iterator[str]:
    """It listens on a socket in its folder: no port can be taken."""
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    password = folder / "password"
    password.write_text(PASSWORD)
    if user:
        for path in (folder, password):
            shutil.chown(path, user)
    data = folder / "data"
    initialise = [programs / "initdb", "--no-sync", "-D", data, "-U", "presseschau", "-A", "scram-sha-256"]
    subprocess.run([*initialise, f"--pwfile={password}"], user=user, check=True, capture_output=True, cwd=folder)
    options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
    command = [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items())]
    server = subprocess.Popen(command, user=user, cwd=folder, stderr=subprocess.DEVNULL)
    is_ready = [programs / "pg_isready", "-q", "-h", folder]
    try:
        until(lambda: subprocess.run(is_ready, cwd=folder).returncode == 0)  # it listens before it lets anybody in
        yield f"postgresql://presseschau:{PASSWORD}@/postgres?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # a stop that does not wait for the callers' open connections
        server.wait(WAIT_SECONDS)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine eight writers one after the other take longer than a request waits for one."""
    for bound in ("WAIT_SECONDS", "CONNECT_SECONDS"):
        monkeypatch.setattr(f"service.store.database.{bound}", WAIT_SECONDS)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, database: str) -> str:
    """A database of each kind; both begin without our glossaries."""
    if request.param == "sqlite":
        return database
    found = request.getfixturevalue("postgresql")
    store = store_of(found)
    for stored in store.list():
        store.delete(stored.name)
    return found


def store_of(url: str) -> GlossaryStore:
    return GlossaryStore(Database(url))


def test_what_is_stored_outlives_the_service(url):
    odd = [GlossaryEntry("Köln 🎉", "Cologne", "LOC"), GlossaryEntry("a\x00b", "NUL", None), GlossaryEntry(" ", "<b>")]
    kept, is_new = store_of(url).put("house", odd)
    assert is_new
    assert store_of(url).get("house") == (kept, tuple(odd))


def test_of_writers_who_saw_the_same_version_one_wins(url):
    """Several processes' worth of stores: what keeps them apart is the database, not a lock of ours."""
    seen = store_of(url).put("house", entries("before"))[0].version
    writers = [store_of(url) for _ in range(8)]
    together = threading.Barrier(len(writers))

    def write(number: int) -> str:
        together.wait()
        try:
            return writers[number].put("house", entries(f"writer {number}"), versions={seen})[0].version
        except VersionConflict:
            return "conflict"

    with ThreadPoolExecutor(len(writers)) as pool:
        results = list(pool.map(write, range(len(writers))))
    assert results.count("conflict") == len(writers) - 1
    assert store_of(url).get("house")[0].version in results


def test_of_writers_who_want_a_new_glossary_one_wins(url):
    writers = [store_of(url) for _ in range(8)]
    together = threading.Barrier(len(writers))

    def write(number: int) -> bool:
        together.wait()
        try:
            return writers[number].put("house", entries(f"writer {number}"), only_new=True)[1]
        except VersionConflict:
            return False

    with ThreadPoolExecutor(len(writers)) as pool:
        assert sorted(pool.map(write, range(len(writers)))) == [False] * 7 + [True]


def test_writers_without_a_condition_follow_one_another(url):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: store_of(url).put("house", entries(f"writer {number}")), range(12)))
    assert len({entry.en for entry in store_of(url).get("house")[1]}) == 1


def test_a_writer_that_never_ends_keeps_the_next_one_waiting_only_so_long(url, monkeypatch):
    store, stuck = store_of(url), Database(url)
    store.put("house", entries("before"))
    with stuck.transaction() as connection:
        connection.exec_driver_sql("UPDATE glossaries SET size = 0")
        monkeypatch.setattr("service.store.database.WAIT_SECONDS", 1)
        with pytest.raises(StoreUnavailable):
            store_of(url).put("house", entries("after"))
    store.put("house", entries("after"))
    assert store.get("house")[0].size == 200


def test_a_reader_during_a_write_sees_the_old_glossary_or_the_new_one(url):
    store_of(url).put("house", entries("version 0", 500))
    writing = threading.Event()
    writing.set()

    def write() -> None:
        store = store_of(url)
        for number in range(ROUNDS):
            store.put("house", entries(f"version {number}", 500))
        writing.clear()

    def read() -> list[set[str]]:
        store, seen = store_of(url), []
        while writing.is_set():
            seen.append({entry.en for entry in store.glossary(["house"]).entries})
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        pool.submit(write).result()
        versions = [english for reader in readers for english in reader.result()]
    assert versions and all(len(english) == 1 for english in versions)


def test_a_request_during_an_open_write_is_answered_with_what_was_there(url):
    store, other = store_of(url), Database(url)
    store.put("house", entries("before"))
    with other.transaction() as connection:
        connection.exec_driver_sql("UPDATE glossaries SET entries = '[]', size = 0")
        assert store.glossary(["house"]).entries[0].en == "before"
    assert store.glossary(["house"]).entries == ()


def test_the_same_names_are_the_same_version_and_other_names_another(url):
    store = store_of(url)
    first = store.put("house", entries("one"))[0].version
    assert store.put("sport", entries("one"))[0].version == first
    assert store.put("house", entries("two"))[0].version != first
    both = store.glossary(["house", "sport"])
    assert both.version == store.glossary(["house", "sport"]).version
    assert both.version != store.glossary(["sport", "house"]).version, "a cache must not mix them up: the first rules"


def test_a_glossary_named_twice_counts_once(url):
    store = store_of(url)
    store.put("house", entries("one", 3))
    assert len(store.glossary(["house", "house"]).entries) == 3


def test_an_unknown_name_is_told_by_its_place(url):
    store_of(url).put("house", entries("one"))
    with pytest.raises(UnknownGlossary) as unknown:
        store_of(url).glossary(["house", "hose"])
    assert unknown.value.index == 1


def unwritable(folder: Path) -> str:
    (folder / "file").write_text("in the way")
    return f"sqlite:///{folder}/file/store.sqlite3"


def no_database(folder: Path) -> str:
    (folder / "text").write_text("This is no database. " * 100)
    return f"sqlite:///{folder}/text"


def nobody_listens(_: Path) -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"postgresql://nobody:geheim@127.0.0.1:{free.getsockname()[1]}/none"


def no_port(_: Path) -> str:
    return "postgresql://nobody:geheim@127.0.0.1:port/none"


@pytest.mark.parametrize("place", [unwritable, no_database, nobody_listens, no_port])
def test_a_database_that_cannot_be_used(tmp_path, caplog, place: Callable[[Path], str]):
    with pytest.raises(StoreUnavailable):
        store_of(place(tmp_path)).list()
    assert "the database cannot be used" in caplog.text
    assert "geheim" not in caplog.text


def test_a_database_that_comes_back_is_used_again(tmp_path, monkeypatch):
    monkeypatch.setattr("service.store.database.PAUSE_SECONDS", 0)
    store = store_of(unwritable(tmp_path))
    with pytest.raises(StoreUnavailable):
        store.put("house", entries("one"))
    (tmp_path / "file").unlink()
    assert store.put("house", entries("one"))[1]


def test_a_new_file_that_another_opens_at_the_same_moment_is_waited_for(tmp_path):
    """SQLite refuses the change to write-ahead logging at once where another connection has the file."""
    other = sqlite3.connect(tmp_path / "names.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.close)
    release.start()
    assert store_of(f"sqlite:///{tmp_path / 'names.db'}").list() == []
    release.join()


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite:///", "sqlite://", "", "/var/lib/store.sqlite3"])
def test_an_address_of_no_database_of_ours_ends_the_start(url):
    with pytest.raises(InvalidSetting, match="PRESSESCHAU_DATABASE"):
        Settings(database=url)
