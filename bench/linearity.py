"""Show that every stage costs as much a sentence in a long article as in a short one.

    python -m bench.linearity [--sentences 100 1000 10000]

Long articles are made of blocks of a hundred sentences of the samples; each block brings people of its own, so that the
names grow with the article. A block is translated once, so that what is measured is the work around the engine, which
translates batch by batch and is linear by construction. The setting `max_characters` would refuse the longest.
"""

from __future__ import annotations

import argparse
import itertools
import random
import string
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from service.alignment.stand_ins import words_of
from service.article.language import require_german
from service.article.plain import read_text
from service.checks.attempts import Attempt, Plan, account_of, attempt, first_plans, other_plan
from service.checks.counterparts import marked
from service.checks.gate import run_checks
from service.entities.chains import chain
from service.entities.model import Entity
from service.loading import load_parts
from service.patience import Patience
from service.pipeline.english import projector_of
from service.pipeline.parts import Parts
from service.pipeline.results import ArticleEntities, ArticleTranslation
from service.pipeline.warnings import unlinked_names
from service.rendering.entities import article_entities_json
from service.rendering.translations import translation_json
from service.segmentation.german import segment
from service.segmentation.model import Sentence
from service.settings import Settings
from service.summarization.budget import BY_LENGTH
from service.translation.model import Translation

BLOCK = 100  # sentences
NEW_PEOPLE = 5  # in each block
PERSON, LETTERS = "Bernd ", 7  # and a surname of so many letters: every name is of one length
ANYBODY = "Schmidt"
SAID = " sagte am Montag in Berlin, das Treffen mit Wladimir Putin sei gut gewesen."
Result = TypeVar("Result")


def surnames() -> Iterator[str]:
    drawn = random.Random(1)
    while True:
        yield "".join(drawn.choices(string.ascii_lowercase, k=LETTERS)).capitalize()


def block(sentences: list[str], people: list[str]) -> str:
    """A hundred sentences in paragraphs of four; every twentieth is somebody's."""
    drawn = [sentences[number % len(sentences)] for number in range(BLOCK)]
    for place, person in enumerate(people):
        drawn[20 * place] = (
            f"{PERSON}{person} sagte am Montag in Berlin, das Treffen mit Wladimir Putin sei gut gewesen."
        )
    return "\n\n".join(" ".join(drawn[start : start + 4]) for start in range(0, BLOCK, 4))


def article_text(sentences: list[str], count: int) -> str:
    names = surnames()
    blocks = [block(sentences, list(itertools.islice(names, NEW_PEOPLE))) for _ in range(count // BLOCK)]
    return "\n\n".join(blocks)


def translations(sentences: tuple[Sentence, ...], parts: Parts) -> list[Translation]:
    """One for each sentence; a person's own surname is put where another's stood."""
    known: dict[str, Translation] = {}
    found = []
    for sentence in sentences:
        own = sentence.text[len(PERSON) :][:LETTERS] if sentence.text.endswith(SAID) else ANYBODY
        common = sentence.text.replace(own, ANYBODY)
        if common not in known:
            (known[common],) = parts.engine.translate([common])
        one = known[common]
        found.append(replace(one, source=sentence.text, target=one.target.replace(ANYBODY, own)))
    return found


def other_ways(tried: list[Attempt], by_id: dict[str, Entity], entities: tuple[Entity, ...]) -> list[Plan | None]:
    names = words_of(entities)
    return [other_plan(one, by_id, names) for one in tried]


class Meter:
    """Microseconds a sentence of each stage."""

    def __init__(self, sentences: int) -> None:
        self.sentences = sentences
        self.found: dict[str, float] = {}

    def run(self, stage: str, work: Callable[[], Result]) -> Result:
        started = time.process_time()
        result = work()
        self.found[stage] = 1e6 * (time.process_time() - started) / self.sentences
        return result


def measure(text: str, parts: Parts, count: int) -> Meter:
    meter = Meter(count)
    article = meter.run("reading", lambda: read_text(text))
    meter.run("language", lambda: require_german(article))
    sentences = meter.run("segmentation", lambda: segment(article))
    mentions = meter.run("names", lambda: parts.recognizer.recognize(article.text))
    entities = meter.run("chains", lambda: chain(article, mentions))
    meter.run("summarization", lambda: parts.summarizer.choose(article, sentences, entities, BY_LENGTH))
    translated = translations(sentences, parts)
    found = meter.run("counterparts", lambda: list(map(marked, translated)))
    projector = meter.run("alignment (start)", lambda: projector_of(entities, parts))
    pairs = meter.run("alignment", lambda: tuple(map(projector.project, sentences, found)))
    by_id = {entity.id: entity for entity in entities}
    findings = meter.run("checks", lambda: [run_checks(pair, by_id) for pair in pairs])
    plans = meter.run("first plans", lambda: first_plans(sentences, is_measured=True))
    tried = [attempt(plan, pair, one, by_id) for plan, pair, one in zip(plans, pairs, findings, strict=True)]
    meter.run("second plans", lambda: other_ways(tried, by_id, entities))
    warnings = meter.run("warnings", lambda: unlinked_names(pairs, entities))
    accounts = tuple(account_of(one)[1] for one in tried)
    names = ArticleEntities(article, entities, (), {})
    whole = ArticleTranslation(article, pairs, accounts, entities, warnings, {})
    meter.run("rendering, /v1/entities", lambda: article_entities_json(names, "utf16"))
    meter.run("rendering, /v1/translations", lambda: translation_json(whole, "utf16"))
    return meter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, nargs="+", default=[100, 1_000, 10_000])
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
    samples = [sentence.text for text in texts for sentence in segment(read_text(text))]
    parts = load_parts(Settings.from_environment({}))
    parts = parts.within(Patience(remember=False, recall=False))
    measure(article_text(samples, BLOCK), parts, BLOCK)  # warms up
    meters = [measure(article_text(samples, count), parts, count) for count in arguments.sentences]
    print("| microseconds a sentence | " + " | ".join(f"{meter.sentences:,} sentences" for meter in meters) + " |")
    print("|---|" + "---|" * len(meters))
    for stage in meters[0].found:
        print(f"| {stage} | " + " | ".join(f"{meter.found[stage]:.0f}" for meter in meters) + " |")


if __name__ == "__main__":
    main()
