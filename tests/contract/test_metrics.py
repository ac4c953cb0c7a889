"""`GET /metrics`: numbers that add up, all of them described, and nothing that could tell what was read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.loading import PartsDesk
from service.pipeline.memory import SentenceMemory
from service.places import ROOT
from service.settings import Settings, digest_of

GERMAN = "Die Bundesregierung berät am Freitag in Berlin über den Haushalt, teilte ein Sprecher mit."


def numbers(client) -> dict[str, float]:
    """Each sample by its name and labels, as `name{label="value"}`."""
    page = client.get("/metrics").get_data(as_text=True)
    found = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def test_what_was_asked_is_counted_by_route_and_status(client):
    for body in ({"text": GERMAN}, {"text": GERMAN}, {}):
        client.post("/v1/summaries", json=body)
    client.get("/no-such-path/Haushalt")
    counted = numbers(client)
    assert counted['presseschau_requests_total{method="POST",route="/v1/summaries",status="200"}'] == 2
    assert counted['presseschau_requests_total{method="POST",route="/v1/summaries",status="422"}'] == 1
    assert counted['presseschau_requests_total{method="GET",route="-",status="404"}'] == 1
    assert counted['presseschau_response_seconds_count{route="/v1/summaries"}'] == 3
    assert counted['presseschau_problems_total{code="invalid_request"}'] == 1
    assert counted['presseschau_stage_seconds_count{stage="entities"}'] == 1, "the second answer was remembered"
    assert counted['presseschau_stage_seconds_sum{stage="entities"}'] > 0
    assert counted['presseschau_cache_hits_total{cache="answers"}'] == 1
    assert counted['presseschau_cache_misses_total{cache="answers"}'] == 1
    assert counted['presseschau_cache_hit_ratio{cache="answers"}'] == 0.5
    assert counted['presseschau_cache_bytes{cache="answers"}'] > 1_000
    assert counted["presseschau_requests_in_work{}"] == 0
    assert counted["presseschau_redis_failures_total{}"] == 0


def test_problems_inside_of_batches_and_streams_are_counted(client):
    client.post("/v1/summaries:batch", json={"articles": [{"text": ""}, {"text": GERMAN}, 7]})
    assert numbers(client)['presseschau_problems_total{code="empty_article"}'] == 1
    assert numbers(client)['presseschau_problems_total{code="invalid_request"}'] == 1


def test_every_metric_is_described(client):
    for body in ({"text": GERMAN}, {}):
        client.post("/v1/summaries", json=body)
    described = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    names = {re.sub(r"(_sum|_count|_bucket)?\{.*", "", sample) for sample in numbers(client)}
    own = {name for name in names if name.startswith("presseschau_")}
    assert len(own) >= 12
    for name in own:
        assert f"`{name}`" in described, name


def test_metrics_tell_nothing_of_what_was_read(client):
    client.post("/v1/summaries?title=Vertraulich", data=GERMAN.encode(), headers={"Content-Type": "text/plain"})
    client.request("GEHEIM", "/v1/summaries")
    page = client.get("/metrics").get_data(as_text=True)
    for private in ("Haushalt", "Berlin", "Vertraulich", "GEHEIM", "127.0.0.1"):
        assert private not in page


def test_metrics_ask_for_a_key_like_the_other_routes(desk):
    client = create_app(Settings(api_keys=(digest_of("geheim"),)), desk).test_client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer geheim"}).status_code == 200


def test_metrics_are_there_before_the_models_are():
    desk = PartsDesk(lambda: None, 1)
    page = create_app(Settings(), desk).test_client().get("/metrics")
    assert page.status_code == 200 and "presseschau_requests_in_work 0.0" in page.get_data(as_text=True)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_work_that_takes_too_long_is_counted_once(parts, accept):
    class Slow:
        def translate(self, segments, manner="plain"):
            from service.patience import DeadlineExceeded

            raise DeadlineExceeded

    desk = PartsDesk(lambda: replace(parts, engine=Slow(), memory=SentenceMemory()), 1)
    desk.start()
    desk.wait()
    client = create_app(Settings(), desk).test_client()
    client.post("/v1/summaries", json={"text": GERMAN}, headers={"Accept": accept}).get_data()
    assert numbers(client)['presseschau_problems_total{code="deadline_exceeded"}'] == 1
