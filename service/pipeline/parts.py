"""What is loaded once and serves every request."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from service.entities.base import Recognizer
from service.patience import Patience, bound
from service.pipeline.memory import SentenceMemory
from service.summarization.abstractive import AbstractiveSummarizer
from service.summarization.base import Summarizer
from service.translation.base import TranslationEngine


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """What an answer says about a model that made it."""

    role: str
    name: str
    revision: str
    sha256: str
    licence: str = ""
    engine: str = ""
    scores: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that is loaded once and serves every request; each part is safe to call from several threads.

    `english_recognizer` helps alignment to find the counterparts that nothing else finds; it may be missing, and so may
    `writer`, which the abstractive engine needs.
    `patience` alone is a request's own: see `within`.
    """

    recognizer: Recognizer
    summarizer: Summarizer
    engine: TranslationEngine
    models: tuple[LoadedModel, ...] = ()
    english_recognizer: Recognizer | None = None
    patience: Patience = field(default_factory=Patience)
    writer: AbstractiveSummarizer | None = None
    memory: SentenceMemory = field(default_factory=SentenceMemory)

    def within(self, patience: Patience) -> Parts:
        """The parts for one request: a stage raises DeadlineExceeded or Cancelled when nobody waits for it."""
        engine, recognizer = bound(self.engine, patience), bound(self.recognizer, patience)
        writer, memory = bound(self.writer, patience), bound(self.memory, patience)
        return replace(self, engine=engine, recognizer=recognizer, writer=writer, memory=memory, patience=patience)
