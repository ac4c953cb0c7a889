"""Many requests, one engine: nobody starves, nobody waits for a batch to fill, nothing is translated twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.patience import Cancelled, DeadlineExceeded, Patience
from service.translation.batching import (
    TURN_CHARACTERS,
    Closed,
    MicroBatcher,
    Overloaded,
    bytes_of,
    sentence_cache,
)
from service.translation.model import Link, Translation
from tests.waiting import WAIT_SECONDS, until


class Engine:
    """Translates by shouting; remembers its batches; waits at the gate while it is closed; chokes on `choke`."""

    def __init__(self, choke: str = "") -> None:
        self.batches: list[list[str]] = []
        self.manners: list[list[str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.choke = choke

    def translate(self, segments, manner="plain"):
        self.batches.append(list(segments))
        self.manners.append(manner)
        assert self.gate.wait(WAIT_SECONDS)
        if self.choke in segments:
            raise ValueError(self.choke)
        return [Translation(segment, segment.upper(), (), -1.0) for segment in segments]


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def batcher(engine):
    made = MicroBatcher(engine)
    yield made
    engine.gate.set()
    made.close()


def article(name: str, sentences: int) -> list[str]:
    return [f"{name}: Satz Nummer {number} eines Artikels, so lang wie üblich." for number in range(sentences)]


def busy(engine: Engine, batcher: MicroBatcher, pool: ThreadPoolExecutor):
    """Keep the engine at work, so that what comes next has to wait."""
    engine.gate.clear()
    first = pool.submit(batcher.translate, ["der erste"])
    until(lambda: engine.batches)
    return first


def test_results_come_back_in_order_and_to_their_caller(batcher):
    with ThreadPoolExecutor(16) as pool:
        articles = [article(str(number), 30) for number in range(16)]
        for sent, got in zip(articles, pool.map(batcher.translate, articles), strict=True):
            assert [translation.target for translation in got] == [sentence.upper() for sentence in sent]


def test_nothing_to_do_needs_no_engine(batcher, engine):
    assert batcher.translate([]) == []
    assert engine.batches == []


def test_what_waits_is_translated_together(batcher, engine):
    with ThreadPoolExecutor(8) as pool:
        first = busy(engine, batcher, pool)
        others = [pool.submit(batcher.translate, [f"Satz {number}"]) for number in range(5)]
        until(lambda: len(batcher._requests) == 5)
        engine.gate.set()
        assert first.result()[0].target == "DER ERSTE"
        assert [other.result()[0].target for other in others] == [f"SATZ {number}" for number in range(5)]
    assert len(engine.batches) == 2


def test_the_same_sentence_is_translated_once(batcher, engine):
    with ThreadPoolExecutor(8) as pool:
        busy(engine, batcher, pool)
        others = [pool.submit(batcher.translate, ["Guten Morgen.", "Guten Morgen."]) for _ in range(3)]
        until(lambda: len(batcher._requests) == 3)
        engine.gate.set()
        assert all(len(other.result()) == 2 for other in others)
    assert engine.batches[1] == ["Guten Morgen."]


def test_a_long_request_delays_a_short_one_by_one_batch_at_most(batcher, engine):
    with ThreadPoolExecutor(4) as pool:
        busy(engine, batcher, pool)
        long = pool.submit(batcher.translate, article("lang", 400))
        until(lambda: len(batcher._requests) == 1)
        short = pool.submit(batcher.translate, article("kurz", 3))
        until(lambda: len(batcher._requests) == 2)
        engine.gate.set()
        short.result()
        long.result()
    where = [number for number, batch in enumerate(engine.batches) if any(s.startswith("kurz") for s in batch)]
    assert where == [1]
    assert sum(len(s) for s in engine.batches[1] if s.startswith("lang")) > TURN_CHARACTERS // 2, "both in one batch"


def test_a_deadline_ends_the_wait_and_the_work(batcher, engine):
    with ThreadPoolExecutor(4) as pool:
        first = busy(engine, batcher, pool)
        with pytest.raises(DeadlineExceeded):
            batcher.within(Patience.of_seconds(0.05)).translate(article("spät", 100))
        assert batcher.waiting_characters == 0
        engine.gate.set()
        first.result()
        assert batcher.translate(["danach"])[0].target == "DANACH"
    assert not any("spät" in sentence for batch in engine.batches for sentence in batch)


def test_a_caller_who_hangs_up_costs_nothing_more(batcher, engine):
    with ThreadPoolExecutor(4) as pool:
        busy(engine, batcher, pool)
        gone = threading.Event()
        waiting = pool.submit(batcher.within(Patience(cancelled=gone)).translate, article("weg", 100))
        until(lambda: batcher.waiting_characters > 0)
        gone.set()
        with pytest.raises(Cancelled):
            waiting.result()
        engine.gate.set()
        batcher.translate(["danach"])
    assert not any("weg" in sentence for batch in engine.batches for sentence in batch)


def test_a_full_queue_says_when_to_come_back(engine):
    batcher = MicroBatcher(engine, queue_characters=5_000)
    with ThreadPoolExecutor(4) as pool:
        busy(engine, batcher, pool)
        accepted = pool.submit(batcher.translate, article("groß", 200))
        until(lambda: batcher.waiting_characters > 5_000)
        with pytest.raises(Overloaded) as refusal:
            batcher.translate(["einer zu viel"])
        assert refusal.value.retry_after == max(1, -(-batcher.waiting_characters // int(batcher.rate)))
        engine.gate.set()
        assert len(accepted.result()) == 200, "an empty queue takes what could never fit otherwise"
        assert batcher.translate(["jetzt"])[0].target == "JETZT"
    batcher.close()


def test_only_the_request_with_the_bad_sentence_fails():
    engine = Engine(choke="Gift")
    batcher = MicroBatcher(engine)
    with ThreadPoolExecutor(4) as pool:
        busy(engine, batcher, pool)
        good = pool.submit(batcher.translate, ["gut"])
        bad = pool.submit(batcher.translate, ["auch gut", "Gift"])
        until(lambda: len(batcher._requests) == 2)
        engine.gate.set()
        assert good.result()[0].target == "GUT"
        with pytest.raises(ValueError, match="Gift"):
            bad.result()
    assert batcher.translate(["weiter"])[0].target == "WEITER"
    batcher.close()


def test_closing_ends_every_wait(engine):
    batcher = MicroBatcher(engine)
    with ThreadPoolExecutor(4) as pool:
        first = busy(engine, batcher, pool)
        waiting = pool.submit(batcher.translate, ["nie"])
        until(lambda: len(batcher._requests) == 1)
        closing = pool.submit(batcher.close)
        until(lambda: batcher._closed)
        engine.gate.set()
        closing.result()
        assert first.result()[0].target == "DER ERSTE"
        with pytest.raises(Closed):
            waiting.result()
    with pytest.raises(Closed):
        batcher.translate(["zu spät"])


def test_an_edited_article_costs_its_changed_sentence_only(engine):
    batcher = MicroBatcher(engine, sentence_cache(1_000_000))
    sentences = article("alt", 30)
    before = batcher.translate(sentences)
    sentences[7] = "Ein neuer Satz."
    after = batcher.translate(sentences)
    assert engine.batches[1:] == [["Ein neuer Satz."]]
    assert after[:7] == before[:7] and after[7].target == "EIN NEUER SATZ."
    batcher.close()


def test_a_batch_holds_sentences_of_every_manner(batcher, engine):
    with ThreadPoolExecutor(8) as pool:
        busy(engine, batcher, pool)
        waiting = []
        for number, manner in enumerate(("plain", "careful", "plain", "careful")):
            waiting.append(pool.submit(batcher.translate, [f"Satz {number}"], manner))
            until(lambda number=number: len(batcher._requests) == number + 1)
        engine.gate.set()
        assert [one.result()[0].target for one in waiting] == [f"SATZ {number}" for number in range(4)]
    assert engine.batches[1:] == [[f"Satz {number}" for number in range(4)]]
    assert engine.manners[1:] == [["plain", "careful", "plain", "careful"]]


def test_one_sentence_may_be_asked_for_in_two_manners_at_once(batcher, engine):
    batcher.translate(["Ein Satz.", "Ein Satz."], ["wide", "careful"])
    assert (engine.batches, engine.manners) == ([["Ein Satz.", "Ein Satz."]], [["wide", "careful"]])


def test_what_was_translated_in_one_manner_is_not_remembered_for_the_other(engine):
    batcher = MicroBatcher(engine, sentence_cache(1_000_000))
    for manner in ("plain", "careful", "careful", "plain"):
        batcher.translate(["Ein Satz."], manner)
    assert engine.manners == [["plain"], ["careful"]]
    batcher.close()


def test_a_caller_may_ask_not_to_be_remembered(engine):
    batcher = MicroBatcher(engine, sentence_cache(1_000_000))
    for _ in range(2):
        batcher.within(Patience(recall=False, remember=False)).translate(["Geheim."])
    assert engine.batches == [["Geheim."], ["Geheim."]]
    batcher.close()


def test_a_caller_may_ask_for_a_fresh_translation_that_others_are_given_afterwards(engine):
    batcher = MicroBatcher(engine, sentence_cache(1_000_000))
    batcher.translate(["Neu."])
    batcher.within(Patience(recall=False)).translate(["Neu."])
    batcher.translate(["Neu."])
    assert engine.batches == [["Neu."], ["Neu."]]
    batcher.close()


def test_the_cache_keeps_to_its_bytes_and_forgets_the_oldest():
    links = tuple(Link(i, i + 1, i, i + 1, 0.5) for i in range(20))
    entries = [Translation(f"Satz {number}", f"Sentence {number}", links, -1.0) for number in range(100)]
    most = 10 * bytes_of(("plain", "Satz 10"), entries[10])
    cache = sentence_cache(most)
    for entry in entries:
        cache.put(("plain", entry.source), entry)
        assert cache.figures().bytes <= most
    assert cache.get(("plain", "Satz 0")) is None
    assert cache.get(("plain", "Satz 99")) == entries[99]
    assert (cache.figures().hits, cache.figures().misses) == (1, 1)


def test_the_cache_counts_an_entry_once():
    cache, yes = sentence_cache(10_000), Translation("Ja", "Yes", (), -1.0)
    for _ in range(2):
        cache.put(("plain", "Ja"), yes)
    assert cache.figures().bytes == bytes_of(("plain", "Ja"), yes)


def test_the_cache_refuses_what_is_larger_than_itself():
    cache = sentence_cache(1_000)
    cache.put(("plain", "x" * 10_000), Translation("x" * 10_000, "y", (), -1.0))
    assert cache.figures().bytes == 0


def test_what_is_begun_is_translated_while_the_request_does_something_else(batcher, engine):
    request = batcher.within(Patience())
    request.begin(["Ein Satz.", "Noch einer."])
    until(lambda: engine.batches)
    assert [found.target for found in request.translate(["Noch einer.", "Ein Satz."])] == ["NOCH EINER.", "EIN SATZ."]
    assert engine.batches == [["Ein Satz.", "Noch einer."]]


def test_only_what_was_not_foreseen_is_left_to_do(batcher, engine):
    request = batcher.within(Patience())
    request.begin(["Ein Satz.", "Noch einer."])
    until(lambda: engine.batches)
    assert [found.target for found in request.translate(["Ein Satz.", "Ein dritter."])] == ["EIN SATZ.", "EIN DRITTER."]
    assert engine.batches[1:] == [["Ein dritter."]]


def test_what_was_begun_plainly_is_translated_carefully_when_that_is_asked(batcher, engine):
    request = batcher.within(Patience())
    request.begin(["Ein Satz."])
    request.translate(["Ein Satz."], "careful")
    assert [manner for manners in engine.manners for manner in manners] == ["plain", "careful"]


def test_what_was_begun_for_a_request_that_was_given_up_is_not_translated(batcher, engine):
    with ThreadPoolExecutor(2) as pool:
        first = busy(engine, batcher, pool)
        patience = Patience()
        batcher.within(patience).begin(article("Verlassen", 5))
        patience.cancelled.set()
        engine.gate.set()
        first.result()
        batcher.translate(["der letzte"])
    assert engine.batches == [["der erste"], ["der letzte"]]
    assert batcher.waiting_characters == 0
