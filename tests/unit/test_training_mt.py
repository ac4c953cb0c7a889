"""The translation recipe: what it refuses, what it makes, and that every form of the weights translates alike."""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import sys
from collections import Counter
from pathlib import Path

import numpy
import pytest

from training.mt import augment, prepare

GOOD = [
    ("Der Minister sagte am Montag, dass das Geld fehlt.", "The minister said on Monday that the money is missing."),
    ("Die Stadt baut im nächsten Jahr eine neue Schule.", "The city is going to build a new school next year."),
]


def write_corpora(folder: Path, pairs: dict[str, list[tuple[str, str]]]) -> None:
    for part in ("parallel", "eval", "names/cldr", "names/dewiki-persons-deonly"):
        (folder / part).mkdir(parents=True)
    for name, rows in pairs.items():
        for index, side in enumerate(("de", "en")):
            with lzma.open(folder / "parallel" / f"{name}.{side}.xz", "wt", encoding="utf-8") as out:
                out.writelines(row[index] + "\n" for row in rows)
    for name in prepare.EVALUATION_SETS:
        (folder / "eval" / f"{name}.de").write_text("Der Hund bellt seit gestern Abend laut im Garten.\n", "utf-8")
        (folder / "eval" / f"{name}.en").write_text(
            "The dog has been barking in the garden since last night.\n", "utf-8"
        )
    (folder / "names" / "cldr" / "names.tsv").write_text("Polen\tPoland\tLOC\nWien\tVienna\tLOC\n", "utf-8")
    (folder / "names" / "dewiki-persons-deonly" / "names.txt").write_text("Anna Musterfrau\n", "utf-8")


def write_manifest(path: Path, **corpora: str) -> Path:
    path.write_text(
        "".join(
            f'["{name}"]\nlicence = "x"\nship = "{ship}"\nweight = 1.0\nfinal = 1.0\n' for name, ship in corpora.items()
        )
    )
    return path


def run_prepare(monkeypatch, corpora: Path, manifest: Path, out: Path) -> int:
    monkeypatch.setattr(
        sys, "argv", ["prepare", "--corpora", str(corpora), "--manifest", str(manifest), "--out", str(out)]
    )
    return prepare.main()


def test_a_corpus_that_may_not_ship_is_refused_in_one_line(tmp_path, monkeypatch, capsys):
    write_corpora(tmp_path / "corpora", {"talks": GOOD})
    manifest = write_manifest(tmp_path / "manifest.toml", talks="no")
    assert run_prepare(monkeypatch, tmp_path / "corpora", manifest, tmp_path / "out") == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1 and "talks" in message and "licence" in message
    assert not (tmp_path / "out").exists()


def test_a_missing_corpus_is_named(tmp_path, monkeypatch, capsys):
    write_corpora(tmp_path / "corpora", {"news": GOOD})
    manifest = write_manifest(tmp_path / "manifest.toml", news="yes", speeches="yes")
    assert run_prepare(monkeypatch, tmp_path / "corpora", manifest, tmp_path / "out") == 1
    assert "speeches.de.xz" in capsys.readouterr().err


def test_sides_of_unequal_length_are_refused(tmp_path, monkeypatch, capsys):
    write_corpora(tmp_path / "corpora", {"news": GOOD})
    with lzma.open(tmp_path / "corpora" / "parallel" / "news.en.xz", "wt", encoding="utf-8") as out:
        out.write("Only one line.\n")
    manifest = write_manifest(tmp_path / "manifest.toml", news="yes")
    assert run_prepare(monkeypatch, tmp_path / "corpora", manifest, tmp_path / "out") == 1
    assert "2 German lines but 1 English" in capsys.readouterr().err


def test_near_duplicates_of_the_evaluation_sets_never_train(tmp_path):
    twin = ("Der Hund bellt seit gestern Abend laut im Hof.", "The dog has been barking in the yard since Monday.")
    write_corpora(tmp_path, {"news": [*GOOD, twin]})
    removed: Counter = Counter()
    kept = list(prepare.clean(tmp_path, {"news": {}}, prepare.evaluation_shingles(tmp_path), removed))
    assert [de for _, de, _ in kept] == [de for de, _ in GOOD]
    assert removed["news", "near-duplicate of an evaluation line"] == 1


@pytest.mark.parametrize(
    ("de", "en", "reason"),
    [
        ("", "Hello.", "empty"),
        ("Guten Tag, meine Damen und Herren, liebe Gäste!", "Hi!", "length ratio"),
        ("Das ist nur ein Wort " * 30, "This is only a word " * 30, "too long"),
        (
            "The house that is on the hill was sold to the man",
            "The house that is on the hill was sold",
            "wrong language",
        ),
        ("12.3 45.6 78.9 10.1 11.2", "12.3 45.6 78.9 10.1 11.2 1", "not prose"),
    ],
)
def test_what_the_filters_remove(de, en, reason):
    assert prepare.fault(de, en, set()) == reason


def test_a_name_is_swapped_on_both_sides():
    names = {"LOC": [("Wien", "Vienna")], "PER": [("Schoigu", "Shoigu")]}
    known = {"Polen": ("Poland", "LOC")}
    swapped = augment.swap_name(
        "Er reiste gestern nach Polen.", "He went to Poland yesterday.", names, known, Counter(), random.Random(1)
    )
    assert swapped == ("Er reiste gestern nach Wien.", "He went to Vienna yesterday.")


def test_a_swapped_number_keeps_each_language_s_marks():
    de, en = augment.swap_number("Es kostet 3,25 Euro.", "It costs 3.25 euros.", random.Random(1))
    number = de.split()[2]
    assert number != "3,25" and "," in number
    assert en == f"It costs {number.replace(',', '.')} euros."


def test_a_swapped_weekday_or_scale_word_is_swapped_on_both_sides():
    from training.mt.augment import swap_term

    de, en = swap_term("Am Freitag kam Geld.", "Money came on Friday.", random.Random(1))
    pair = (de.split()[1], en.split()[-1].rstrip("."))
    assert pair != ("Freitag", "Friday")
    assert pair in [("Montag", "Monday"), ("Dienstag", "Tuesday"), ("Mittwoch", "Wednesday"),
                    ("Donnerstag", "Thursday"), ("Samstag", "Saturday"), ("Sonntag", "Sunday")]  # fmt: skip
    de, en = swap_term("Es kostete 3,2 Milliarden.", "It cost 3.2 billion.", random.Random(1))
    assert (de, en) in [("Es kostete 3,2 Millionen.", "It cost 3.2 million."),
                        ("Es kostete 3,2 Billionen.", "It cost 3.2 trillion.")]  # fmt: skip
    assert swap_term("Er kam am Freitag.", "He came yesterday.", random.Random(1)) is None


def test_straight_quotation_marks_are_set_as_papers_do():
    de, en = augment.restyle_quotes('"Nein", sagte sie.', '"No," she said.', random.Random(1))
    assert de in ("„Nein“, sagte sie.", "»Nein«, sagte sie.")
    assert en in ("“No,” she said.", '"No," she said.')
    assert augment.restyle_quotes('"Nein", sagte sie.', "She said no.", random.Random(1)) is None


# -- with torch: the weights in all their forms -------------------------------------------------------------------


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A tiny model that has learned to copy a few words, with its vocabulary: (folder, run folder)."""
    pytest.importorskip("torch")
    from training.mt import train, vocabulary

    data = tmp_path_factory.mktemp("mt")
    rng = random.Random(3)
    words = ["Haus", "Berg", "Fluss", "Stadt", "Wald", "Meer", "Sonne", "Mond", "Stern", "Wolke", "Regen", "Wind"]
    lines = [" ".join(rng.choices(words, k=rng.randint(2, 5))) for _ in range(400)]
    (data / "pairs.tsv").write_text("".join(f"news\t{line}\t{line}\n" for line in lines), "utf-8")
    (data / "valid.tsv").write_text("".join(f"news\t{line}\t{line}\n" for line in lines[:20]), "utf-8")
    vocabulary.train(data, size=500)
    encode_without_alignments(data, lines)
    manifest = write_manifest(data / "manifest.toml", news="yes")
    train.run(options(data, manifest, data / "run", steps=240))
    return data, data / "run"


def encode_without_alignments(data: Path, lines: list[str]) -> None:
    import sentencepiece

    from training.mt.encode import flat

    ids = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model")).encode(lines)
    source, offsets = flat(ids, numpy.int16)
    alignment, _ = flat([list(range(len(row))) for row in ids], numpy.int8)
    numpy.savez_compressed(
        data / "encoded.npz", source=source, source_offsets=offsets, target=source, target_offsets=offsets,
        alignment=alignment, corpus=numpy.zeros(len(ids), numpy.int8), names=numpy.array(["news"]), vocabulary=500,
    )  # fmt: skip


def options(data: Path, manifest: Path, run: Path, **changed) -> argparse.Namespace:
    settings = dict(
        data=data, manifest=manifest, run=run, init_from=None, parts=None, minutes=5, steps=None, anneal=False,
        smoke=False, device="cpu", workers=0, compile=False, tokens=1200, negatives=100, dropout=0.0, muon=1e-2,
        adam=5e-3, decay=0.0, validate=60, width=32, feed_forward=64, heads=2, encoder_layers=1, decoder_layers=2,
    )  # fmt: skip
    return argparse.Namespace(**settings | changed)


def test_training_learns_and_goes_on_where_it_stopped(trained):
    from training.mt import train

    data, run = trained
    curve = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    train.run(options(data, data / "manifest.toml", run, steps=260))
    resumed = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert curve[-1]["entropy"] < 4.0  # a uniform guess over 500 pieces is 6.21
    assert resumed[-1]["step"] > curve[-1]["step"]
    assert resumed[-1]["entropy"] < curve[-1]["entropy"]


def test_a_stretch_on_another_machine_comes_back_in_parts_and_goes_on(trained, tmp_path, monkeypatch):
    import torch

    from training.mt import checkpoint, train
    from training.mt.errors import RecipeError

    data, run = trained
    state = checkpoint.load(run / "last.pt")
    monkeypatch.setattr(checkpoint, "PART_BYTES", 20_000)
    checkpoint.save_parts(train.Shape(**state["shape"]), state["master"], tmp_path / "parts")
    assert (
        max(path.stat().st_size for path in (tmp_path / "parts").glob("*.npz")) < 50_000
    )  # the embedding alone: 32 kB
    restored = checkpoint.load(tmp_path / "parts")
    assert restored["master"].keys() == state["master"].keys()
    assert all(torch.allclose(restored["master"][name], state["master"][name], atol=1e-2) for name in state["master"])

    manifest, steps = data / "manifest.toml", train.GUIDE_STEPS + 5
    train.run(
        options(data, manifest, tmp_path / "run", init_from=tmp_path / "parts", steps=steps, parts=tmp_path / "out")
    )
    warm = json.loads((tmp_path / "run" / "log.jsonl").read_text().splitlines()[-1])
    assert warm["step"] == steps  # past the curriculum and the guided alignment
    assert warm["entropy"] < 4.0  # and it has forgotten nothing
    assert (tmp_path / "out" / "parts.json").is_file()

    (tmp_path / "parts" / "part-1.npz").unlink()
    with pytest.raises(RecipeError, match=r"part-1\.npz is missing"):
        checkpoint.load(tmp_path / "parts")


def test_two_workers_share_a_step(trained):
    from training.mt import train

    data, run = trained
    shared = run.parent / "workers"
    train.run(options(data, data / "manifest.toml", shared, steps=4, workers=2))
    last = json.loads((shared / "log.jsonl").read_text().splitlines()[-1])
    assert last["step"] > 0 and last["pairs"] > 0


def test_every_form_of_the_weights_translates_alike(trained, tmp_path):
    import sentencepiece
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    from service.translation.conversion import convert
    from service.translation.loading import load_engine
    from training.mt import checkpoint
    from training.mt.data import padded
    from training.mt.export import export
    from training.mt.model import EOS, Marian, Shape

    data, run = trained
    sources = ["Haus Berg Fluss", "Sonne Mond Stern Wolke", "Regen"]
    state = checkpoint.load(run / "average.pt")
    model = Marian(Shape(**state["shape"]))
    model.load_state_dict(state["master"])
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    batch = padded([numpy.array(ids) for ids in pieces.encode(sources)], end=EOS)
    ours = [pieces.decode(ids) for ids in model.greedy(batch, 20)]

    export(run / "average.pt", tmp_path / "hf", data)
    tokenizer = MarianTokenizer.from_pretrained(tmp_path / "hf")
    reference = MarianMTModel.from_pretrained(tmp_path / "hf")
    inputs = tokenizer(sources, return_tensors="pt", padding=True)
    generated = reference.generate(**inputs, max_length=21, num_beams=1)
    assert tokenizer.batch_decode(generated, skip_special_tokens=True) == ours

    convert(tmp_path / "hf", tmp_path / "float32", "float32")
    assert [translation.target for translation in load_engine(tmp_path / "float32").translate(sources)] == ours

    convert(tmp_path / "hf", tmp_path / "int8", "int8")
    restored = checkpoint.load(tmp_path / "int8")
    assert restored["shape"] == state["shape"]
    for name, value in state["master"].items():
        assert torch.allclose(restored["master"][name], value, atol=float(value.abs().max()) / 100), name


def test_the_shortlist_holds_what_the_pieces_were_aligned_to_and_changes_no_translation(trained, tmp_path, monkeypatch):
    import sentencepiece

    from service.translation.conversion import convert
    from service.translation.loading import load_engine
    from training.mt import shortlist
    from training.mt.export import export

    data, run = trained
    monkeypatch.setattr(shortlist, "ALWAYS", 3)
    always, candidates = shortlist.shortlist(data)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    word = pieces.encode("Haus")[0]
    assert candidates[word] == [word, word]  # aligned to itself; and every piece may be copied
    assert pieces.piece_to_id("a") in always  # single letters spell what nothing else can

    export(run / "average.pt", tmp_path / "hf", data)
    folder = convert(tmp_path / "hf", tmp_path / "model", "float32")
    sources = ["Haus Berg Fluss", "Sonne Mond Stern Wolke"]
    without = [translation.target for translation in load_engine(folder).translate(sources)]
    shortlist.write(data, folder / "vmap.txt")
    assert [translation.target for translation in load_engine(folder).translate(sources)] == without


def test_workers_end_with_a_run_that_fails(trained, tmp_path, monkeypatch):
    import multiprocessing

    from training.mt import train
    from training.mt.errors import RecipeError

    def fail(*_: object) -> None:
        raise RecipeError("the disk is gone")

    monkeypatch.setattr(train.Trainer, "save", fail)
    with pytest.raises(RecipeError, match="the disk is gone"):
        train.run(options(trained[0], trained[0] / "manifest.toml", tmp_path / "run", steps=2, workers=2))
    assert multiprocessing.active_children() == []


def test_weights_of_another_vocabulary_are_refused(trained):
    from training.mt import train
    from training.mt.errors import RecipeError

    data, run = trained
    with pytest.raises(RecipeError, match="another shape or vocabulary"):
        train.run(options(data, data / "manifest.toml", run, width=64))


def test_a_full_disk_costs_no_checkpoint(trained, tmp_path):
    from training.mt import checkpoint, train
    from training.mt.errors import RecipeError

    data, run = trained
    before = (run / "last.pt").read_bytes()
    os.symlink("/dev/full", run / "last.pt.part")
    try:
        with pytest.raises(RecipeError, match="the last checkpoint is kept"):
            train.run(options(data, data / "manifest.toml", run, steps=261))
    finally:
        (run / "last.pt.part").unlink(missing_ok=True)
    assert (run / "last.pt").read_bytes() == before
    assert checkpoint.load(run / "last.pt")["progress"]["step"] > 0
