"""What trying again is worth: verdicts, BLEU and chrF of the first decode beside what the gate keeps, and its price.

    python -m bench.attempts --corpora ../shared/corpora [--lines N] [--stand-ins]

Each line of wmt19-21 and flores-dev is an article of its own. `--stand-ins` measures instead how often each common name
that may stand in for another comes out just once, in sentences that hold a name of its kind.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from service.alignment.stand_ins import STAND_INS, StandIn, shape_of
from service.article.plain import read_text
from service.checks.attempts import Account, Attempt
from service.checks.counterparts import english_stem
from service.checks.english_words import WORD
from service.entities.glossary import NO_GLOSSARY
from service.entities.loading import load_recognizer_in
from service.entities.model import Entity
from service.patience import Patience
from service.pipeline.english import carry_out, number_of, plans_for, projector_of, translate_sentences
from service.pipeline.names import find_entities
from service.pipeline.parts import Parts
from service.pipeline.stopwatch import Stopwatch
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.summarization.extractive import ExtractiveSummarizer
from service.translation.base import TranslationEngine, is_measured
from service.translation.loading import load_engine
from service.translation.model import Manners, Translation, manners_of

MODELS = Path(__file__).parents[1] / "models"
SETS = ("wmt19.de-en", "wmt20.de-en", "wmt21.de-en", "flores-dev")
BATCH = 64
SENTENCES_A_STAND_IN = 60
VERDICTS = ("pass", "review", "blocked")


@dataclass
class Timed:
    """An engine that adds up the processor seconds of first and second attempts, and makes no first one twice."""

    engine: TranslationEngine
    seconds: Counter[str] = field(default_factory=Counter)
    known: dict[str, Translation] = field(default_factory=dict)

    @property
    def is_measured(self) -> bool:
        return is_measured(self.engine)

    def translate(self, segments: Sequence[str], manner: Manners = "plain") -> list[Translation]:
        started = time.process_time()
        if set(manners_of(segments, manner)) - {"plain"}:
            found = self.engine.translate(segments, manner)
            self.seconds["second"] += time.process_time() - started
            return found
        new = list(dict.fromkeys(one for one in segments if one not in self.known))
        self.known |= zip(new, self.engine.translate(new), strict=True)
        self.seconds["first"] += time.process_time() - started
        return [self.known[one] for one in segments]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a test set with its names."""

    sentences: list[Sentence]
    entities: tuple[Entity, ...]


def read_lines(path: Path, limit: int | None) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[:limit]


def articles(lines: Sequence[str], parts: Parts) -> Iterator[Line]:
    for line in lines:
        article = read_text(line)
        yield Line(segment(article), find_entities(article, parts, NO_GLOSSARY))


def attempts_at(line: Line, parts: Parts) -> tuple[list[Attempt], list[tuple[Attempt, Account]]]:
    """The first decode of each sentence, and what was kept of all."""
    watch = Stopwatch(Patience())
    by_id = {entity.id: entity for entity in line.entities}
    first = carry_out(plans_for(line.sentences, parts), projector_of(line.entities, parts), by_id, parts, watch)
    return first, sorted(translate_sentences(line.sentences, line.entities, parts, watch), key=number_of)


def compare(name: str, corpora: Path, parts: Parts, engine: Timed, limit: int | None) -> None:
    sources, references = (read_lines(corpora / "eval" / f"{name}.{side}", limit) for side in ("de", "en"))
    lines = list(articles(sources, parts))
    everything = [plan.german for line in lines for plan in plans_for(line.sentences, parts)]
    engine.seconds.clear()
    for start in range(0, len(everything), BATCH):
        engine.translate(everything[start : start + BATCH])
    made = [attempts_at(line, parts) for line in lines]
    first, kept = [one for one, _ in made], [[best for best, _ in two] for _, two in made]
    ways = Counter(account.kept for _, two in made for _, account in two if len(account.tried) > 1)
    print(f"\n{name}: {len(everything)} sentences, {sum(ways.values())} tried again: {dict(ways)}")
    report("first decode", first, references)
    report("kept", kept, references)
    by_verdict(kept, references)
    looked_up([[account for _, account in two] for _, two in made], kept, references)
    share = engine.seconds["second"] / engine.seconds["first"]
    print(f"processor time: {share:.2f} of the first decode's besides")


def report(label: str, attempts: Sequence[Sequence[Attempt]], references: Sequence[str]) -> None:
    texts = [" ".join(attempt.pair.english for attempt in line) for line in attempts]
    verdicts = Counter(attempt.verdict for line in attempts for attempt in line)
    loose = sum(len(attempt.loose) for line in attempts for attempt in line)
    shares = "  ".join(f"{verdict} {verdicts[verdict] / verdicts.total():.1%}" for verdict in VERDICTS)
    bleu, chrf = BLEU().corpus_score(texts, [references]).score, CHRF().corpus_score(texts, [references]).score
    print(f"  {label:12}  {shares}  loose names {loose}  BLEU {bleu:.2f}  chrF {chrf:.2f}")


def by_verdict(lines: Sequence[Sequence[Attempt]], references: Sequence[str]) -> None:
    """What a verdict is worth: chrF of the lines that pass, of those that only the model doubts, and of the others."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line, reference in zip(lines, references, strict=True):
        kinds = {finding.kind for one in line for finding in one.findings if finding.verdict != "pass"}
        group = "pass" if not kinds else "confidence" if kinds == {"confidence"} else "other doubts"
        groups[group].append((" ".join(one.pair.english for one in line), reference))
    for group, found in sorted(groups.items()):
        texts, own = zip(*found, strict=True)
        print(f"    {group}: {len(found)} lines, chrF {CHRF().corpus_score(texts, [own]).score:.1f}")


def looked_up(
    accounts: Sequence[Sequence[Account]], kept: Sequence[Sequence[Attempt]], references: Sequence[str]
) -> None:
    """How many words of the dictionary the model took over, and how many of those a human translation has as well."""
    given = taken = shared = 0
    for own, line, reference in zip(accounts, kept, references, strict=True):
        english, human = stems(" ".join(one.pair.english for one in line)), stems(reference)
        for word in (word for account in own for word in account.looked_up):
            given += 1
            if stems(word.reads) <= english:
                taken += 1
                shared += stems(word.reads) <= human
    shares = f"{taken / max(1, given):.0%} taken over, {shared / max(1, taken):.0%} of them as people do"
    print(f"    looked up: {given} words, {shares}")


def stems(english: str) -> set[str]:
    return {english_stem(word) for word in WORD.findall(english)}


def measure_stand_ins(corpora: Path, parts: Parts, limit: int | None) -> None:
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for name in SETS:
        for line in articles(read_lines(corpora / "eval" / f"{name}.de", limit), parts):
            for shape, place in named_places(line):
                places[shape].append(place)
    for shape, stand_ins in STAND_INS.items():
        shares = "  ".join(f"{one.german} {copied(one, places[shape], parts.engine):.0%}" for one in stand_ins)
        print(f"{shape:26} {min(len(places[shape]), SENTENCES_A_STAND_IN):3} sentences  {shares}")


def named_places(line: Line) -> Iterator[tuple[str, tuple[str, int, int]]]:
    for sentence in line.sentences:
        for entity in line.entities:
            for mention in entity.mentions:
                start, end = mention.start - sentence.start, mention.end - sentence.start
                if start >= 0 and end <= len(sentence.text) and not mention.text.endswith("s"):
                    shape = shape_of(sentence.text, (start, end), entity)
                    if shape is not None:
                        yield shape, (sentence.text, start, end)


def copied(stand_in: StandIn, places: Sequence[tuple[str, int, int]], engine: TranslationEngine) -> float:
    """In how many sentences the stand-in comes out just once, between 0 and 1."""
    fitting = [place for place in places if stand_in.german.split()[-1] not in place[0]][:SENTENCES_A_STAND_IN]
    read = [text[:start] + stand_in.german + text[end:] for text, start, end in fitting]
    pattern = re.compile(rf"(?<!\w){re.escape(stand_in.english)}(?!\w)")
    made = engine.translate(read, "careful")
    return sum(len(pattern.findall(one.target)) == 1 for one in made) / max(1, len(made))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODELS / "marian-de-en")
    parser.add_argument("--lines", type=int, help="only so many of each set")
    parser.add_argument("--stand-ins", action="store_true")
    arguments = parser.parse_args()
    engine = Timed(load_engine(arguments.model, workers=1))
    parts = Parts(load_recognizer_in(MODELS / "ner-de"), ExtractiveSummarizer(), engine)
    if arguments.stand_ins:
        measure_stand_ins(arguments.corpora, parts, arguments.lines)
        return
    for name in SETS:
        compare(name, arguments.corpora, parts, engine, arguments.lines)


if __name__ == "__main__":
    main()
