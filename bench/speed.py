"""Our service against the reference, side by side in one run: one article, one caller, warm.

    python -m bench.speed --checkpoint CHECKPOINT [--models FOLDER] [--reference-python PYTHON]

(a) POST /v1/summaries of the running service; (b) the same stages with transformers in float32 translating the whole
article (bench/reference.py). CHECKPOINT is the same model as a Hugging Face checkpoint: `python -m training.mt.export
models/marian-de-en CHECKPOINT` restores it. Rounds alternate, so that other work on the machine hits both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

POSTS_A_ROUND = 5
START_SECONDS = 300
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Taken:
    """Seconds of wall and processor time of each run."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        ordered = sorted(self.wall)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        p50 = statistics.median(ordered)
        cpu = statistics.mean(self.cpu)
        return f"| {name} | {1000 * p50:.0f} | {1000 * p95:.0f} | {1000 * cpu:.0f} | {len(ordered)} |"


class Service:
    """The running service with its processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"

    def pids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu(self) -> float:
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.pids()]
        return sum(int(values[11]) + int(values[12]) for values in fields) / TICKS

    def resident_megabytes(self) -> float:
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids()]
        return sum(pages) * os.sysconf("SC_PAGESIZE") / 1e6

    def summarize(self, text: str) -> dict[str, object]:
        body = json.dumps({"text": text}).encode()
        request = urllib.request.Request(f"{self.url}/v1/summaries", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False


@contextmanager
def running_service(models: str | None) -> Iterator[tuple[Service, float, float]]:
    """The service once it is ready, and the seconds of wall and processor time that took."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"PRESSESCHAU_PORT": str(port)} | ({"PRESSESCHAU_MODELS": models} if models else {})
    started = time.perf_counter()
    command = [sys.executable, "-c", "from service.cli import main; raise SystemExit(main(['serve']))"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    service = Service(process, port)
    try:
        while not service.is_ready():
            if process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                raise SystemExit("the service did not become ready")
            time.sleep(0.02)
        yield service, time.perf_counter() - started, service.cpu()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@contextmanager
def running_reference(python: str, checkpoint: Path, article: Path) -> Iterator[subprocess.Popen[str]]:
    command = [python, "-m", "bench.reference", str(checkpoint), str(article)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline().strip() != "ready":
            raise SystemExit("the reference did not become ready")
        yield process
    finally:
        process.stdin.close()
        process.wait()


def ask(reference: subprocess.Popen[str], taken: Taken) -> None:
    reference.stdin.write("\n")
    reference.stdin.flush()
    answer = json.loads(reference.stdout.readline())
    taken.wall.append(answer["wall"])
    taken.cpu.append(answer["cpu"])


def post(service: Service, text: str, taken: Taken) -> dict[str, object]:
    wall, cpu = time.perf_counter(), service.cpu()
    answer = service.summarize(text)
    taken.wall.append(time.perf_counter() - wall)
    taken.cpu.append(service.cpu() - cpu)
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--models", help="what PRESSESCHAU_MODELS shall be (default: bundled)")
    parser.add_argument("--reference-python", default=sys.executable)
    parser.add_argument("--article", type=Path, default=next(Path("seeds").glob("000*")))
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    text = arguments.article.read_text(encoding="utf-8")
    ours, theirs = Taken(), Taken()
    with (
        running_service(arguments.models) as (service, ready_wall, ready_cpu),
        running_reference(arguments.reference_python, arguments.checkpoint, arguments.article) as reference,
    ):
        service.summarize(text)
        for _ in range(arguments.rounds):
            ask(reference, theirs)
            for _ in range(POSTS_A_ROUND):
                answer = post(service, text, ours)
        resident = service.resident_megabytes()
    print(f"stages of the last answer, ms: {answer['timings_ms']}")
    print("| | p50 ms | p95 ms | mean CPU ms | runs |\n|---|---|---|---|---|")
    print(ours.row("(a) POST /v1/summaries"))
    print(theirs.row("(b) transformers float32, whole article"))
    wall = statistics.median(theirs.wall) / statistics.median(ours.wall)
    cpu = statistics.mean(theirs.cpu) / statistics.mean(ours.cpu)
    print(f"(b) / (a): {wall:.1f} by wall clock, {cpu:.1f} by processor time")
    print(
        f"resident memory {resident:.0f} MB; import to ready {ready_wall:.1f} s wall, {ready_cpu:.1f} s processor time"
    )


if __name__ == "__main__":
    main()
