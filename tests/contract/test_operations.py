"""Health, readiness, models, keys, headers."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service.app import create_app
from service.article.model import Article
from service.loading import PartsDesk
from service.pipeline.memory import SentenceMemory
from service.settings import InvalidSetting, Settings, digest_of
from service.translation.batching import MicroBatcher
from service.translation.model import Translation
from tests.waiting import until

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."


def test_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready", "reasons": []}


def test_while_the_models_load_the_process_is_alive_but_not_ready(parts):
    loaded = threading.Event()
    desk = PartsDesk(lambda: loaded.wait() and parts, 1)
    desk.start()
    client = create_app(Settings(), desk).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json["reasons"] == ["the models are still being loaded"]
    refused = client.post("/v1/summaries", json={"text": GERMAN})
    assert (refused.status_code, refused.json["code"]) == (503, "not_ready")
    assert refused.headers["Retry-After"]
    loaded.set()
    desk.wait()
    assert client.get("/readyz").status_code == 200
    assert client.post("/v1/summaries", json={"text": GERMAN}).status_code == 200


def test_models_that_cannot_be_loaded_are_a_reason():
    def broken():
        raise OSError("model.bin is missing")

    desk = PartsDesk(broken, 1)
    desk.start()
    desk.wait()
    client = create_app(Settings(), desk).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json["reasons"] == ["the models could not be loaded: model.bin is missing"]


def test_one_request_too_many_is_told_to_come_back(parts):
    desk = PartsDesk(lambda: parts, 1)
    desk.start()
    desk.wait()
    client = create_app(Settings(), desk).test_client()
    with desk.lend():
        refused = client.post("/v1/entities", json={"text": GERMAN})
    assert (refused.status_code, refused.json["code"]) == (503, "overloaded")
    assert refused.headers["Retry-After"]
    assert client.post("/v1/entities", json={"text": GERMAN}).status_code == 200


def test_the_loaded_models_are_listed_with_licence_and_scores(client):
    models = client.get("/v1/models").json["models"]
    assert models
    for model in models:
        assert model["name"] and model["role"] and model["licence"] and len(model["sha256"]) == 64


def test_a_key_is_asked_for_when_the_operator_set_one(desk):
    client = create_app(Settings(api_keys=(digest_of("geheim"),)), desk).test_client()
    refused = client.post("/v1/entities", json={"text": GERMAN})
    assert (refused.status_code, refused.json["code"]) == (401, "unauthorized")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    for header in ("Bearer falsch", "Basic geheim", "geheim"):
        assert client.get("/v1/models", headers={"Authorization": header}).status_code == 401
    assert client.get("/v1/models?key=geheim").status_code == 401
    assert client.get("/v1/models", headers={"Authorization": "Bearer geheim"}).status_code == 200
    for open_path in ("/", "/docs", "/healthz", "/readyz", "/openapi.yaml"):
        assert client.get(open_path).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", "example.org"])
def test_a_public_address_is_refused_without_a_key(host):
    with pytest.raises(InvalidSetting, match="PRESSESCHAU_API_KEYS"):
        Settings(host=host)
    Settings(host=host, api_keys=(digest_of("geheim"),))


def test_a_request_id_of_the_caller_is_kept_unless_it_could_forge_a_log_line(client):
    assert client.get("/healthz", headers={"X-Request-Id": "cms-42"}).headers["X-Request-Id"] == "cms-42"
    assert client.get("/healthz", headers={"X-Request-Id": "a b"}).headers["X-Request-Id"] != "a b"


def test_a_surprise_is_a_500_that_tells_the_log_no_article_text(desk, caplog, monkeypatch):
    def surprising(article: Article, *_: object) -> Iterator[None]:
        yield
        raise RuntimeError(article.text)  # as a library may that quotes what it was given

    monkeypatch.setattr("service.api.summaries.summarize_in_steps", surprising)
    response = create_app(Settings(), desk).test_client().post("/v1/summaries", json={"text": GERMAN})
    assert (response.status_code, response.json["code"]) == (500, "internal_error")
    assert response.json["request_id"] in caplog.text and "RuntimeError" in caplog.text
    assert "Haushalt" not in caplog.text and "Haushalt" not in response.get_data(as_text=True)


def test_work_that_takes_too_long_is_given_up_and_says_when_to_come_back(parts):
    stuck = StuckEngine()
    desk = PartsDesk(lambda: replace(parts, engine=MicroBatcher(stuck), memory=SentenceMemory()), 1)
    desk.start()
    desk.wait()
    hasty, patient = (create_app(Settings(request_seconds=seconds), desk).test_client() for seconds in (1, 600))
    refused = hasty.post("/v1/translations", json={"text": GERMAN})
    assert (refused.status_code, refused.json["code"]) == (503, "deadline_exceeded")
    assert int(refused.headers["Retry-After"]) >= 1
    assert patient.post("/v1/entities", json={"text": GERMAN}).status_code == 200, "its place is free again"
    stuck.freed.set()


def test_a_full_queue_says_how_long_it_will_take(parts):
    stuck = StuckEngine()
    busy = MicroBatcher(stuck, queue_characters=1_000)
    desk = PartsDesk(lambda: replace(parts, engine=busy, memory=SentenceMemory()), 16)
    desk.start()
    desk.wait()
    client = create_app(Settings(), desk).test_client()
    with ThreadPoolExecutor(2) as pool:
        pool.submit(busy.translate, ["Der erste Satz."])
        until(stuck.asked.is_set)
        pool.submit(busy.translate, ["Der zweite ist sehr lang. " * 1_000])
        until(lambda: busy.waiting_characters)
        for body in ({"text": GERMAN}, {"segments": [GERMAN]}):
            refused = client.post("/v1/translations", json=body)
            assert (refused.status_code, refused.json["code"]) == (503, "overloaded")
            assert int(refused.headers["Retry-After"]) == math.ceil(busy.waiting_characters / busy.rate) > 1
        stuck.freed.set()


class StuckEngine:
    """Gives nothing back until it is freed."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.freed = threading.Event()

    def translate(self, segments, manner="plain"):
        self.asked.set()
        self.freed.wait()
        return [Translation(segment, segment, (), 0.0) for segment in segments]
