"""Our service, transformers and LibreTranslate side by side in one run: the same weights, the same article.

    python -m training.mt.export models/marian-de-en CHECKPOINT --data models/marian-de-en
    python -m bench.libretranslate VENV
    python -m bench.speed --checkpoint CHECKPOINT --libretranslate VENV [--loads article,sentence,clients,batch] \
        [--reference-python PYTHON] [--plot docs/speed.svg]

(a) is the running service with its defaults; nothing is remembered between requests. (b) is transformers in float32
(bench/reference.py): translating the whole article, once alone and once as the engine of the same stages. (c) is
LibreTranslate, with its defaults and set up for this machine. Candidates take turns within a round, so that other work
on the machine hits all alike: trust the ratios. Every request's paragraphs end in a number of their own, so that
nobody's cache helps.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import charts, libretranslate
from bench.processes import Running, Server, Taken, conversing, free_port, served
from service.article.plain import read_text
from service.segmentation.german import segment

SERVICE = "from service.cli import main; raise SystemExit(main(['serve']))"
CALLERS = (1, 4, 16)
BATCH = 100  # articles
OFF = "{}, batching off"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that works on one German text at a time; `work` gives the seconds if it measured them itself."""

    name: str
    running: Running
    work: Callable[[str], float | None]

    def take(self, text: str, taken: Taken) -> None:
        cpu, wall = self.running.cpu(), time.perf_counter()
        own = self.work(text)
        taken.wall.append(own or time.perf_counter() - wall)
        taken.window += taken.wall[-1]
        taken.cpu += self.running.cpu() - cpu


@dataclass(frozen=True, slots=True)
class Field:
    """All that compete; some may be missing on this machine."""

    ours: Server
    unbatched: Server
    reference: Candidate | None
    reference_stages: Candidate | None
    libre: Mapping[str, Server]


def numbered(text: str, number: int) -> str:
    """The text as nobody has seen it: each paragraph's last sentence ends in a number."""
    return "\n".join(f"{line[:-1]} {number}{line[-1]}" if line.strip() else line for line in text.split("\n"))


def summarizing(server: Server, name: str = "(a) POST /v1/summaries") -> Candidate:
    return Candidate(name, server.running, lambda text: void(server.post("/v1/summaries", {"text": text})))


def translating(server: Server, name: str = "(a) POST /v1/translations") -> Candidate:
    return Candidate(name, server.running, lambda text: void(server.post("/v1/translations", {"text": text})))


def translating_segment(server: Server, name: str = "(a) POST /v1/translations, one segment") -> Candidate:
    return Candidate(name, server.running, lambda text: void(server.post("/v1/translations", {"segments": [text]})))


def translating_alone(server: Server) -> Candidate:
    """The article's sentences without names, checks and second attempts: what a translation server does."""

    def work(text: str) -> None:
        server.post("/v1/translations", {"segments": [sentence.text for sentence in segment(read_text(text))]})

    return Candidate("(a) POST /v1/translations, its sentences as segments", server.running, work)


def libre(server: Server, name: str, one_paragraph: bool = False) -> Candidate:
    def work(text: str) -> None:
        whole = " ".join(text.split()) if one_paragraph else text
        server.post("/translate", {"q": whole, "source": "de", "target": "en", "format": "text"})

    return Candidate(name, server.running, work)


def void(_: object) -> None:
    return None


def compare(candidates: Sequence[Candidate], text: str, rounds: int) -> dict[str, Taken]:
    """Every candidate once a round; the first round warms up."""
    taken = {candidate.name: Taken() for candidate in candidates}
    for number in range(rounds + 1):
        for place, candidate in enumerate(candidates):
            candidate.take(numbered(text, 100 * number + place + 1), taken[candidate.name] if number else Taken())
    return taken


def table(taken: Mapping[str, Taken], candidates: Sequence[Candidate]) -> None:
    first = next(iter(taken.values())).p50
    print("| | p50 ms | p95 ms | CPU ms | times the first | resident MB | runs |\n|---|---|---|---|---|---|---|")
    for candidate in candidates:
        runs = taken[candidate.name]
        times = [1000 * runs.p50, 1000 * runs.quantile(0.95), 1000 * runs.cpu_each]
        told = " | ".join(f"{milliseconds:.0f}" for milliseconds in times)
        resident = candidate.running.resident_megabytes()
        print(f"| {candidate.name} | {told} | {runs.p50 / first:.1f} | {resident:.0f} | {len(runs.wall)} |")


def press(candidate: Candidate, text: str, callers: int, seconds: float, numbers: Iterator[int], taken: Taken) -> None:
    """As many callers at once, each asking again when it has its answer, until the time is up."""
    lock, end = threading.Lock(), time.perf_counter() + seconds

    def call(_: int) -> None:
        while time.perf_counter() < end:
            started = time.perf_counter()
            candidate.work(numbered(text, next(numbers)))
            with lock:
                taken.wall.append(time.perf_counter() - started)

    cpu, wall = candidate.running.cpu(), time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(call, range(callers)))
    taken.window += time.perf_counter() - wall
    taken.cpu += candidate.running.cpu() - cpu


def article_load(field: Field, text: str, rounds: int) -> None:
    candidates = [summarizing(field.ours), translating(field.ours), translating_alone(field.ours)]
    candidates += [candidate for candidate in (field.reference, field.reference_stages) if candidate]
    candidates += [libre(server, f"(c) LibreTranslate, {name}") for name, server in field.libre.items()]
    if "tuned" in field.libre:
        candidates.append(libre(field.libre["tuned"], "(c) LibreTranslate, tuned, article in one paragraph", True))
    print("\n## One article, one caller\n")
    table(compare(candidates, text, rounds), candidates)


def sentence_load(field: Field, text: str, rounds: int) -> None:
    candidates = [translating_segment(field.ours), *([field.reference] if field.reference else [])]
    candidates += [libre(server, f"(c) LibreTranslate, {name}") for name, server in field.libre.items()]
    sentence = max((one.text for one in segment(read_text(text))), key=len)
    print(f"\n## One sentence of {len(sentence)} characters, one caller\n")
    table(compare(candidates, sentence, rounds), candidates)


def clients_load(field: Field, text: str, seconds: float, turns: int) -> dict[str, dict[int, Taken]]:
    """Candidates take turns, so that the machine's slow minutes hit all alike."""
    sentence = segment(read_text(text))[0].text
    numbers = itertools.count(1)
    batched = [(summarizing, text), (translating, text), (translating_segment, sentence)]
    pairs = [
        (work(field.ours), work(field.unbatched, OFF.format(work(field.ours).name)), asked) for work, asked in batched
    ]
    loads = [(candidate, asked) for ours, off, asked in pairs for candidate in (ours, off)]
    loads += [(libre(server, f"(c) LibreTranslate, {name}"), text) for name, server in field.libre.items()]
    found = {candidate.name: {callers: Taken() for callers in CALLERS} for candidate, _ in loads}
    for callers, _, (candidate, asked) in itertools.product(CALLERS, range(turns), loads):
        press(candidate, asked, callers, seconds / turns, numbers, found[candidate.name][callers])
    print("\n## Many callers\n\n| | callers | a second | p50 ms | p95 ms | p99 ms | CPU ms each |")
    print("|---|---|---|---|---|---|---|")
    for candidate, _ in loads:
        for callers, runs in found[candidate.name].items():
            told = " | ".join(f"{1000 * part:.0f}" for part in (*map(runs.quantile, (0.5, 0.95, 0.99)), runs.cpu_each))
            print(f"| {candidate.name} | {callers} | {runs.a_second:.1f} | {told} |")
    print(f"\n{max(CALLERS)} callers, times the throughput with batching off:")
    for ours, off, _ in pairs:
        ratio = found[ours.name][max(CALLERS)].a_second / found[off.name][max(CALLERS)].a_second
        print(f"{ours.name}: {ratio:.2f}")
    return found


def batch_load(field: Field, text: str) -> None:
    """A hundred articles in one request where the service takes them so, and from 16 callers."""
    print(f"\n## {BATCH} articles\n\n| | seconds | articles a second |\n|---|---|---|")
    articles = [{"id": str(number), "text": numbered(text, number)} for number in range(BATCH)]
    started = time.perf_counter()
    field.ours.post("/v1/summaries:batch", {"articles": articles})
    seconds = time.perf_counter() - started
    print(f"| (a) POST /v1/summaries:batch | {seconds:.1f} | {BATCH / seconds:.1f} |")


@contextmanager
def everybody(arguments: argparse.Namespace) -> Iterator[Field]:
    with ExitStack() as stack:
        ours = stack.enter_context(service(["-c", SERVICE]))
        unbatched = stack.enter_context(service(["-m", "bench.unbatched"]))
        print(f"(a) ready after {ours.ready_seconds:.1f} s, {ours.running.resident_megabytes():.0f} MB resident")
        references: list[Candidate | None] = [None, None]
        if arguments.checkpoint:
            command = [arguments.reference_python, "-m", "bench.reference", str(arguments.checkpoint)]
            names = ("(b) transformers, the article's translation alone", "(b) transformers in the same stages")
            for place, (name, option) in enumerate(zip(names, ([], ["--stages"]), strict=True)):
                talk = stack.enter_context(conversing([*command, *option]))
                references[place] = Candidate(name, talk.running, talk.ask)
        servers: dict[str, Server] = {}
        if arguments.libretranslate:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            environment = libretranslate.write_home(arguments.model, home)
            for name, more in (("its defaults", {}), ("tuned", libretranslate.TUNED)):
                port = free_port()
                command = libretranslate.command(arguments.libretranslate.absolute() / "bin/python", port)
                servers[name] = stack.enter_context(served(command, port, "/languages", environment | more, home))
        yield Field(ours, unbatched, *references, servers)


def service(command: Sequence[str]) -> object:
    port = free_port()
    # As many places as callers, so that none is sent away.
    environment = {"PRESSESCHAU_PORT": str(port), "PRESSESCHAU_MAX_REQUESTS": "32"}
    return served([sys.executable, *command], port, "/readyz", environment)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, help="the same weights as a Hugging Face checkpoint")
    parser.add_argument("--reference-python", default=sys.executable, help="a Python that has torch and transformers")
    parser.add_argument("--libretranslate", type=Path, help="the virtual environment of bench.libretranslate")
    parser.add_argument("--model", type=Path, default=Path("models/marian-de-en"))
    parser.add_argument("--article", type=Path, default=next(Path("seeds").glob("000*")))
    parser.add_argument("--loads", default="article,sentence,clients,batch")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each number of callers keeps asking")
    parser.add_argument("--turns", type=int, default=4, help="into how many turns these seconds are cut")
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    loads = arguments.loads.split(",")
    text = arguments.article.read_text(encoding="utf-8")
    with everybody(arguments) as field:
        if "article" in loads:
            article_load(field, text, arguments.rounds)
        if "sentence" in loads:
            sentence_load(field, text, arguments.rounds)
        if "clients" in loads:
            found = clients_load(field, text, arguments.seconds, arguments.turns)
            if arguments.plot:
                arguments.plot.write_text(charts.callers(found), encoding="utf-8")
        if "batch" in loads:
            batch_load(field, text)


if __name__ == "__main__":
    main()
