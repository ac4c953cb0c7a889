"""How many German names find their English counterpart, and how many of those a reader finds right.

    python -m bench.linking measure SET... [--models PROFILE] [--english FOLDER] [--lines N] [--links FILE]
    python -m bench.linking reference SET...
    python -m bench.linking judge FILE [--wrong 3,17] [--keep FIXTURE]

A SET is a file of German sentences, one or several a line (`wmt19.de-en.de`), with its English beside it (`.en`).
`measure` does what the service does with every line: recognise, chain, translate, translate again what the gate doubts,
project; `reference` takes the human translation instead, without attention, which measures the forms alone.

Judging: `measure --links FILE` writes every link; `judge FILE` draws 300 of them, the same mentions each time whatever
the translation was, takes over what FIXTURE says of a link that has not changed, and lists the rest by number. A second
call names the wrong ones among those and keeps the fixture, which holds places and names but no sentence.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from service.alignment.model import SentencePair
from service.alignment.projection import project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.loading import load_recognizer_in
from service.entities.model import Entity
from service.loading import load_parts
from service.pipeline.english import translate_sentences
from service.pipeline.parts import Parts
from service.pipeline.stopwatch import Stopwatch
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.settings import Settings
from service.translation.model import Translation

BATCH = 48  # lines translated together
SAMPLE = 300
SHOWN = 45  # code points of each sentence around a name, for the judge
FIXTURE = Path(__file__).parents[1] / "tests" / "fixtures" / "links" / "wmt.jsonl"


@dataclass(frozen=True, slots=True)
class Link:
    """A name and its counterpart. `line` counts from 1; `start` is where the name stands in it, in code points."""

    set: str
    line: int
    start: int
    name: str
    english_name: str
    how: str
    german: str
    english: str
    right: bool | None = None

    @property
    def draw(self) -> str:
        """What decides whether the link is drawn: the mention alone."""
        return hashlib.sha256(f"{self.set} {self.line} {self.start}".encode()).hexdigest()

    @property
    def key(self) -> str:
        """What a judgement is of: if none of it has changed, the judgement holds."""
        return f"{self.set} {self.line} {self.start} {self.name} -> {self.english_name}"


@dataclass(slots=True)
class Tally:
    """Mentions by the way in which they were found ("none": not at all), names put right, seconds of projection."""

    found: collections.Counter[str] = field(default_factory=collections.Counter)
    by_type: collections.Counter[tuple[str, bool]] = field(default_factory=collections.Counter)
    changes: int = 0
    sentences: int = 0
    seconds: float = 0.0
    links: list[Link] = field(default_factory=list)

    @property
    def share(self) -> float:
        total = sum(self.found.values())
        return 1.0 - self.found["none"] / total if total else 1.0

    def add(self, pair: SentencePair, types: Mapping[str, str], source: Mapping[str, str | int], start: int) -> None:
        self.sentences += 1
        self.changes += len(pair.changes)
        for mention in pair.mentions:
            self.found[mention.how] += 1
            self.by_type[types[mention.entity], mention.target is not None] += 1
            if mention.target is not None:
                name, english = pair.source.text[slice(*mention.source)], pair.english[slice(*mention.target)]
                german, translation = around(pair.source.text, mention.source), around(pair.english, mention.target)
                self.links.append(
                    Link(
                        set=str(source["set"]),
                        line=int(source["line"]),
                        start=start + mention.source[0],
                        name=name,
                        english_name=english,
                        how=mention.how,
                        german=german,
                        english=translation,
                    )
                )


def measure(name: str, lines: Sequence[str], parts: Parts) -> Tally:
    """Each line as an article of its own; what many lines need is translated together."""
    tally, watch = Tally(), Stopwatch(parts.patience)
    for first in range(0, len(lines), BATCH):
        batch = lines[first : first + BATCH]
        row = end_to_end(batch, parts)
        types = {entity.id: entity.type for entity in row.entities}
        for best, _ in translate_sentences(row.sentences, row.entities, parts, watch):
            line = row.lines[best.plan.number]
            source = {"set": name, "line": first + line + 1}
            tally.add(best.pair, types, source, best.pair.source.start - row.starts[line])
    tally.seconds = watch.timings.get("alignment", 0.0)
    return tally


@dataclass(frozen=True, slots=True)
class Row:
    """Lines laid end to end: their sentences and names in one row of offsets, each name with its line's own entity."""

    starts: list[int]
    sentences: list[Sentence]
    lines: list[int]  # of each sentence
    entities: tuple[Entity, ...]


def end_to_end(texts: Sequence[str], parts: Parts) -> Row:
    row = Row([], [], [], ())
    entities: list[Entity] = []
    at = 0
    for number, (text, mentions) in enumerate(zip(texts, parts.recognizer.recognize_many(texts), strict=True)):
        article = Article(text, (Block("paragraph", 0, len(text)),))
        row.starts.append(at)
        for sentence in segment(article):
            row.sentences.append(replace(sentence, start=sentence.start + at, end=sentence.end + at))
            row.lines.append(number)
        for entity in chain(article, mentions):
            moved = tuple(replace(found, start=found.start + at, end=found.end + at) for found in entity.mentions)
            entities.append(replace(entity, id=f"e{len(entities) + 1}", mentions=moved))
        at += len(text) + 1
    return replace(row, entities=tuple(entities))


def against_references(name: str, german: Sequence[str], english: Sequence[str], parts: Parts) -> Tally:
    """A human translation of each line, whole, without attention."""
    tally = Tally()
    for number, (text, other, mentions) in enumerate(
        zip(german, english, parts.recognizer.recognize_many(german), strict=True), 1
    ):
        entities = chain(Article(text, (Block("paragraph", 0, len(text)),)), mentions)
        started = time.process_time()
        pair = project(Sentence(text, 0, len(text), 0), Translation(text, other, (), 0.0), entities)
        tally.seconds += time.process_time() - started
        tally.add(pair, {entity.id: entity.type for entity in entities}, {"set": name, "line": number}, 0)
    return tally


def around(text: str, span: tuple[int, int]) -> str:
    """The name in its sentence, between brackets, shortened."""
    before, after = text[max(0, span[0] - SHOWN) : span[0]], text[span[1] : span[1] + SHOWN]
    return f"{before}[{text[slice(*span)]}]{after}"


def drawn(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.draw)[:SAMPLE]


def judged(links: Sequence[Link], known: Mapping[str, bool], wrong: frozenset[int] | None) -> list[Link]:
    """The links with what is known of them; of the others, by number in this order, those not wrong are right."""
    asked = 0
    found = []
    for link in links:
        right = known.get(link.key)
        if right is None:
            asked += 1
            right = None if wrong is None else asked not in wrong
        found.append(replace(link, right=right))
    return found


def judgements(fixture: Path) -> dict[str, bool]:
    if not fixture.exists():
        return {}
    records = [json.loads(line) for line in fixture.read_text(encoding="utf-8").splitlines()]
    return {Link(**record, german="", english="").key: record["right"] for record in records}


def record(link: Link) -> dict[str, str | int | bool | None]:
    """What the fixture keeps: no sentence, because not every set may be passed on."""
    return {name: value for name, value in asdict(link).items() if name not in ("german", "english")}


def set_name(path: Path) -> str:
    return path.name.partition(".")[0]


def lines_of(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def report(name: str, tally: Tally) -> None:
    total = sum(tally.found.values())
    ways = "  ".join(f"{how} {count / max(1, total):.3f}" for how, count in tally.found.most_common())
    types = "  ".join(
        f"{kind} {tally.by_type[kind, True] / max(1, tally.by_type[kind, True] + tally.by_type[kind, False]):.3f}"
        for kind in ("PER", "LOC", "ORG", "MISC")
    )
    print(f"{name}: {tally.sentences} sentences, {total} mentions, {tally.share:.3f} with an English span")
    print(f"  by type: {types}\n  by way:  {ways}")
    milliseconds = 1000 * tally.seconds / max(1, tally.sentences)
    print(f"  {tally.changes} names put right; projection {milliseconds:.2f} ms a sentence", flush=True)


def run_measure(arguments: argparse.Namespace) -> None:
    parts = load_parts(replace(Settings.from_environment(os.environ), models=arguments.models))
    if arguments.english:
        parts = replace(parts, english_recognizer=load_recognizer_in(arguments.english))
    links: list[Link] = []
    for path in arguments.sets:
        tally = measure(set_name(path), lines_of(path)[: arguments.lines or None], parts)
        links += tally.links
        report(path.name, tally)
    if arguments.links:
        rows = (json.dumps(asdict(link), ensure_ascii=False) + "\n" for link in links)
        arguments.links.write_text("".join(rows), encoding="utf-8")


def run_reference(arguments: argparse.Namespace) -> None:
    parts = load_parts(Settings.from_environment(os.environ))
    for path in arguments.sets:
        report(
            path.name,
            against_references(set_name(path), lines_of(path), lines_of(path.with_suffix(".en")), parts),
        )


def run_judge(arguments: argparse.Namespace) -> None:
    links = drawn(Link(**json.loads(line)) for line in arguments.links.read_text(encoding="utf-8").splitlines())
    wrong = None if arguments.wrong is None else frozenset(numbers(arguments.wrong))
    verdicts = judged(links, judgements(arguments.keep), wrong)
    if wrong is None:
        for number, link in enumerate((link for link in verdicts if link.right is None), 1):
            print(f"{number} {link.how}: {link.name} -> {link.english_name}\n    {link.german}\n    {link.english}")
        return
    rows = (json.dumps(record(link), ensure_ascii=False) + "\n" for link in verdicts)
    arguments.keep.write_text("".join(rows), encoding="utf-8")
    print(f"{sum(link.right is True for link in verdicts)} of {len(verdicts)} links are right")


def numbers(text: str) -> Iterator[int]:
    yield from (int(part) for part in text.split(",") if part.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    measuring = commands.add_parser("measure")
    measuring.add_argument("sets", nargs="+", type=Path)
    measuring.add_argument("--models", default="bundled", help="profile of the catalog, or a folder with one")
    measuring.add_argument("--english", type=Path, help="folder of an English recogniser to help")
    measuring.add_argument("--lines", type=int, default=0, help="only the first N of each set")
    measuring.add_argument("--links", type=Path, help="write every link here, to be judged")
    measuring.set_defaults(run=run_measure)
    comparing = commands.add_parser("reference")
    comparing.add_argument("sets", nargs="+", type=Path)
    comparing.set_defaults(run=run_reference)
    judging = commands.add_parser("judge")
    judging.add_argument("links", type=Path)
    judging.add_argument("--wrong", help="numbers of the wrong ones, separated by commas; empty: none is")
    judging.add_argument("--keep", type=Path, default=FIXTURE)
    judging.set_defaults(run=run_judge)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
