"""A sequence-to-sequence model of the hub: it reads whole sentences only, and its nonsense never reaches a reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

from service.article.plain import read_text
from service.loading import load_warm_parts
from service.patience import Cancelled, DeadlineExceeded, Patience
from service.pipeline.options import SummaryOptions
from service.pipeline.summary import summarize
from service.settings import Settings
from service.summarization.abstractive import AbstractiveSummarizer
from service.summarization.generation import CannotWrite
from service.summarization.loading import load_writer
from service.summarization.transformers_generation import SHARE, TransformersGenerator
from tests.unit.hub_sample import write_random_writer, write_tagger
from tests.unit.translation_sample import LINES, write_random_model


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory) -> Path:
    return write_random_writer(tmp_path_factory.mktemp("writer"), LINES)


def test_nonsense_is_dropped_and_the_summary_is_extractive(parts, checkpoint):
    writer = load_writer("transformers", checkpoint, {"prefix": "summarize: ", "output_tokens": 40})
    made = summarize(read_text("\n".join(LINES)), replace(parts, writer=writer), SummaryOptions(engine="abstractive"))
    assert made.engine == "extractive"
    assert "hold against the article" in (made.degraded or "")
    assert made.sentences
    assert "generated_sentence_dropped" in [warning.code for warning in made.warnings]


def test_the_same_article_is_written_about_in_the_same_words(checkpoint):
    generator = TransformersGenerator(checkpoint, "summarize: ", 512, 20)
    assert generator.generate(LINES[:5], Patience()) == generator.generate(LINES[:5], Patience())
    assert generator.generate(LINES[:5], Patience()).read == 5


def test_only_whole_sentences_are_read_and_it_says_how_many(checkpoint):
    generator = TransformersGenerator(checkpoint, "summarize: ", 120, 8)
    assert 0 < generator.generate(LINES, Patience()).read < len(LINES)
    with pytest.raises(CannotWrite, match="longer than"):
        generator.generate(["Wort " * 200], Patience())


def test_writing_takes_a_part_of_a_requests_time_and_ends_when_nobody_waits(parts, checkpoint):
    generator = TransformersGenerator(checkpoint, "", 512, 500)
    seconds_left = []

    class UpAtTheFifthToken(Patience):
        def check(self) -> None:
            seconds_left.append(self.seconds_left)
            if len(seconds_left) == 5:
                raise DeadlineExceeded

    with pytest.raises(CannotWrite, match="in time"):
        generator.generate(LINES, UpAtTheFifthToken.of_seconds(1_000))
    assert len(seconds_left) == 5 and max(seconds_left) <= 1_000 * SHARE
    own = replace(parts, writer=AbstractiveSummarizer(generator)).within(Patience.of_seconds(20))
    assert own.writer is not None and own.writer is not parts.writer

    given_up = Patience()
    given_up.cancelled.set()
    with pytest.raises(Cancelled):
        generator.generate(LINES, given_up)
    assert generator.generate(LINES[:1], Patience()).read == 1, "the turn was given back"


def test_a_folder_or_an_engine_that_does_not_write_is_refused(tmp_path):
    with pytest.raises((OSError, ValueError)):
        load_writer("transformers", tmp_path, {})
    with pytest.raises(ValueError, match="no summarizer writes"):
        load_writer("ctranslate2", tmp_path, {})


def test_a_catalog_of_ones_own_may_hold_all_three_models(tmp_path, checkpoint):
    write_tagger(tmp_path / "tagger", {"Bonn": "B-LOC", "Köln": "B-LOC"})
    write_random_model(tmp_path / "marian")
    (tmp_path / "writer").symlink_to(checkpoint)
    roles = {"translation": ("marian", "ctranslate2"), "recognition": ("tagger", "transformers")}
    roles["summarization"] = ("writer", "transformers")
    (tmp_path / "catalog.toml").write_text(
        "[profiles.default]\n"
        + "".join(f'{role} = "{name}"\n' for role, (name, _) in roles.items())
        + "".join(
            f'[models.{name}]\nrole = "{role}"\nengine = "{engine}"\npath = "{name}"\nlicence = "CC0"\n'
            for role, (name, engine) in roles.items()
        )
        + '[models.writer.options]\nprefix = "summarize: "\noutput_tokens = 8\n'
    )
    parts = load_warm_parts(Settings(models=str(tmp_path)))
    assert {model.role: model.engine for model in parts.models} == {role: engine for role, (_, engine) in roles.items()}
    made = summarize(read_text("\n".join(LINES)), parts, SummaryOptions(engine="abstractive"))
    assert made.degraded and made.sentences
    assert {"Bonn", "Köln"} <= {entity.canonical_de for entity in made.entities}


def test_a_summarizer_is_what_is_loaded(checkpoint):
    assert isinstance(load_writer("transformers", checkpoint, {}), AbstractiveSummarizer)
