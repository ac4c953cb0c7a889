"""Names through the HTTP API: Wikidata ids, and the articles and glossaries that are easily got wrong."""

from __future__ import annotations

import pytest
from markupsafe import Markup

TEXT = (
    "Die Europäische Kommission in Brüssel lobt Kenia, teilte die Nato am Freitag mit.\n"
    "In Charkiw, Kiew und Frankfurt am Main sprach Angela Merkel über die WHO. Die WHO dankte Merkel."
)


def entities(client, text: str, **options) -> list[dict]:
    response = client.post("/v1/entities", json={"text": text, "force": True, **options})
    assert response.status_code == 200, response.json
    return response.json["entities"]


def names_in(text: str, found: list[dict]) -> list[str]:
    return [text[place["start"] : place["end"]] for entity in found for place in entity["mentions"]]


def test_places_organisations_and_people_have_the_wikidata_id_of_what_they_name(client):
    found = {entity["canonical"]["en"]: entity["wikidata"] for entity in entities(client, TEXT)}
    expected = {
        "European Commission": "Q8880",
        "Brussels": "Q239",
        "Kenya": "Q114",
        "NATO": "Q7184",
        "Kharkiv": "Q42308",
        "Kyiv": "Q1899",
        "Frankfurt am Main": "Q1794",
        "Angela Merkel": "Q567",
        "WHO": "Q7817",
    }
    assert {name: found.get(name) for name in expected} == expected


def test_a_name_that_no_list_has_gets_no_id(client):
    assert [entity["wikidata"] for entity in entities(client, "Am Freitag kam Walburga Hinterseer zu spät.")] == [None]


@pytest.mark.parametrize("route", ["/v1/summaries", "/v1/translations", "/v1/entities"])
def test_a_glossary_of_duplicate_contradicting_overlapping_and_idle_entries(client, route):
    text = "Das Neue Palais in Potsdam öffnet am Freitag wieder, teilte die Stiftung in Potsdam mit."
    glossary = [
        {"de": "Palais", "en": "palace"},
        {"de": "Neue Palais", "en": "New Palace", "type": "LOC"},
        {"de": "Potsdam", "en": "Potsdam"},
        {"de": "Potsdam", "en": "Potsdam"},
        {"de": "Potsdam", "en": "Potsdam-on-Havel"},
        {"de": "Sanssouci", "en": "Sanssouci"},
        {"de": " ", "en": "nothing"},
        {"de": "Stiftung", "en": "<script>alert(1)</script>"},
    ]
    answer = client.post(route, json={"text": text, "glossary": glossary}).json
    assert [(line["de"], line["status"]) for line in answer["glossary"]] == [
        ("Palais", "missed"),
        ("Neue Palais", "applied"),
        ("Potsdam", "applied"),
        ("Potsdam", "applied"),
        ("Potsdam", "conflict"),
        ("Sanssouci", "missed"),
        (" ", "conflict"),
        ("Stiftung", "conflict"),
    ]
    assert answer["document"]["text"] == text
    assert "New Palace" in [entity["canonical"]["en"] for entity in answer["entities"]]


def test_an_empty_entry_is_pointed_at(client):
    refused = client.post("/v1/entities", json={"text": TEXT, "glossary": [{"de": "Kiew", "en": ""}]})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/glossary/0/en")


def test_ten_thousand_entries_are_all_answered_for(client):
    glossary = [{"de": f"Name{number}", "en": f"Name {number}"} for number in range(9_999)]
    answer = client.post(
        "/v1/entities", json={"text": TEXT, "glossary": [*glossary, {"de": "Kiew", "en": "Kiev"}]}
    ).json
    assert [line["status"] for line in answer["glossary"]] == ["missed"] * 9_999 + ["applied"]
    assert "Kiev" in [entity["canonical"]["en"] for entity in answer["entities"]]


def test_characters_of_html_in_a_name_are_text_in_every_answer(client):
    """Half a tag is no markup, and may be a name: it must come out escaped."""
    text = "Der Vorstand von Tom&Jerry<b in Kiew hat am Freitag den Haushalt beschlossen, sagte ein Sprecher."
    glossary = [{"de": "Kiew", "en": 'K"yiv & <img src=x'}]
    answer = client.post("/v1/summaries", json={"text": text, "glossary": glossary}).json
    for sentence in answer["summary"]["sentences"]:
        for side in (sentence["de"], sentence["en"]):
            assert "<img" not in side["html"] and "<b" not in side["html"]
            assert Markup(side["html"]).striptags() == " ".join(side["text"].split())
    assert any('K"yiv & <img src=x' in sentence["en"]["text"] for sentence in answer["summary"]["sentences"])


def test_no_name_reaches_over_the_end_of_a_block(client):
    text = "Zu Gast bei Angela\nMerkel und Olaf\nScholz in New\nYork sprach der Präsident über die Europäische\nUnion."
    response = client.post("/v1/entities", json={"text": text, "force": True}).json
    blocks = [(block["start"], block["end"]) for block in response["document"]["blocks"]]
    places = [(place["start"], place["end"]) for entity in response["entities"] for place in entity["mentions"]]
    assert places
    for start, end in places:
        assert any(first <= start and end <= last for first, last in blocks), text[start:end]


def test_names_in_a_text_of_capitals(client):
    text = "BUNDESKANZLERIN ANGELA MERKEL TRAF WLADIMIR PUTIN IN BERLIN. MERKEL SAGTE, DIE NATO UND DIE UKRAINE WARTEN."
    found = entities(client, text)
    assert {"ANGELA MERKEL", "BERLIN", "NATO", "UKRAINE"} <= set(names_in(text, found))
    assert {"Angela Merkel", "Berlin", "NATO", "Ukraine"} <= {entity["canonical"]["en"] for entity in found}


@pytest.mark.parametrize("route", ["/v1/summaries", "/v1/translations", "/v1/entities"])
def test_a_text_without_any_name(client, route):
    text = "Am Abend regnete es. Die Straßen waren leer, und niemand ging mehr vor die Tür. Am Morgen war es trocken."
    answer = client.post(route, json={"text": text}).json
    assert answer["entities"] == [] and answer["glossary"] == []
    assert answer["document"]["text"] == text


def test_dates_sums_and_quantities_are_found_on_request(client):
    text = "Am 3. Mai 2024 zahlte Hannover 96 in Kiew 3,2 Milliarden Euro für 40 Tonnen Stahl 🎉, am Freitag 5 Prozent."
    found = client.post("/v1/entities", json={"text": text, "values": True, "offset_unit": "utf16"}).json["values"]
    assert [(value["type"], value["text"]) for value in found] == [
        ("DATE", "3. Mai 2024"),
        ("MONEY", "3,2 Milliarden Euro"),
        ("QUANTITY", "40 Tonnen"),
        ("DATE", "Freitag"),
        ("QUANTITY", "5 Prozent"),
    ]
    units = text.encode("utf-16-le")
    assert all(units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"] for value in found)
    asked_in_query = client.post("/v1/entities?values=true", data=text.encode(), content_type="text/plain")
    assert len(asked_in_query.json["values"]) == 5
    assert client.post("/v1/entities", json={"text": text}).json["values"] == []
