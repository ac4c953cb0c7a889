"""Loads a model that writes; the only place that knows which class an engine of the catalog stands for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from service.summarization.abstractive import AbstractiveSummarizer


def load_writer(engine: str, folder: Path, options: Mapping[str, str | int]) -> AbstractiveSummarizer:
    """A summarizer that writes. `options` are those of the catalog: prefix, input_tokens, output_tokens.

    Raises ImportError where the engine's libraries are not installed, ValueError for an engine that does not write.
    """
    if engine != "transformers":
        raise ValueError(f"no summarizer writes on the engine {engine!r}")
    from service.summarization.transformers_generation import TransformersGenerator

    return AbstractiveSummarizer(TransformersGenerator(folder, **options))  # type: ignore[arg-type]
