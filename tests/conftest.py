"""What the tests share: the loaded parts, a client that holds every answer to the contract, and a real service."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
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
from hypothesis import HealthCheck, settings
from werkzeug.test import TestResponse

from service.api.pages import resolve
from service.app import create_app
from service.loading import PartsDesk, load_parts
from service.pipeline.parts import Parts
from service.places import OPENAPI, ROOT, SEEDS
from service.settings import Settings
from tests.waiting import WAIT_SECONDS, until

SEED_NAMES = ("000", "001", "003")
PATIENT_SECONDS = 600  # that a request may take on a busy machine; tests of deadlines set their own
OWN_HEADERS = ("ETag", "X-Cache", "Age", "Server-Timing", "Retry-After", "WWW-Authenticate")

# The same examples in every run, however slow the machine: what is green once stays green until the code changes.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


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
def database(tmp_path: Path) -> str:
    """The URL of a database that one test has for itself; made when something is stored."""
    return f"sqlite:///{tmp_path}/store.sqlite3"


@pytest.fixture
def client(desk: PartsDesk, contract: dict[str, Any], database: str) -> ContractClient:
    return ContractClient(
        create_app(Settings(database=database, request_seconds=PATIENT_SECONDS), desk).test_client(), contract
    )


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

    def put(self, path: str, **options: Any) -> TestResponse:
        return self.request("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.request("DELETE", path, **options)


def check_against_contract(contract: dict[str, Any], method: str, path: str, response: TestResponse) -> None:
    """The status is documented for the route, headers and media type for the status, and the body fits the schema."""
    operation = described_path(contract, path).get(method.lower())
    if operation is None:  # no such path, no such method, or one of our static files
        documented = contract["components"]["responses"]["Problem"] if response.status_code >= 400 else None
    else:
        assert str(response.status_code) in operation["responses"], f"{response.status_code} is not documented"
        documented = resolve(operation["responses"][str(response.status_code)])
        check_headers(documented.get("headers", {}), response)
    if documented is None or "content" not in documented:
        assert documented is None or not response.data
        return
    assert response.mimetype in documented["content"], f"{response.mimetype} is not documented"
    schema = documented["content"][response.mimetype].get("schema")
    if schema:
        jsonschema.Draft202012Validator({**schema, "components": contract["components"]}).validate(response.json)


def check_headers(documented: dict[str, Any], response: TestResponse) -> None:
    """Our own headers that came are documented, those that must come have come, and their values fit."""
    assert {name for name in OWN_HEADERS if name in response.headers} <= documented.keys()
    for name, reference in documented.items():
        header = resolve(reference)
        assert name in response.headers or not header.get("required"), f"{name} is missing"
        if name in response.headers:
            is_number = header["schema"].get("type") == "integer"
            value = int(response.headers[name]) if is_number else response.headers[name]
            jsonschema.Draft202012Validator(header["schema"]).validate(value)


def described_path(contract: dict[str, Any], path: str) -> dict[str, Any]:
    """What the contract says of a path, {name} standing for any one part of it."""
    for template, operations in contract["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return operations
    return {}


@dataclass(frozen=True, slots=True)
class RunningService:
    """A gunicorn process of ours on a loopback port."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(self.url + path, timeout=WAIT_SECONDS, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return requests.post(self.url + path, timeout=WAIT_SECONDS, **options)

    def requests_in_work(self) -> float:
        return self.metric("presseschau_requests_in_work")

    def metric(self, sample: str) -> float:
        """A number of `/metrics`, by its name and labels; 0 before it was first counted."""
        found = re.search(rf"^{re.escape(sample)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def wait_until(self, condition: Callable[[], object]) -> None:
        try:
            until(condition)
        except AssertionError as lost:
            raise AssertionError(self.log.read_text(encoding="utf-8")) from lost

    def wait_until_ready(self) -> None:
        self.wait_until(lambda: self.get("/readyz").status_code == 200)


Start = Callable[..., AbstractContextManager[RunningService]]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Starts `presseschau serve` on a free loopback port, with settings of its own."""

    @contextmanager
    def started(**settings: str | int) -> Iterator[RunningService]:
        log = tmp_path_factory.mktemp("service") / "log"
        store = f"sqlite:///{log.with_name('store.sqlite3')}"
        settings = {"database": store, "request_seconds": PATIENT_SECONDS, **settings}
        own = {f"PRESSESCHAU_{name.upper()}": str(value) for name, value in settings.items()}
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
            process.wait(WAIT_SECONDS)

    return started


def listening_url(log: Path, process: subprocess.Popen[str]) -> str:
    """Where the process says that it listens, once it answers there."""

    def address() -> re.Match[str] | None:
        return re.search(r"Listening at: (http://\S+) ", log.read_text(encoding="utf-8"))

    until(lambda: address() or process.poll() is not None)
    found = address()
    assert found, f"the service did not start:\n{log.read_text(encoding='utf-8')}"
    return found[1]


@pytest.fixture(scope="session")
def service(start: Start) -> Iterator[RunningService]:
    """One warm service for all tests that need a real one."""
    with start() as running:
        running.wait_until_ready()
        yield running
