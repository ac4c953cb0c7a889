"""The links that a reader judged: the same sentences and attention must give the right ones again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.linking import SAMPLE, drawn, judged
from bench.linking import Link as JudgedLink
from service.alignment.projection import project
from service.article.model import Article, Block
from service.entities.chains import chain
from service.entities.model import Mention
from service.segmentation.model import Sentence
from service.translation.model import Link, Translation

LINKS = Path(__file__).parents[1] / "fixtures" / "links"
LEAST_RIGHT = 0.95


def read(name: str) -> list[dict[str, Any]]:
    with (LINKS / name).open(encoding="utf-8") as lines:
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


@pytest.mark.parametrize("name", ["wikinews.jsonl", "wmt.jsonl"])
def test_the_judge_found_enough_links_right(name: str) -> None:
    records = read(name)
    assert len(records) == 300
    assert sum(record["right"] for record in records) / len(records) >= LEAST_RIGHT


def test_the_right_links_are_made_again() -> None:
    records = read("wikinews.jsonl")
    again = [record["right"] and english_name(record) == record["english_name"] for record in records]
    lost = [(record["name"], record["english_name"]) for record, same in zip(records, again, strict=True) if not same]
    assert sum(again) / len(records) >= LEAST_RIGHT, lost


def test_a_sample_is_the_same_mentions_whatever_the_translation_was() -> None:
    links = [link(number, english_name) for number in range(900) for english_name in ("Moscow",)]
    mangled = [link(number, "Moskva") for number in range(900)]
    assert [one.line for one in drawn(links)] == [one.line for one in drawn(mangled)]
    assert len(drawn(links)) == SAMPLE


def test_a_judgement_holds_until_its_link_changes() -> None:
    known = {link(1, "Moscow").key: True, link(2, "Moscow").key: False}
    links = [link(1, "Moscow"), link(2, "Moscow"), link(3, "Moscow"), link(1, "Moscou")]
    assert [one.right for one in judged(links, known, None)] == [True, False, None, None]
    assert [one.right for one in judged(links, known, frozenset({2}))] == [True, False, True, False]


def link(line: int, english_name: str) -> JudgedLink:
    return JudgedLink("wmt19", line, 0, "Moskau", english_name, "canonical", "In [Moskau]", f"In [{english_name}]")
