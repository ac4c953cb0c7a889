"""A sentence that comes back is judged once, wherever it stands, as long as its names are the same."""

from __future__ import annotations

import pytest

from service.article.plain import read_text
from service.entities.glossary import Glossary
from service.entities.model import GlossaryEntry
from service.patience import Patience
from service.pipeline.parts import Parts
from service.pipeline.results import ArticleTranslation
from service.pipeline.translation import translate

ARTICLE = (
    "Kanzlerin Angela Merkel reiste am Montag nach Paris.\n"
    "Dort sprach sie mit Emmanuel Macron über 20 Millionen Euro für die Bahn.\n"
    "Merkel sagte, niemand dürfe ausgeschlossen werden."
)
MORE = "Es regnete den ganzen Tag."


@pytest.fixture
def own(parts: Parts) -> Parts:
    """The parts with a memory of this test's own."""
    from dataclasses import replace

    from service.pipeline.memory import SentenceMemory

    return replace(parts, memory=SentenceMemory(1_000_000))


def content(translation: ArticleTranslation) -> tuple:
    return translation.pairs, translation.attempts, translation.entities, translation.warnings


def misses(parts: Parts) -> int:
    return parts.memory.cache_figures().misses


def test_what_is_remembered_is_what_was_made(own):
    first = translate(read_text(ARTICLE), own)
    again = translate(read_text(ARTICLE), own)
    assert content(again) == content(first)
    assert (own.memory.cache_figures().hits, misses(own)) == (3, 3)
    assert "checks" in first.timings and "checks" not in again.timings


def test_a_sentence_may_move(own):
    before = translate(read_text(ARTICLE), own)
    after = translate(read_text(f"{MORE}\n{ARTICLE}"), own)
    assert misses(own) == 4, "only the new one is judged"
    for old, new in zip(before.pairs, after.pairs[1:], strict=True):
        assert new.source.start == old.source.start + len(MORE) + 1
        assert (new.source.text, new.english, new.mentions) == (old.source.text, old.english, old.mentions)


def test_another_english_for_a_name_is_another_outcome(own):
    translate(read_text(ARTICLE), own)
    glossary = Glossary([GlossaryEntry("Paris", "the French capital", "LOC")])
    after = translate(read_text(ARTICLE), own, glossary)
    assert misses(own) == 4
    assert "the French capital" in after.pairs[0].english


def test_a_caller_may_ask_not_to_be_remembered(own):
    secret = own.within(Patience(recall=False, remember=False))
    for _ in range(2):
        translate(read_text(ARTICLE), secret)
    assert own.memory.cache_figures().bytes == 0


def test_a_first_decode_that_stood_for_want_of_time_is_not_remembered(own, monkeypatch):
    from service.patience import DeadlineExceeded

    translate_plainly = type(own.engine).translate

    def too_late(engine, segments, manner="plain"):
        if manner and manner[0] != "plain":
            raise DeadlineExceeded
        return translate_plainly(engine, segments, manner)

    monkeypatch.setattr(type(own.engine), "translate", too_late)
    hurried = translate(read_text(ARTICLE), own)
    remembered = own.memory.cache_figures().bytes
    monkeypatch.undo()
    unhurried = translate(read_text(ARTICLE), own)
    doubtful = [account for account in unhurried.attempts if len(account.tried) > 1]
    assert all(len(account.tried) == 1 for account in hurried.attempts)
    assert (own.memory.cache_figures().bytes > remembered) == bool(doubtful)
