"""What the tests share: the loaded parts, a client that holds every answer to the contract, and a real service."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.loading import PartsDesk, load_parts
from service.pipeline import Parts
from service.places import OPENAPI, ROOT, SEEDS
from service.settings import Settings

START_SECONDS = 180  # on a machine that is busy with something else
SEED_NAMES = ("000", "001", "003")


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    return yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))


@pytest.fixture(params=SEED_NAMES)
def seed(request: pytest.FixtureRequest) -> str:
    """The text of each sample article."""
    return next(SEEDS.glob(f"{request.param}_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def parts() -> Parts:
    return load_parts(Settings.from_environment(os.environ))


@pytest.fixture(scope="session")
def desk(parts: Parts) -> PartsDesk:
    desk = PartsDesk(lambda: parts, Settings().max_requests)
    desk.start()
    desk.wait()
    return desk


@pytest.fixture
def client(desk: PartsDesk, contract: dict[str, Any]) -> ContractClient:
    return ContractClient(create_app(Settings(), desk).test_client(), contract)


class ContractClient:
    """A test client that checks every answer against openapi.yaml before the test sees it."""

    def __init__(self, client: FlaskClient, contract: dict[str, Any]) -> None:
        self._client = client
        self._contract = contract

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        response = self._client.open(path, method=method, **options)
        check_against_contract(self._contract, method, path.partition("?")[0], response)
        return response

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.request("POST", path, **options)


def check_against_contract(contract: dict[str, Any], method: str, path: str, response: TestResponse) -> None:
    """The status is documented for the route, the media type for the status, and the body fits the schema."""
    operation = contract["paths"].get(path, {}).get(method.lower())
    if operation is None:  # no such path, no such method, or one of our static files
        documented = contract["components"]["responses"]["Problem"] if response.status_code >= 400 else None
    else:
        assert str(response.status_code) in operation["responses"], f"{response.status_code} is not documented"
        documented = resolved(contract, operation["responses"][str(response.status_code)])
    if documented is None:
        return
    assert response.mimetype in documented["content"], f"{response.mimetype} is not documented"
    schema = documented["content"][response.mimetype].get("schema")
    if schema:
        jsonschema.Draft202012Validator({**schema, "components": contract["components"]}).validate(response.json)


def resolved(contract: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for part in node.get("$ref", "").removeprefix("#/").split("/") if "$ref" in node else ():
        node = contract if part == "components" else node
        node = node[part]
    return node


@dataclass(frozen=True, slots=True)
class RunningService:
    """A gunicorn process of ours on a loopback port."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(self.url + path, timeout=START_SECONDS, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return requests.post(self.url + path, timeout=START_SECONDS, **options)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def wait_until_ready(self) -> None:
        self.wait_until(lambda: self.get("/readyz").status_code == 200)


Start = Callable[..., AbstractContextManager[RunningService]]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Starts `presseschau serve` on a free loopback port, with settings of its own."""

    @contextmanager
    def started(**settings: str) -> Iterator[RunningService]:
        log = tmp_path_factory.mktemp("service") / "log"
        own = {f"PRESSESCHAU_{name.upper()}": value for name, value in settings.items()}
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
                cwd=ROOT,
                env={**os.environ, **own},
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )
        try:
            yield RunningService(listening_url(log, process), process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(START_SECONDS)

    return started


def listening_url(log: Path, process: subprocess.Popen[str]) -> str:
    """Where the process says that it listens, once it answers there."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(r"Listening at: (http://\S+)", log.read_text(encoding="utf-8"))
        if found:
            return found.group(1)
        time.sleep(0.05)
    raise AssertionError(f"the service did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def service(start: Start) -> Iterator[RunningService]:
    """One warm service for all tests that need a real one."""
    with start() as running:
        running.wait_until_ready()
        yield running
