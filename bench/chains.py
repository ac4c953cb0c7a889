"""Measures entity chains against the gold articles in tests/fixtures/chains: pairwise F1, given the gold mentions.

    python -m bench.chains [-v]

A pair is two mentions of one chain. A wrong person merge is a predicted person that holds mentions of two gold people.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.model import Entity, EntityType, Mention

GOLD = Path(__file__).parents[1] / "tests" / "fixtures" / "chains" / "articles.jsonl"
MARK = re.compile(r"\{([PLOM]\d+):([^}]+)\}")
TYPES: dict[str, EntityType] = {"P": "PER", "L": "LOC", "O": "ORG", "M": "MISC"}
REPEATS = 20
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its mentions, and for each mention's place the chain that it belongs to ("P1", "L2")."""

    id: str
    part: str
    article: Article
    mentions: tuple[Mention, ...]
    chains: dict[Place, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of mention pairs, and what went wrong in words."""

    right: int
    predicted: int
    gold: int
    wrong_people: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def read_gold(path: Path = GOLD) -> list[GoldArticle]:
    with path.open(encoding="utf-8") as lines:
        return [_gold_article(json.loads(line)) for line in lines]


def score(gold: GoldArticle, entities: Sequence[Entity]) -> Score:
    """Compare on the gold mentions; mentions that the chains found beside them are left aside."""
    predicted = {(m.start, m.end): entity.id for entity in entities for m in entity.mentions}
    places = [place for place in gold.chains if place in predicted]
    right = found = 0
    faults = []
    for left, other in itertools.combinations(places, 2):
        together, truly = predicted[left] == predicted[other], gold.chains[left] == gold.chains[other]
        found += together
        right += together and truly
        if together != truly:
            words = " / ".join(f"“{gold.article.text[slice(*place)]}”" for place in (left, other))
            faults.append(f"{gold.id}: {'merged' if together else 'missed'} {words}")
    sizes = collections.Counter(gold.chains.values()).values()
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    return Score(right, found, pairs, tuple(_wrong_people(gold, predicted)), tuple(faults))


def total(scores: Sequence[Score]) -> Score:
    return Score(
        sum(one.right for one in scores),
        sum(one.predicted for one in scores),
        sum(one.gold for one in scores),
        tuple(itertools.chain.from_iterable(one.wrong_people for one in scores)),
        tuple(itertools.chain.from_iterable(one.faults for one in scores)),
    )


def _wrong_people(gold: GoldArticle, predicted: dict[Place, str]) -> Iterator[str]:
    people: dict[str, set[str]] = collections.defaultdict(set)
    for place, truth in gold.chains.items():
        if place in predicted and truth.startswith("P"):
            people[predicted[place]].add(truth)
    yield from (f"{gold.id}: {' and '.join(sorted(truths))}" for truths in people.values() if len(truths) > 1)


def _gold_article(record: dict[str, str]) -> GoldArticle:
    text, mentions, chains = "", [], {}
    marked, done = record["text"], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        place = (len(text), len(text) + len(mark[2]))
        text += mark[2]
        mentions.append(Mention(mark[2], *place, TYPES[mark[1][0]]))
        chains[place] = mark[1]
        done = mark.end()
    text += marked[done:]
    return GoldArticle(record["id"], record["part"], Article(text, _blocks(text)), tuple(mentions), chains)


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", *line.span()) for line in re.finditer(r"[^\n]+", text))


def _seconds_of_550_words(gold: Sequence[GoldArticle]) -> float:
    """Mean over the seeds, which are ordinary articles; the others are short and dense with names."""
    seeds = [article for article in gold if article.id.startswith("seed")]
    words = sum(len(article.article.text.split()) for article in seeds)
    started = time.process_time()
    for _ in range(REPEATS):
        for article in seeds:
            chain(article.article, article.mentions)
    return (time.process_time() - started) / REPEATS * 550 / words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="print every wrong and missed pair")
    verbose: bool = parser.parse_args().verbose
    gold = read_gold()
    chain(gold[0].article, gold[0].mentions)  # the gazetteer is read once
    results = [(article, score(article, chain(article.article, article.mentions))) for article in gold]
    for part in ("plain", "adversarial", "held-out", "fresh", "all"):
        chosen = [one for article, one in results if part in (article.part, "all")]
        sums = total(chosen)
        print(
            f"{part:12} {len(chosen):3} articles  precision {sums.precision:.3f}  recall {sums.recall:.3f}  "
            f"F1 {sums.f1:.3f}  wrong person merges {len(sums.wrong_people)}"
        )
    print(f"{1000 * _seconds_of_550_words(gold):.2f} ms of processor time for 550 words of the seeds")
    if verbose:
        print(*total([one for _, one in results]).faults, sep="\n")
        print(*total([one for _, one in results]).wrong_people, sep="\n")


if __name__ == "__main__":
    main()
