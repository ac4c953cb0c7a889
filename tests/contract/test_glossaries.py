"""`/v1/glossaries`: a newsroom keeps its names under a name, and every request may ask for them."""

from __future__ import annotations

import pytest

from service.app import create_app
from service.entities import glossary
from service.settings import Settings, digest_of
from service.store.glossaries import MOST_ENTRIES
from tests.conftest import ContractClient

TEXT = "Die Ampel streitet in Kiew über den Haushalt. Der Streit der Ampel dauert an, heißt es am Freitag in Berlin."
HOUSE = [{"de": "Ampel", "en": "traffic light coalition", "type": "ORG"}, {"de": "Kiew", "en": "Kiev", "type": None}]
ROUTES = ("/v1/summaries", "/v1/translations", "/v1/entities")


def put(client, name: str, entries: list[dict], **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(f"/v1/glossaries/{name}", json={"entries": entries}, headers=named)


def english_names(answer: dict) -> dict[str, str]:
    return {entity["canonical"]["de"]: entity["canonical"]["en"] for entity in answer["entities"]}


def test_a_glossary_is_kept_as_it_was_put_and_can_be_forgotten(client):
    kept = put(client, "house", HOUSE)
    assert (kept.status_code, kept.json["size"], kept.json["conflicts"]) == (201, 2, [])
    found = client.get("/v1/glossaries/house")
    assert found.json["entries"] == HOUSE
    assert found.headers["ETag"] == kept.headers["ETag"] == f'"{kept.json["version"]}"'
    assert [stored["name"] for stored in client.get("/v1/glossaries").json["glossaries"]] == ["house"]
    assert client.delete("/v1/glossaries/house").status_code == 204
    assert client.get("/v1/glossaries/house").json["code"] == "not_found"
    assert client.delete("/v1/glossaries/house").status_code == 404
    assert client.get("/v1/glossaries").json == {"glossaries": []}


@pytest.mark.parametrize("route", ROUTES)
def test_a_request_names_the_glossaries_that_rule_it(client, route):
    put(client, "house", HOUSE)
    answer = client.post(route, json={"text": TEXT, "glossaries": ["house"]}).json
    assert english_names(answer)["Ampel"] == "traffic light coalition"
    assert english_names(answer)["Kiew"] == "Kiev"
    assert [(line["de"], line["glossary"], line["status"]) for line in answer["glossary"]] == [
        ("Ampel", "house", "applied"),
        ("Kiew", "house", "applied"),
    ]


def test_a_digest_asks_for_them_as_well(client):
    put(client, "house", HOUSE)
    answer = client.post(
        "/v1/digests", json={"articles": [{"text": TEXT}, {"text": TEXT + " Kiew wartet."}], "glossaries": ["house"]}
    ).json
    assert [(line["de"], line["glossary"], line["status"]) for line in answer["glossary"]] == [
        ("Ampel", "house", "applied"),
        ("Kiew", "house", "applied"),
    ]


def test_a_text_body_names_them_in_the_query(client):
    put(client, "house", HOUSE)
    put(client, "sport", [{"de": "Berlin", "en": "Berlin team"}])
    answer = client.post("/v1/entities?glossaries=house,sport", data=TEXT.encode(), content_type="text/plain").json
    assert {"Ampel": "traffic light coalition", "Berlin": "Berlin team"}.items() <= english_names(answer).items()


def test_the_requests_own_names_rule_over_the_stored_and_the_first_glossary_over_the_next(client):
    put(client, "house", HOUSE)
    put(
        client, "sport", [{"de": "Kiew", "en": "Dynamo"}, {"de": "Berlin", "en": "Union"}, {"de": "Bonn", "en": "Bonn"}]
    )
    own = [{"de": "Ampel", "en": "ruling coalition"}]
    answer = client.post("/v1/entities", json={"text": TEXT, "glossary": own, "glossaries": ["house", "sport"]}).json
    assert [(line["glossary"], line["de"], line["status"]) for line in answer["glossary"]] == [
        (None, "Ampel", "applied"),
        ("house", "Ampel", "conflict"),
        ("house", "Kiew", "applied"),
        ("sport", "Kiew", "conflict"),
        ("sport", "Berlin", "applied"),
        ("sport", "Bonn", "missed"),
    ]


@pytest.mark.parametrize(
    ("names", "pointer"),
    [
        (["house", "hose"], "/glossaries/1"),
        (["Haus"], "/glossaries/0"),
        (["a"] * 9, "/glossaries"),
        ("house", "/glossaries"),
    ],
)
def test_names_of_no_stored_glossary_are_pointed_at(client, names, pointer):
    put(client, "house", HOUSE)
    refused = client.post("/v1/summaries", json={"text": TEXT, "glossaries": names})
    assert (refused.status_code, refused.json["code"]) == (422, "invalid_request")
    assert refused.json["errors"][0]["pointer"] == pointer


def test_more_entries_together_than_a_request_may_use(client):
    put(client, "large", [{"de": f"Name{number}", "en": f"Name {number}"} for number in range(MOST_ENTRIES)])
    assert client.post("/v1/entities", json={"text": TEXT, "glossaries": ["large"]}).status_code == 200
    refused = client.post("/v1/entities", json={"text": TEXT, "glossary": HOUSE, "glossaries": ["large"]})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/glossaries")


def test_two_editors_do_not_undo_each_other(client):
    seen = put(client, "house", HOUSE).headers["ETag"]
    first = put(client, "house", HOUSE[:1], If_Match=seen)
    second = put(client, "house", HOUSE[1:], If_Match=seen)
    assert (first.status_code, second.status_code, second.json["code"]) == (200, 412, "version_conflict")
    assert client.get("/v1/glossaries/house").json["entries"] == HOUSE[:1]
    assert client.delete("/v1/glossaries/house", headers={"If-Match": seen}).status_code == 412
    assert put(client, "house", HOUSE[1:], If_Match=f'"x", {first.headers["ETag"]}').status_code == 200
    assert client.delete("/v1/glossaries/house", headers={"If-Match": "*"}).status_code == 204
    assert put(client, "house", HOUSE, If_Match="*").status_code == 412, "there is none that could be meant"


def test_a_glossary_that_must_be_new(client):
    assert put(client, "house", HOUSE, If_None_Match="*").status_code == 201
    assert put(client, "house", HOUSE[:1], If_None_Match="*").status_code == 412
    assert put(client, "house", HOUSE[:1], If_None_Match='"x"').status_code == 400


def test_a_caller_who_has_this_version_gets_no_second_copy(client):
    seen = put(client, "house", HOUSE).headers["ETag"]
    unchanged = client.get("/v1/glossaries/house", headers={"If-None-Match": seen})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert put(client, "house", list(HOUSE)).headers["ETag"] == seen, "the same names are the same version"


def test_entries_that_rule_nothing_are_kept_and_named(client):
    entries = [*HOUSE, {"de": "Kiew", "en": "Kyiv"}, {"de": "<b>Bonn</b>", "en": "Bonn"}, {"de": " ", "en": "nothing"}]
    kept = put(client, "house", entries)
    assert [(line["de"], line["status"]) for line in kept.json["conflicts"]] == [
        ("Kiew", "conflict"),
        ("<b>Bonn</b>", "conflict"),
        (" ", "conflict"),
    ]
    assert [entry["de"] for entry in client.get("/v1/glossaries/house").json["entries"]] == [e["de"] for e in entries]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({}, 422, "/entries"),
        ({"entries": [{"de": "Kiew"}]}, 422, "/entries/0/en"),
        ({"entries": [{"de": "", "en": "x"}]}, 422, "/entries/0/de"),
        ({"entries": [], "name": "house"}, 422, "/name"),
        ({"entries": [{"de": "a", "en": "b"}] * (MOST_ENTRIES + 1)}, 422, "/entries"),
    ],
)
def test_what_is_no_glossary_is_pointed_at(client, body, status, pointer):
    refused = client.put("/v1/glossaries/house", json=body)
    assert refused.status_code == status
    assert refused.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("name", ["Sport", "a.b", "ä", "-a", "a" * 65, "a%00", "a%0a"])
def test_names_are_plain(client, name):
    for method in ("GET", "PUT", "DELETE"):
        refused = client.request(method, f"/v1/glossaries/{name}", json={"entries": []})
        assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, "name")


def test_a_glossary_comes_as_json(client):
    assert client.put("/v1/glossaries/house", data="Kiew;Kyiv", content_type="text/csv").status_code == 415


def test_the_store_can_be_full(client, monkeypatch):
    monkeypatch.setattr("service.store.glossaries.MOST_GLOSSARIES", 1)
    put(client, "house", HOUSE)
    refused = put(client, "sport", HOUSE)
    assert (refused.status_code, refused.json["code"]) == (409, "too_many_glossaries")
    assert put(client, "house", HOUSE[:1]).status_code == 200


def test_a_key_is_asked_for(desk, database):
    client = create_app(Settings(database=database, api_keys=(digest_of("geheim"),)), desk).test_client()
    assert client.get("/v1/glossaries").status_code == 401
    assert client.put("/v1/glossaries/house", json={"entries": []}).status_code == 401
    assert client.get("/v1/glossaries", headers={"Authorization": "Bearer geheim"}).status_code == 200


def test_a_database_that_cannot_be_used_hurts_no_other_route(desk, contract, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings = Settings(database=f"sqlite:///{tmp_path}/file/store.sqlite3")
    client = ContractClient(create_app(settings, desk).test_client(), contract)
    for refused in (
        client.get("/v1/glossaries"),
        client.get("/v1/glossaries/house"),
        put(client, "house", HOUSE),
        client.delete("/v1/glossaries/house"),
        client.post("/v1/summaries", json={"text": TEXT, "glossaries": ["house"]}),
    ):
        assert (refused.status_code, refused.json["code"]) == (503, "store_unavailable")
        assert refused.headers["Retry-After"]
        assert str(tmp_path) not in refused.get_data(as_text=True)
    for route in ROUTES:
        assert client.post(route, json={"text": TEXT, "glossary": HOUSE}).status_code == 200
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_each_entry_of_a_glossary_is_read_once(client, route, monkeypatch):
    """For the chains and for the report; with ten thousand entries a second reading can be felt."""
    read: list[str] = []
    is_usable = glossary.is_usable
    monkeypatch.setattr(glossary, "is_usable", lambda entry: read.append(entry.de) or is_usable(entry))
    client.post(route, json={"text": TEXT, "glossary": HOUSE})
    assert read == ["Ampel", "Kiew"]
