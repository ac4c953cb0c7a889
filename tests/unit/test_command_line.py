"""The command line, as a person in a newsroom types it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from service import cli
from service.places import SEEDS
from service.settings import digest_of

SEED = str(next(SEEDS.glob("001_*.txt")))


@pytest.fixture(autouse=True)
def loaded(parts, monkeypatch):
    """The parts of the session, so that each command need not load them again."""
    monkeypatch.setattr("service.loading.load_parts", lambda settings: parts)


def test_a_summary_for_the_terminal(capsys):
    assert cli.main(["summarize", SEED, "--sentences", "2"]) == 0
    shown = capsys.readouterr().out
    assert " 1. " in shown and " 2. " in shown and " 3. " not in shown
    assert "Names: " in shown


def test_a_summary_of_so_many_words(capsys):
    assert cli.main(["summarize", SEED, "--json", "--max-words", "45", "--max-characters", "400"]) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    for language in ("de", "en"):
        assert 0 < len(summary[language]["text"].split()) <= 45
        assert len(summary[language]["text"]) <= 400


def test_an_engine_that_cannot_be_had_is_told(capsys):
    assert cli.main(["summarize", "--engine", "abstractive", SEED]) == 0
    assert "The article's own sentences: the service has loaded no model that writes" in capsys.readouterr().out


def test_a_summary_as_json(capsys):
    assert cli.main(["summarize", "--json", SEED, SEED]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == 2
    assert answers[0]["document"]["text"] == Path(SEED).read_text(encoding="utf-8")


def test_standard_input(capsys, monkeypatch):
    text = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert cli.main(["summarize", "-"]) == 0
    assert text in capsys.readouterr().out


def test_one_bad_file_does_not_stop_the_others(capsys, tmp_path):
    empty = tmp_path / "leer.txt"
    empty.write_text(" ")
    latin = tmp_path / "latin1.txt"
    latin.write_bytes("Gespräche".encode("latin-1"))
    assert cli.main(["summarize", str(empty), str(latin), str(tmp_path / "fehlt.txt"), SEED]) == 1
    captured = capsys.readouterr()
    assert "Names: " in captured.out
    assert captured.err.count("presseschau: ") == 3


def test_a_digest_for_the_terminal_names_the_files(capsys):
    seeds = sorted(str(path) for path in SEEDS.glob("*.txt"))
    assert cli.main(["digest", *seeds, "--sentences", "5"]) == 0
    shown = capsys.readouterr().out
    assert f"Together: {', '.join(seeds)}" in shown
    assert f"from {SEED}" in shown and "    also " in shown and " 5. " in shown


def test_a_digest_of_one_article_is_none_and_a_bad_file_does_not_stop_it(capsys, tmp_path):
    assert cli.main(["digest", SEED, str(tmp_path / "fehlt.txt")]) == 1
    assert "needs 2 to 20 articles, and has 1" in capsys.readouterr().err
    other = tmp_path / "noch eins.txt"
    other.write_text("Der russische Verteidigungsminister besuchte am Freitag Nordkorea, teilte Moskau mit.")
    assert cli.main(["digest", "--json", SEED, str(other), str(tmp_path / "fehlt.txt")]) == 1
    assert [article["id"] for article in json.loads(capsys.readouterr().out)["articles"]] == [SEED, str(other)]


def test_the_contract_and_the_settings_are_printed(capsys):
    assert cli.main(["openapi"]) == 0
    assert capsys.readouterr().out.startswith("openapi: 3.1.0")
    assert cli.main(["settings"]) == 0
    assert "PRESSESCHAU_PORT" in capsys.readouterr().out


def test_a_new_key_comes_with_its_digest(capsys):
    assert cli.main(["key"]) == 0
    key, digest = re.findall(r":\s+(\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert digest == digest_of(key)


def test_a_bad_setting_is_one_line_not_a_traceback(capsys, monkeypatch):
    monkeypatch.setenv("PRESSESCHAU_PORT", "viele")
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().err.startswith("presseschau: PRESSESCHAU_PORT must be a whole number")
