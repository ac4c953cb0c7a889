"""The catalog says truly what there is, and a changed file never passes for a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.models.catalog import REQUIRED_ROLES, CatalogError, choose, load_catalog
from service.models.commands import seal
from service.models.integrity import ModelCorrupt, ModelMissing, checked_folder, faults, fingerprint

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
    for entry in catalog.models.values():
        assert entry.licence
        if entry.source:
            assert len(entry.source.revision) == 40, "a commit, not a branch that moves"


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
