"""A budget is never exceeded, and it is spent on the sentences that carry most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.plain import read_text
from service.places import SEEDS
from service.segmentation.german import segment
from service.summarization.budget import Budget, within
from service.summarization.extractive import ExtractiveSummarizer
from service.summarization.graphemes import graphemes

ARTICLES = [read_text(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]


def summary(budget: Budget, article: int = 0) -> list[str]:
    sentences = segment(ARTICLES[article])
    return [choice.sentence.text for choice in ExtractiveSummarizer().choose(ARTICLES[article], sentences, (), budget)]


@given(st.integers(1, 400), st.integers(0, 2))
def test_words_are_never_exceeded(limit, article):
    assert len(" ".join(summary(Budget(words=limit), article)).split()) <= limit


@given(st.integers(1, 2500), st.integers(0, 2))
def test_characters_are_never_exceeded(limit, article):
    assert graphemes(" ".join(summary(Budget(characters=limit), article))) <= limit


@given(st.integers(1, 8), st.integers(1, 200), st.integers(1, 1500))
def test_all_bounds_hold_together(sentences, words, characters):
    found = summary(Budget(sentences, words, characters))
    assert Budget(sentences, words, characters).holds(found)
    assert len(found) <= sentences


@pytest.mark.parametrize("budget", [Budget(words=60), Budget(characters=450)])
def test_a_budget_with_room_for_sentences_is_spent(budget):
    for article in range(3):
        found = summary(budget, article)
        assert found
        assert not budget.holds([*found, "x" * 300 + " x" * 40])


def test_a_larger_budget_holds_more():
    sizes = [len(summary(Budget(words=limit))) for limit in (30, 60, 120, 240)]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1]


def test_a_budget_of_words_is_not_filled_with_sentences_that_lean_on_others():
    """“Er fügte hinzu” of seed 001 may come after its antecedent only."""
    found = summary(Budget(words=400), article=1)
    at = next(index for index, text in enumerate(found) if text.startswith("Er fügte hinzu"))
    assert found[at - 1].startswith("Bei einem Treffen")


def test_nothing_fits_into_a_word():
    assert summary(Budget(words=1)) == []


def test_an_emoji_with_its_skin_tone_is_one_character():
    assert Budget(characters=2).holds(
        [
            "👍🏽",
        ]
    ) and Budget(characters=3).holds(["👍🏽", "a"])
    assert not Budget(characters=2).holds(["👍🏽", "a"])


def test_what_is_too_long_in_english_goes_least_important_first():
    german = ["Der Minister trat zurück.", "Er nannte keine Gründe.", "Berlin schweigt."]
    english = ["The minister resigned.", "He gave no reasons at all for doing so.", "Berlin is silent."]
    assert within(Budget(words=30), [german, english], [0.9, 0.5, 0.4]) == [0, 1, 2]
    assert within(Budget(words=12), [german, english], [0.9, 0.5, 0.4]) == [0, 1]
    assert within(Budget(words=12), [german, english], [0.3, 0.2, 0.9]) == [2]  # “Er” goes with whom it means
    assert within(Budget(words=2), [german, english], [0.9, 0.5, 0.4]) == []


def test_an_empty_summary_keeps_every_budget():
    assert within(Budget(words=1), [[], []], []) == []
