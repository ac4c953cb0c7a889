"""The links that a reader judged: the same sentences and attention must give the right ones again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from service.alignment.projection import project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.model import Mention
from service.segmentation.model import Sentence
from service.translation.model import Link, Translation

JUDGED = Path(__file__).parents[1] / "fixtures" / "links" / "wikinews.jsonl"
LEAST_RIGHT = 0.95


def read() -> list[dict[str, Any]]:
    with JUDGED.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def english_name(record: dict[str, Any]) -> str | None:
    """Project the record's sentence anew and return what its name is linked to."""
    german = record["german"]
    mentions = [Mention(german[start:end], start, end, kind) for start, end, kind in record["mentions"]]
    entities = chain(Article(german, (Block("paragraph", 0, len(german)),)), mentions)
    translation = Translation(german, record["translation"], tuple(Link(*link) for link in record["links"]), 0.0)
    pair = project(Sentence(german, 0, len(german), 0), translation, entities)
    target = next((mention.target for mention in pair.mentions if mention.source[0] == record["start"]), None)
    return None if target is None else pair.english[slice(*target)]


def test_the_judge_found_enough_links_right() -> None:
    records = read()
    assert len(records) == 300
    assert sum(record["right"] for record in records) / len(records) >= LEAST_RIGHT


def test_the_right_links_are_made_again() -> None:
    records = read()
    again = [record["right"] and english_name(record) == record["english_name"] for record in records]
    lost = [(record["name"], record["english_name"]) for record, same in zip(records, again, strict=True) if not same]
    assert sum(again) / len(records) >= LEAST_RIGHT, lost
