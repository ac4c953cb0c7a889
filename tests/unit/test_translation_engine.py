"""What every caller may rely on, whatever the weights: form, white space, places, no endless output."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy
import pytest

from service.segmentation.long_sentences import split_long
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.loading import ModelFolderError, load_engine, load_shared_engine
from service.translation.marian_engine import (
    CLAUSE_PIECES,
    MAX_BATCH_SENTENCES,
    MAX_PIECES,
    Hypothesis,
    MarianEngine,
    Search,
    batches,
    runs_wild,
)
from service.translation.marian_tokenizer import MarianTokenizer
from tests.unit.translation_sample import LINES, write_random_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_random_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def engine(folder) -> MarianEngine:
    return load_engine(folder)


def test_empty_and_white_segments_stay_as_they_are(engine):
    assert [t.target for t in engine.translate(["", "  ", "\n\t"])] == ["", "  ", "\n\t"]
    assert engine.translate([]) == []


def test_white_space_around_a_segment_is_kept(engine):
    (translation,) = engine.translate(["\n  Der Zug fährt.\u00a0 "])
    assert translation.source == "\n  Der Zug fährt.\u00a0 "
    assert translation.target.startswith("\n  ") and translation.target.endswith("\u00a0 ")
    assert translation.target.strip() == engine.translate(["Der Zug fährt."])[0].target


@pytest.mark.parametrize(
    "segment",
    [
        "In Köln leben rund 1,1 Millionen Menschen.",
        "  😀 Emoji, ﬁ, \ud83d, \x00 und 　Leerraum ",
        "Wort " * 300,
        "x" * 2_000,
        "?",
    ],
)
def test_links_point_at_visible_text_on_both_sides(engine, segment):
    (translation,) = engine.translate([segment])
    assert translation.source == segment
    assert translation.links
    last = 0
    for link in translation.links:
        source = segment[link.source_start : link.source_end]
        target = translation.target[link.target_start : link.target_end]
        assert source and source == source.strip()
        assert target and target == target.strip(" ")
        assert link.target_start >= last
        assert 0.0 <= link.weight <= 1.0
        last = link.target_end
    assert link.target_end == len(translation.target.rstrip())


def test_order_is_kept_and_company_does_not_matter(engine):
    together = engine.translate([*LINES, "", *reversed(LINES)])
    assert [t.source for t in together] == [*LINES, "", *reversed(LINES)]
    assert [t.target for t in together[: len(LINES)]] == [engine.translate([line])[0].target for line in LINES]


def test_several_threads_may_translate_at_once(engine):
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(engine.translate, [LINES] * 8))
    assert all(result == results[0] for result in results)


def test_a_long_segment_is_split_where_the_splitter_says_and_says_so(folder):
    engine = MarianEngine(
        MarianTokenizer.from_folder(folder),
        CTranslate2Decoder(folder),
        split_long=lambda text, limit: [(0, text.index(",") + 1), (text.index(",") + 1, len(text))],
        max_pieces=20,
    )
    left, right = "Die Brücke wird gesperrt,", "viele Schulen bleiben zu."
    (translation,) = engine.translate([f"{left} {right}"])
    assert translation.parts == 2
    assert translation.target == " ".join(t.target for t in engine.translate([left, right]))


def test_no_part_is_longer_than_the_model_takes(folder):
    lengths = []

    class Watching(CTranslate2Decoder):
        def decode(self, batches, searches):
            lengths.extend(len(source) for batch in batches for source in batch)
            return super().decode(batches, searches)

    engine = MarianEngine(MarianTokenizer.from_folder(folder), Watching(folder), lambda t, limit: [(0, len(t))])
    engine.translate(["Regen und Gewitter in vielen Orten " * 100, "ü" * 5_000, "Köln"])
    assert max(lengths) <= MAX_PIECES


def test_with_care_a_sentence_is_translated_clause_by_clause_with_a_beam(folder):
    decoded = []

    class Watching(CTranslate2Decoder):
        def decode(self, batches, searches):
            for batch, search in zip(batches, searches, strict=True):
                decoded.extend((search.beam_size, len(source)) for source in batch)
            return super().decode(batches, searches)

    engine = MarianEngine(MarianTokenizer.from_folder(folder), Watching(folder), split_long)
    clauses = ["Der Zug nach Hannover fährt heute 20 Minuten später ab,"] * 4
    (translation,) = engine.translate([" ".join(clauses)], "careful")
    assert translation.parts == len(decoded) > 1
    assert len(translation.others) == 3
    assert all(other.source == translation.source and other.links for other in translation.others)
    assert all(beam == 4 and length <= CLAUSE_PIECES for beam, length in decoded)


def test_one_batch_of_segments_may_be_translated_in_several_manners(engine):
    german = "Der Zug nach Hannover fährt heute 20 Minuten später ab, weil es in Ulm regnet."
    plain, careful, wide = engine.translate([german] * 3, ["plain", "careful", "wide"])
    assert [len(one.others) for one in (plain, careful, wide)] == [0, 3, 3]
    assert (plain.parts, wide.parts) == (1, 1) and careful.parts > 1
    assert plain.target == engine.translate([german])[0].target


class Looping:
    """A decoder that loops when greedy and finds its way with a beam, as real ones do."""

    workers = 1

    def decode(self, batches, searches):
        return [
            [self.hypothesis(len(source), search.beam_size) for source in batch]
            for batch, search in zip(batches, searches, strict=True)
        ]

    def hypothesis(self, length, beam):
        found = ["▁der"] * 40 if beam == 1 else ["▁der", "▁Zug"]
        return Hypothesis(found, numpy.full((len(found), length + 1), 0.1), -1.0)


def test_a_loop_is_tried_again_with_care(folder):
    engine = MarianEngine(MarianTokenizer.from_folder(folder), Looping(), lambda text, limit: [(0, len(text))])
    assert engine.translate(["Der Zug nach Hannover fährt heute später ab."])[0].target == "der Zug"


def test_what_counts_as_running_wild():
    source = list("abcdefgh")
    assert runs_wild(source, [])
    assert runs_wild(source, list("xyzw") * 3)
    assert runs_wild(source, [str(i) for i in range(Search().max_length(len(source)))])
    assert not runs_wild(source, list("hgfedcba"))
    assert not runs_wild(list("0 0 0 0 0 0 0 "), list("0 0 0 0 0 0 0 ")), "the source has the loop itself"


def test_batches_are_alike_in_length_and_bounded():
    lengths = [5, 40, 7, 38, 6, 120, 9] * 30
    order = batches(lengths, workers=2)
    assert sorted(i for batch in order for i in batch) == list(range(len(lengths)))
    assert max(map(len, order)) <= MAX_BATCH_SENTENCES
    flat = [lengths[i] for batch in order for i in batch]
    assert flat == sorted(flat, reverse=True)


def test_every_worker_gets_a_share():
    assert len(batches([20] * 27, workers=2)) == 2
    assert len(batches([20, 20], workers=2)) == 2
    assert batches([20], workers=2) == [[0]]
    assert batches([], workers=2) == []


def test_a_batch_ends_nearest_to_a_workers_share():
    assert batches([77, 76, 58, 52, 49], workers=2) == [[0, 1], [2, 3, 4]]
    assert batches([30, 21, 15, 11], workers=2) == [[0], [1, 2, 3]]


def test_how_much_is_read_at_once_is_the_models_own(folder):
    sentence = "Die Brücke wird gesperrt, viele Schulen bleiben zu, und die Züge fahren heute 20 Minuten später ab."
    whole, cut = (load_engine(folder, max_pieces=most).translate([sentence])[0] for most in (120, 20))
    assert whole.parts == 1
    assert cut.parts > 1


def test_an_incomplete_folder_is_named(folder, tmp_path):
    for name in ("config.json", "source.spm", "target.spm", "vocab.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with pytest.raises(ModelFolderError, match=r"model\.bin"):
        load_engine(tmp_path)


@pytest.mark.parametrize(
    ("segment", "run"),
    [
        ("Der Zug fährt 😀.", "😀"),
        ("Präsident Володимир Зеленський besuchte Köln.", "Володимир Зеленський"),
        ("Xi (习近平) besuchte Köln.", "习近平"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("Die Brücke wird gesperrt ♥♥♥", "♥♥♥"),
    ],
)
def test_what_the_model_cannot_read_comes_out_as_it_went_in(engine, segment, run):
    (translation,) = engine.translate([segment])
    assert run in translation.target
    (own,) = [link for link in translation.links if segment[link.source_start : link.source_end] == run]
    assert translation.target[own.target_start : own.target_end] == run
    starts = [link.target_start for link in translation.links]
    assert starts == sorted(starts)


def test_a_word_with_one_unreadable_letter_is_copied_whole(engine):
    assert "Ștefan" in engine.translate(["Der Trainer Ștefan lobte die Mannschaft."])[0].target


def test_the_shared_engine_translates_like_the_plain_one(engine, folder):
    shared = load_shared_engine(folder, cache_bytes=1_000_000)
    with ThreadPoolExecutor(4) as pool:
        for got in pool.map(shared.translate, [LINES, LINES[3:9], ["", *LINES[:2]], [LINES[0]]]):
            assert [t.target for t in got] == [t.target for t in engine.translate([t.source for t in got])]
    shared.close()


@pytest.mark.parametrize("hint", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_where_a_german_word_may_break_says_nothing_about_the_english(engine, hint):
    plain = "Der Präsident spricht über Verhandlungen mit Ștefan und Зеленський."
    hinted = f"Der Präsi{hint}dent spricht über Ver{hint}hand{hint}lungen mit Ște{hint}fan und Зелен{hint}ський."
    bare, found = engine.translate([plain, hinted])
    assert found.target == bare.target
    assert "Ștefan" in found.target and "Зеленський" in found.target
    for one, other in zip(bare.links, found.links, strict=True):
        source = hinted[other.source_start : other.source_end]
        assert source.replace(hint, "") == plain[one.source_start : one.source_end]
        assert found.target[other.target_start : other.target_end] == bare.target[one.target_start : one.target_end]
