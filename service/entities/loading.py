"""Loads a recogniser's folder; the only place that knows which class an engine of the catalog stands for.

The libraries of an engine are imported with it: nobody pays for those that are not used.
"""

from __future__ import annotations

from pathlib import Path

from service.entities.recognition import LineRecognizer


def load_recognizer(engine: str, folder: Path, cores: int = 1) -> LineRecognizer:
    """A recogniser on one of the engines `ctranslate2` (which reads on several cores), `spacy` and `transformers`.

    Raises ImportError where the engine's libraries are not installed, ValueError for an engine that finds no names.
    """
    if engine == "ctranslate2":
        from service.entities.encoder_recognition import EncoderRecognizer

        return EncoderRecognizer(folder, cores=cores)
    if engine == "spacy":
        from service.entities.spacy_recognition import SpacyRecognizer

        return SpacyRecognizer(folder)
    if engine == "transformers":
        from service.entities.transformers_recognition import TransformersRecognizer

        return TransformersRecognizer(folder)
    raise ValueError(f"no recogniser runs on the engine {engine!r}")


def load_recognizer_in(folder: Path) -> LineRecognizer:
    """The recogniser whose files lie in a folder that no catalog knows."""
    if (folder / "head.npz").is_file():
        return load_recognizer("ctranslate2", folder)
    return load_recognizer("spacy" if (folder / "meta.json").is_file() else "transformers", folder)
