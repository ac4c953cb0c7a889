"""Finds names with a bundled spaCy pipeline."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import spacy
from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
from spacy.language import Language
from spacy.tokens import Doc

from service.entities.model import EntityType
from service.entities.recognition import LineRecognizer, Tagged, compound_heads

# Beside the pipeline: what a row of the eight-bit word vectors is to be multiplied with.
VECTOR_SCALES = "vector-scales.npy"
# Pieces read at once; more saves little time and costs memory.
BATCH_PIECES = 64
# What the pipelines read of a word; spaCy would work out fifteen attributes more of each new one.
READ_OF_A_WORD = (LOWER, NORM, PREFIX, SUFFIX, SHAPE)


class SpacyRecognizer(LineRecognizer):
    """A bundled pipeline. May be called from several threads: they take turns.

    spaCy interns every new word for good, so a service would grow with each article; a memory zone lets go of them, and
    a zone belongs to one caller at a time. Little is lost: the work holds the interpreter lock for most of its time.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(compound_heads(path))
        self._pipeline = load_pipeline(path)
        self._turn = threading.Lock()

    def tag(self, lines: Sequence[str]) -> list[Sequence[Tagged]]:
        with self._turn, self._pipeline.memory_zone():
            return [tagged(document) for document in self._pipeline.pipe(lines, batch_size=BATCH_PIECES)]


def load_pipeline(path: Path) -> Language:
    """A pipeline as spaCy saves it; word vectors packed into eight bits are unpacked."""
    pipeline = spacy.load(path)
    if (path / VECTOR_SCALES).exists():
        scales = np.load(path / VECTOR_SCALES)
        vectors = pipeline.vocab.vectors
        vectors.data = vectors.data.astype(np.float32) * scales[:, None]
    getters = pipeline.vocab.lex_attr_getters
    pipeline.vocab.lex_attr_getters = {name: getters[name] for name in READ_OF_A_WORD if name in getters}
    return pipeline


def tagged(document: Doc) -> list[Tagged]:
    return [Tagged(span.start_char, span.end_char, cast(EntityType, span.label_)) for span in document.ents]
