"""The summaries of the sample articles, as an editor would check them."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from service.article.model import Article
from service.article.plain import read_text
from service.segmentation.german import segment
from service.summarization.budget import Budget
from service.summarization.extractive import ExtractiveSummarizer
from service.summarization.model import ChosenSentence
from service.summarization.terms import terms

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
EXPECTED = tomllib.loads((HERE / "seeds.toml").read_text(encoding="utf-8"))


def summarize(name: str, count: int | None = None) -> tuple[Article, tuple[ChosenSentence, ...]]:
    article = read_text(next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8"))
    return article, ExtractiveSummarizer().choose(article, segment(article), (), Budget(count))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_expected_sentences_in_order(name: str) -> None:
    _, chosen = summarize(name)
    assert len(chosen) == EXPECTED[name]["sentences"]
    for choice, expected in zip(chosen, EXPECTED[name]["chosen"], strict=True):
        assert choice.sentence.text.startswith(expected["begins"]), expected["why"]


@pytest.mark.parametrize("count", [1, 2, 4, 8, 12])
@pytest.mark.parametrize("name", EXPECTED)
def test_whatever_the_length_the_summary_reads(name: str, count: int) -> None:
    article, chosen = summarize(name, count)
    texts = [choice.sentence.text for choice in chosen]
    assert len(texts) == min(count, len(texts)) > 0
    for choice in chosen:
        assert article.text[choice.sentence.start : choice.sentence.end] == choice.sentence.text
        assert article.blocks[choice.sentence.block].kind == "paragraph"
        assert 0 <= choice.rank <= 1
    assert [choice.sentence.start for choice in chosen] == sorted(choice.sentence.start for choice in chosen)


@pytest.mark.parametrize("count", [3, 6, 12])
@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_is_said_twice(name: str, count: int) -> None:
    _, chosen = summarize(name, count)
    for one, other in combinations(chosen, 2):
        ours, theirs = set(terms(one.sentence.text)), set(terms(other.sentence.text))
        assert len(ours & theirs) < 0.8 * min(len(ours), len(theirs)), (one.sentence.text, other.sentence.text)


@pytest.mark.parametrize("count", [2, 4, 6, 8])
@pytest.mark.parametrize("name", EXPECTED)
def test_no_sentence_hangs_in_the_air(name: str, count: int) -> None:
    article, chosen = summarize(name, count)
    starts = {choice.sentence.start for choice in chosen}
    sentences = [sentence for sentence in segment(article) if article.blocks[sentence.block].kind == "paragraph"]
    before = dict(zip((sentence.start for sentence in sentences[1:]), sentences, strict=False))
    for choice in chosen:
        if re.match(r"(Er|Sie|Sein|Dieses|Es|Zudem|Zuvor|Anschließend|Beide) ", choice.sentence.text):
            assert before[choice.sentence.start].start in starts, choice.sentence.text


@pytest.mark.parametrize("name", EXPECTED)
def test_every_quotation_is_whole(name: str) -> None:
    _, chosen = summarize(name, 8)
    for choice in chosen:
        assert choice.sentence.text.count("„") == choice.sentence.text.count("“")


def test_the_subheadings_of_001_and_003_are_never_chosen() -> None:
    for name, heading in (("001", "Nordkorea will Kooperation"), ("001", "Kritik aus den USA"), ("003", "Putin: Verh")):
        _, chosen = summarize(name, 50)
        assert len(chosen) > 8
        assert not any(choice.sentence.text.startswith(heading) for choice in chosen)


def test_the_lead_that_001_repeats_with_another_spelling_is_told_once() -> None:
    _, chosen = summarize("001", 50)
    assert sum("die militärische Unterstützung zwischen Moskau" in choice.sentence.text for choice in chosen) == 1
