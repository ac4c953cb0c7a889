"""schemathesis throws what the contract allows, and what it forbids, at the running service."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from service.places import OPENAPI, ROOT

MINUTES = 20  # far more than the bounded run of schemathesis.toml takes, on a busy machine as well


def test_the_running_service_keeps_the_contract(service, tmp_path: Path):
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(ROOT / "schemathesis.toml")]
    run = subprocess.run(
        [*command, "run", str(OPENAPI), "--url", service.url, "--no-color"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
