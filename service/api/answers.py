"""What every successful answer of `/v1/` carries beside its content: an id, the pipeline's signature, the timings."""

from __future__ import annotations

import uuid

from flask import Response, jsonify

from service import __version__
from service.pipeline import LoadedModel
from service.rendering.documents import Json, pipeline_json


def answer(content: Json, models: tuple[LoadedModel, ...], timings: dict[str, float]) -> Response:
    response = jsonify({"id": f"ps_{uuid.uuid4().hex}", "pipeline": pipeline_json(__version__, models), **content})
    response.headers["Server-Timing"] = ", ".join(
        f"{stage};dur={seconds * 1000:.1f}" for stage, seconds in timings.items()
    )
    return response
