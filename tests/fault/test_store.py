"""What was acknowledged is kept, however the service ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import requests

ENTRIES = [{"de": f"Name {number}", "en": f"Name {number} in English", "type": None} for number in range(500)]


def test_a_glossary_outlives_a_service_that_is_killed(start, tmp_path: Path):
    database = f"sqlite:///{tmp_path}/state/store.sqlite3"
    with start(database=database) as service:
        path = service.url + "/v1/glossaries/house"
        kept = requests.put(path, json={"entries": ENTRIES}, timeout=60)
        assert kept.status_code == 201
        for process in (service.process.pid, *children(service.process.pid)):
            os.kill(process, signal.SIGKILL)
    with start(database=database) as service:
        found = service.get("/v1/glossaries/house")
    assert (found.json()["entries"], found.headers["ETag"]) == (ENTRIES, kept.headers["ETag"])


def children(process: int) -> list[int]:
    """gunicorn's worker: the process that holds the database."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
