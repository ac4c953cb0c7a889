"""Articles that are no ordinary report: each gets a summary, or an answer that says why it has none."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings
from tests.conftest import ContractClient

SENTENCE = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."
QUOTATIONS = (
    "„Wir warten auf eine Antwort aus Brüssel.“ „Die Lage in den Dörfern ist seit dem Sturm sehr ernst.“\n"
    "„Niemand in der Stadt hat mit einem Hochwasser dieser Höhe gerechnet.“"
)
HEADINGS = "Regierung stürzt\nNeuwahl im Herbst\nDie Reaktionen\nWie es weitergeht"
TICKER = """+++ Ticker: Hochwasser an der Donau +++
+++ 14:05 Uhr +++
14:05 Uhr: In Passau mussten 2.000 Menschen ihre Wohnungen verlassen, teilte die Stadt mit.
13:40 Uhr: Die Feuerwehr pumpte in der Nacht zahlreiche Keller in der Altstadt aus.
+++ 12:10 +++
[12:10] Ministerpräsidentin Anna Berg besucht am Nachmittag das Krisengebiet an der Donau."""
TABLE = "Verein\tSpiele\tPunkte\nBayern\t12\t30\nBremen\t12\t21\nKöln\t12\t9\nMainz\t12\t8"
SUBJECTS = ["Gemeinderat", "Landtag", "Verein", "Betrieb", "Hafen", "Bahnhof", "Kreistag"]
PLACES = ["Passau", "Bremen", "Kiel", "Mainz", "Trier"]


def codes(answer: dict) -> list[str]:
    return [warning["code"] for warning in answer["warnings"]]


def sentences(answer: dict) -> list[str]:
    return [sentence["de"]["text"] for sentence in answer["summary"]["sentences"]]


def test_an_article_of_one_sentence_is_its_own_summary(client):
    answer = client.post("/v1/summaries", json={"text": SENTENCE}).json
    assert sentences(answer) == [SENTENCE]
    assert codes(answer) == []


def test_an_article_of_quotations_alone_is_summarized_with_its_marks(client):
    answer = client.post("/v1/summaries", json={"text": QUOTATIONS, "sentences": 2}).json
    assert len(sentences(answer)) == 2
    assert all(text.count("„") == text.count("“") == 1 for text in sentences(answer))


def test_headings_alone_have_no_summary(client):
    answer = client.post("/v1/summaries", json={"text": HEADINGS}).json
    assert sentences(answer) == []
    assert codes(answer) == ["no_summary_sentence"]
    assert answer["slots"] == [] and answer["summary"]["de"]["text"] == answer["summary"]["en"]["text"] == ""


def test_a_live_ticker_is_told_without_its_headings_and_time_stamps(client):
    answer = client.post("/v1/summaries", json={"text": TICKER, "sentences": 3}).json
    found = sentences(answer)
    assert found == [
        "In Passau mussten 2.000 Menschen ihre Wohnungen verlassen, teilte die Stadt mit.",
        "Die Feuerwehr pumpte in der Nacht zahlreiche Keller in der Altstadt aus.",
        "Ministerpräsidentin Anna Berg besucht am Nachmittag das Krisengebiet an der Donau.",
    ]
    for sentence in answer["summary"]["sentences"]:
        source = sentence["source"]
        assert TICKER[source["start"] : source["end"]] == sentence["de"]["text"]


def test_a_table_has_no_summary(client):
    answer = client.post("/v1/summaries", json={"text": TABLE}).json
    assert sentences(answer) == []
    assert codes(answer) == ["no_summary_sentence"]


def test_more_sentences_than_the_article_has(client):
    answer = client.post("/v1/summaries", json={"text": f"{SENTENCE} Niemand wurde verletzt.", "sentences": 12}).json
    assert len(sentences(answer)) == 2
    assert codes(answer) == ["fewer_sentences"]


@pytest.mark.parametrize("slots", [["tweet"], ["push", "Push"], [""], ["push", None]])
def test_slots_with_unknown_names(client, slots):
    response = client.post("/v1/summaries", json={"text": SENTENCE, "slots": slots})
    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == f"/slots/{len(slots) - 1}"


def test_ten_thousand_sentences(client, desk, contract):
    """220,000 characters: too long by default, summarized where the operator allows it."""
    lines = [f"Der {SUBJECTS[n % 7]} {n} tagte." if n % 2 else f"In {PLACES[n % 5]} fiel Regen." for n in range(10_000)]
    request = {"text": " ".join(lines), "sentences": 5}
    assert client.post("/v1/summaries", json=request).status_code == 413
    generous = create_app(Settings(max_characters=1_000_000, request_seconds=3_600), desk).test_client()
    start = time.process_time()
    answer = ContractClient(generous, contract).post("/v1/summaries", json=request)
    assert answer.status_code == 200
    assert len(sentences(answer.json)) == 5
    assert time.process_time() - start < 60  # 4 on an idle core


SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_where_words_may_break_changes_nothing_but_the_places(client, seed):
    text = seed.read_text(encoding="utf-8")
    chance = random.Random(3)
    hinted = "".join(
        letter + ("\u00ad" if letter.isalpha() and after.isalpha() and chance.random() < 0.1 else "")
        for letter, after in zip(text, text[1:] + "\n", strict=True)
    )
    assert hinted.count("\u00ad") > 100
    bare, answer = (client.post("/v1/summaries", json={"text": each}).json for each in (text, hinted))
    assert [german.replace("\u00ad", "") for german in sentences(answer)] == sentences(bare)
    assert [sentence["en"]["text"] for sentence in answer["summary"]["sentences"]] == [
        sentence["en"]["text"] for sentence in bare["summary"]["sentences"]
    ]
    assert [
        [(check["kind"], check["verdict"], check["en"], check["detail"]) for check in sentence["checks"]]
        for sentence in answer["summary"]["sentences"]
    ] == [
        [(check["kind"], check["verdict"], check["en"], check["detail"]) for check in sentence["checks"]]
        for sentence in bare["summary"]["sentences"]
    ]
    for one, other in zip(answer["entities"], bare["entities"], strict=True):
        assert (one["canonical"], one["variants"], one["type"]) == (
            other["canonical"],
            other["variants"],
            other["type"],
        )
        assert len(one["mentions"]) == len(other["mentions"])
