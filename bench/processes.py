"""Starts what is to be compared, asks it over HTTP, and reads from the kernel what it costs."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 120
NOTHING_REMEMBERED = {"Cache-Control": "no-store"}
ANSWER_SECONDS = 120
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGESIZE")


class NoAnswer(Exception):
    """A server did not start, or answered with an error."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process with its children, at work on this machine."""

    process: subprocess.Popen[str]

    def pids(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.pids()]
        return sum(int(values[11]) + int(values[12]) for values in fields) / TICKS

    def resident_megabytes(self) -> float:
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids()) * PAGE / 1e6


@dataclass(frozen=True, slots=True)
class Server:
    """A web service on this machine; `ready_seconds` is how long it took until it answered."""

    running: Running
    port: int
    ready_seconds: float = 0.0

    def post(self, path: str, body: object, more: Mapping[str, str] = NOTHING_REMEMBERED) -> bytes:
        """The answer; unless `more` headers say otherwise, nothing is remembered or recalled. Raises NoAnswer."""
        headers = {"Content-Type": "application/json", **more}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != http.client.OK:
            raise NoAnswer(f"{path}: {answer.status} {content[:200]!r}")
        return content

    def answers(self, path: str) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def served(
    command: Sequence[str], port: int, ready: str, environment: Mapping[str, str], folder: Path | None = None
) -> Iterator[Server]:
    """The server that `command` starts, once GET `ready` answers. Raises NoAnswer."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        cwd=folder,
    )  # fmt: skip
    server = Server(Running(process), port)
    try:
        while not server.answers(ready):
            if process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                raise NoAnswer(f"{' '.join(command)} did not become ready")
            time.sleep(0.02)
        yield Server(server.running, port, time.perf_counter() - started)
    finally:
        stop(process)


@contextmanager
def conversing(command: Sequence[str]) -> Iterator[Conversation]:
    """A process that answers lines of JSON with lines of JSON, once it has said `ready`."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline().strip() != "ready":
            raise NoAnswer(f"{' '.join(command)} did not become ready")
        yield Conversation(Running(process))
    finally:
        stop(process)


@dataclass(frozen=True, slots=True)
class Conversation:
    running: Running

    def ask(self, question: object) -> object:
        process = self.running.process
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


def stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Taken:
    """Seconds of each run: on the wall, and of the processors (all of a window's runs together)."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0
    window: float = 0.0

    def quantile(self, share: float) -> float:
        ordered = sorted(self.wall)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        return self.quantile(0.5)

    @property
    def a_second(self) -> float:
        """How many were done in a second."""
        return len(self.wall) / self.window

    @property
    def cpu_each(self) -> float:
        return self.cpu / max(1, len(self.wall))
