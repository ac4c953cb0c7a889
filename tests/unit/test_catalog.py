"""The catalog says truly what there is, and a changed file never passes for a model."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from service.loading import recognizer_of
from service.models.catalog import REQUIRED_ROLES, CatalogError, choose, load_catalog
from service.models.commands import seal
from service.models.integrity import ModelCorrupt, ModelMissing, ModelUnusable, checked_folder, faults, fingerprint
from service.settings import SHA256_HEX

CATALOG = """
[profiles.bundled]
translation = "small"
recognition = "names"

[models.small]
role = "translation"
engine = "ctranslate2"
path = "small"
licence = "CC0"

[models.small.files]
"old.bin" = "00"

[models.small.scores]
BLEU = 12.5

[models.names]
role = "recognition"
engine = "spacy"
path = "names"
licence = "CC0"
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "catalog.toml").write_text(CATALOG)
    (tmp_path / "small" / "parts").mkdir(parents=True)
    (tmp_path / "small" / "model.bin").write_bytes(b"weights")
    (tmp_path / "small" / "parts" / "vocab.json").write_text("{}")
    return tmp_path


def test_our_catalog_fills_every_role_in_every_profile():
    catalog = load_catalog()
    for profile in catalog.profiles:
        assert set(catalog.profile(profile)) >= set(REQUIRED_ROLES)
    assert set(catalog.optional) == {"summarization", "recognition_en"}
    assert not any("summarization" in catalog.profile(profile) for profile in catalog.profiles), "only on request"
    for entry in catalog.models.values():
        assert entry.licence
        if entry.source:
            assert re.fullmatch("[0-9a-f]{40}", entry.source.revision), "a commit, not a branch that moves"
            assert all(sha256 is None or SHA256_HEX.fullmatch(sha256) for sha256 in entry.source.files.values())
            assert entry.engine == "ctranslate2" or "model.safetensors" in entry.source.files, "no pickles are loaded"


def test_an_optional_role_is_added_to_a_profile_or_a_path(folder):
    chosen = choose("opus+summarization+recognition_en")
    assert chosen["summarization"].options["prefix"] == "summarize: "
    assert chosen["recognition"].engine == "transformers"
    assert chosen["recognition_en"].name == "ner-en"
    assert "summarization" not in choose("opus")
    with pytest.raises(CatalogError, match="no optional role 'poetry'"):
        choose("opus+poetry")
    (folder / "catalog.toml").write_text(CATALOG + '\n[optional]\nrecognition = "names"\n')
    assert choose(f"{folder / 'small'}+recognition", bundled=folder)["translation"].folder == folder / "small"


def test_the_bundled_models_are_the_recorded_ones():
    for entry in load_catalog().profile("bundled").values():
        assert faults(entry) == []


def test_a_sealed_model_is_checked_file_by_file(folder):
    seal(folder, "small")
    entry = load_catalog(folder).models["small"]
    assert set(entry.files) == {"model.bin", "parts/vocab.json"}
    assert entry.scores == {"BLEU": 12.5}, "the tables around it stay"
    assert checked_folder(entry) == folder / "small"
    before = fingerprint(entry)

    (folder / "small" / "model.bin").write_bytes(b"weightz")
    with pytest.raises(ModelCorrupt, match=r"model\.bin"):
        checked_folder(entry)
    (folder / "small" / "model.bin").unlink()
    assert [fault.endswith("missing") for fault in faults(entry)] == [True]

    (folder / "small" / "model.bin").write_bytes(b"new weights")
    seal(folder, "small")
    assert fingerprint(load_catalog(folder).models["small"]) != before


def test_a_model_that_is_not_there_says_how_to_get_it(folder):
    with pytest.raises(ModelMissing, match="installation is incomplete"):
        checked_folder(load_catalog(folder).models["names"])
    opus = choose("opus")["translation"]
    if not opus.folder.exists():
        with pytest.raises(ModelMissing, match="presseschau models fetch"):
            checked_folder(opus)


def test_a_model_whose_engine_is_not_installed_says_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "service.entities.transformers_recognition", raising=False)
    entry = replace(load_catalog(folder).models["names"], engine="transformers")
    with pytest.raises(ModelUnusable, match=r"names runs on transformers.*pip install"):
        recognizer_of(entry)


def test_a_folder_that_is_no_model_of_its_engine_is_one_line(folder):
    with pytest.raises(ModelUnusable, match=r"names in .* cannot be loaded") as failure:
        recognizer_of(load_catalog(folder).models["names"])
    assert "\n" not in str(failure.value)


def test_a_path_may_hold_a_catalog_or_one_converted_model(tmp_path, folder):
    with pytest.raises(CatalogError, match="no profile"):
        choose(str(tmp_path / "nowhere"))
    own = choose(str(folder / "small"), bundled=folder)
    assert own["translation"].folder == folder / "small"
    assert own["recognition"].name == "names"
    catalog = folder / "small" / "catalog.toml"
    catalog.write_text(
        '[profiles.default]\ntranslation = "t"\n'
        '[models.t]\nrole = "translation"\nengine = "ctranslate2"\npath = "."\nlicence = "CC0"\n'
    )
    assert choose(str(folder / "small"), bundled=folder)["translation"].name == "t"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not toml",
        "[profiles.x]\ntranslation = 'missing'\n[models]",
        "[profiles.bundled]\ntranslation = 'names'\n" + CATALOG[CATALOG.index("[models.names]") :],
    ],
)
def test_a_catalog_that_makes_no_sense_is_refused(folder, content):
    (folder / "catalog.toml").write_text(content)
    with pytest.raises(CatalogError):
        load_catalog(folder)
