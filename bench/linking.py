"""How many German names find their English counterpart: every sentence of a test set, recognised, chained, translated.

    python -m bench.linking SOURCE.de... [--reference | --model FOLDER] [--sentences N] [--sample FILE]

Sources are German sentences, one a line; `--reference` takes SOURCE.en as the translation, without attention, which
measures the forms alone. `--sample` writes links to be judged by hand, as tests/fixtures/links holds them.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.alignment.model import SentencePair
from service.alignment.projection import project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.model import Entity, Mention
from service.entities.recognition import SpacyRecognizer
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.translation.base import TranslationEngine
from service.translation.loading import load_engine
from service.translation.model import Translation

MODELS = Path(__file__).parents[1] / "models"
BATCH = 64
SEED = 20
SAMPLE = 300


@dataclass(slots=True)
class Tally:
    """Mentions by the way in which they were found ("none": not at all), changes, and seconds of projection."""

    found: collections.Counter[str] = field(default_factory=collections.Counter)
    by_type: collections.Counter[tuple[str, bool]] = field(default_factory=collections.Counter)
    changes: int = 0
    sentences: int = 0
    seconds: float = 0.0
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def share(self) -> float:
        total = sum(self.found.values())
        return 1.0 - self.found["none"] / total if total else 1.0


def measure(pairs: Sequence[Translation], recognizer: SpacyRecognizer) -> Tally:
    """Recognise, chain and project every sentence on its own."""
    tally = Tally()
    for translation in pairs:
        article = Article(translation.source, (Block("paragraph", 0, len(translation.source)),))
        mentions = recognizer.recognize(translation.source)
        entities = chain(article, mentions)
        started = time.process_time()
        pair = project(Sentence(article.text, 0, len(article.text), 0), translation, entities)
        tally.seconds += time.process_time() - started
        _count(tally, pair, {entity.id: entity for entity in entities})
        tally.samples += _samples(pair, mentions, translation)
    return tally


def _count(tally: Tally, pair: SentencePair, entities: dict[str, Entity]) -> None:
    tally.sentences += 1
    tally.changes += len(pair.changes)
    for mention in pair.mentions:
        kind = entities[mention.entity].type
        tally.found[mention.how] += 1
        tally.by_type[kind, mention.target is not None] += 1


def _samples(pair: SentencePair, mentions: Sequence[Mention], translation: Translation) -> list[dict[str, Any]]:
    """One record per link that was made, with all that is needed to make it again; `right` is for the judge."""
    shared = {
        "german": translation.source,
        "translation": translation.target,
        "mentions": [[mention.start, mention.end, mention.type] for mention in mentions],
        "links": [
            [link.source_start, link.source_end, link.target_start, link.target_end, round(link.weight, 3)]
            for link in translation.links
        ],
    }
    return [
        {
            "name": pair.source.text[slice(*mention.source)],
            "start": mention.source[0],
            "english_name": pair.english[slice(*mention.target)],
            "how": mention.how,
            "right": None,
            **shared,
        }
        for mention in pair.mentions
        if mention.target is not None
    ]


def translations(engine: TranslationEngine, sentences: Sequence[str]) -> list[Translation]:
    found: list[Translation] = []
    for start in range(0, len(sentences), BATCH):
        found += engine.translate(sentences[start : start + BATCH])
    return found


def references(path: Path, sentences: Sequence[str]) -> list[Translation]:
    english = _lines(path.with_suffix(".en"))
    return [Translation(german, other, (), 0.0) for german, other in zip(sentences, english, strict=False)]


def _sentences(path: Path) -> list[str]:
    """The sentences of the lines, as the service splits them: wmt20 holds paragraphs."""
    return [
        sentence.text
        for line in _lines(path)
        for sentence in segment(Article(line, (Block("paragraph", 0, len(line)),)))
    ]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--reference", action="store_true")
    parser.add_argument("--model", type=Path, default=MODELS / "marian-de-en", help="folder of the translation model")
    parser.add_argument("--sentences", type=int, default=0, help="only the first N of each source")
    parser.add_argument("--sample", type=Path, help="write 300 links here, drawn by a fixed seed")
    arguments = parser.parse_args()
    engine = None if arguments.reference else load_engine(arguments.model)
    recognizer = SpacyRecognizer(MODELS / "ner-de")
    samples: list[dict[str, Any]] = []
    for source in arguments.sources:
        if engine is None:
            pairs = references(source, _lines(source)[: arguments.sentences or None])
        else:
            pairs = translations(engine, _sentences(source)[: arguments.sentences or None])
        tally = measure(pairs, recognizer)
        samples += tally.samples
        _report(source.name, tally)
    if arguments.sample:
        chosen = random.Random(SEED).sample(samples, min(SAMPLE, len(samples)))
        arguments.sample.write_text("".join(json.dumps(sample, ensure_ascii=False) + "\n" for sample in chosen))


def _report(name: str, tally: Tally) -> None:
    total = sum(tally.found.values())
    ways = "  ".join(f"{how} {count / max(1, total):.3f}" for how, count in tally.found.most_common())
    types = "  ".join(
        f"{kind} {tally.by_type[kind, True] / max(1, tally.by_type[kind, True] + tally.by_type[kind, False]):.3f}"
        for kind in ("PER", "LOC", "ORG", "MISC")
    )
    print(f"{name}: {tally.sentences} sentences, {total} mentions, {tally.share:.3f} with an English span")
    print(f"  by type: {types}\n  by way:  {ways}")
    milliseconds = 1000 * tally.seconds / max(1, tally.sentences)
    print(f"  {tally.changes} names put right; projection {milliseconds:.2f} ms a sentence")


if __name__ == "__main__":
    main()
