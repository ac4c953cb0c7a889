"""Loads the parts of the pipeline, and lends them to requests once they are warm.

The heavy libraries are imported inside the functions, so that a server process answers `/healthz` before they are.
"""

from __future__ import annotations

import gc
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service import __version__
from service.patience import Patience
from service.settings import Settings
from service.translation.batching import Overloaded

if TYPE_CHECKING:
    from service.entities.recognition import LineRecognizer
    from service.models.catalog import ModelEntry
    from service.pipeline.parts import LoadedModel, Parts
    from service.summarization.abstractive import AbstractiveSummarizer

logger = logging.getLogger(__name__)

ENGLISH, WRITING = "recognition_en", "summarization"  # the roles that a profile may do without
PLACE_POLL_SECONDS = 0.05  # how soon who waits for a place notices that it was given up
FIRST_WORK_SECONDS = 1.0  # of a request, a careful guess until the first is measured
WORK_WEIGHT = 0.2  # how fast the measured time follows a change: the newest request counts a fifth

# Of the memory for sentences, for the names of lines: a line with three names takes 1 kB, its sentences 9.
LINES_SHARE = 8
MEMORY_SHARE = 2  # and for how sentences came out

WARM_UP_TEXT = (
    "Die Bundesregierung will den Ausbau der Bahn beschleunigen, teilte das Verkehrsministerium in Berlin mit.\n"
    "Ministerin Anna Beispiel sagte am Montag, dafür seien 20 Millionen Euro vorgesehen."
)


class NotReady(Exception):
    """The models are not loaded (yet, or at all); `reasons` are for people."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class PartsDesk:
    """Loads the parts in a thread of its own and lends them to a bounded number of requests.

    The thread must start after gunicorn has forked: CTranslate2's own threads do not survive a fork.
    """

    def __init__(self, load: Callable[[], Parts], max_requests: int) -> None:
        self._load = load
        self._parts: Parts | None = None
        self._reasons = ["the models are still being loaded"]
        self._places = threading.BoundedSemaphore(max_requests)
        self._work_seconds = FIRST_WORK_SECONDS
        self._in_work = 0
        self._counting = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="load-parts", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self, timeout: float | None = None) -> None:
        """Wait until loading has ended, one way or the other; `timeout` in seconds."""
        self._thread.join(timeout)

    def get(self) -> Parts:
        """The loaded parts. Raises NotReady."""
        if self._parts is None:
            raise NotReady(self._reasons)
        return self._parts

    @contextmanager
    def lend(self, patience: Patience | None = None, wait: bool = False) -> Iterator[Parts]:
        """The loaded parts, for the length of one request. Raises NotReady, and Overloaded unless it may wait."""
        parts = self.get()
        while not self._places.acquire(timeout=PLACE_POLL_SECONDS if wait else 0):
            if not wait:
                raise Overloaded(self.retry_after())
            if patience:
                patience.check()
        started = time.monotonic()
        self._count(1)
        try:
            yield parts.within(patience) if patience else parts
        finally:
            self._places.release()
            self._count(-1)
            self._work_seconds += WORK_WEIGHT * (time.monotonic() - started - self._work_seconds)

    @property
    def work_seconds(self) -> float:
        """How long a request takes lately."""
        return self._work_seconds

    @property
    def in_work(self) -> int:
        """How many requests have the parts now."""
        return self._in_work

    def _count(self, change: int) -> None:
        with self._counting:
            self._in_work += change

    def retry_after(self) -> int:
        """Whole seconds that a request takes lately: by then the places taken now will be free."""
        return max(1, math.ceil(self._work_seconds))

    def _run(self) -> None:
        try:
            self._parts = self._load()
        except Exception as error:
            logger.exception("the models could not be loaded")
            self._reasons = [f"the models could not be loaded: {error}"]


def load_warm_parts(settings: Settings) -> Parts:
    """Load everything and push one small article through, so that the first caller pays for nothing."""
    from service.article.language import require_german
    from service.article.plain import read_text
    from service.checks.english_words import is_unlike_english
    from service.checks.renderings import rendering_of
    from service.pipeline.options import SummaryOptions
    from service.pipeline.summary import summarize

    parts = load_parts(settings)
    article = read_text(WARM_UP_TEXT)
    require_german(article)
    summarize(article, parts, SummaryOptions(engine="abstractive" if parts.writer else "extractive"))
    is_unlike_english("slachthof")  # that article has no such word, and the table behind it takes 0.2 s
    rendering_of("Haus")  # nor has it a lost one
    gc.collect()
    gc.freeze()  # all this stays as long as the process: looking through it for garbage took 20 ms every 40 requests
    return parts


def load_parts(settings: Settings) -> Parts:
    """Load the models that the settings choose, each file compared with its SHA-256.

    Raises CatalogError, ModelMissing, ModelCorrupt, ModelUnusable or ModelFolderError: there is no half service.
    """
    from service.models.catalog import choose
    from service.models.integrity import checked_folder
    from service.pipeline.memory import SentenceMemory
    from service.pipeline.parts import Parts
    from service.summarization.extractive import ExtractiveSummarizer
    from service.translation.loading import load_shared_engine
    from service.translation.tuning import tune_process, usable_cores

    tune_process()  # before any model: the recogniser's may be one of CTranslate2 as well
    cores = settings.cores or usable_cores()
    chosen = choose(settings.models)
    folders = {role: checked_folder(entry) for role, entry in chosen.items()}
    return Parts(
        recognizer=recognizer_of(chosen["recognition"], cores).remembering(
            settings.sentence_cache_bytes // LINES_SHARE
        ),
        english_recognizer=recognizer_of(chosen[ENGLISH], cores) if ENGLISH in chosen else None,
        summarizer=ExtractiveSummarizer(),
        memory=SentenceMemory(settings.sentence_cache_bytes // MEMORY_SHARE),
        engine=load_shared_engine(
            folders["translation"],
            workers=cores,
            cache_bytes=settings.sentence_cache_bytes,
            **chosen["translation"].options,  # type: ignore[arg-type]
        ),
        models=tuple(map(signature, chosen.values())),
        writer=writer_of(chosen[WRITING]) if WRITING in chosen else None,
    )


def recognizer_of(entry: ModelEntry, cores: int = 1) -> LineRecognizer:
    """The recogniser that the catalog's engine asks for. Raises ModelUnusable."""
    from service.entities.loading import load_recognizer
    from service.models.integrity import usable

    with usable(entry):
        return load_recognizer(entry.engine, entry.folder, cores)


def writer_of(entry: ModelEntry) -> AbstractiveSummarizer:
    """The summarizer of the abstractive engine. Raises ModelUnusable."""
    from service.models.integrity import usable
    from service.summarization.loading import load_writer

    with usable(entry):
        return load_writer(entry.engine, entry.folder, entry.options)


def signature(entry: ModelEntry) -> LoadedModel:
    """What answers say about a model. A bundled one has the revision of the service that it came with."""
    from service.models.integrity import fingerprint
    from service.pipeline.parts import LoadedModel

    return LoadedModel(
        role=entry.role,
        name=entry.name,
        revision=entry.revision or __version__,
        sha256=fingerprint(entry),
        licence=entry.licence,
        engine=entry.engine,
        scores=dict(entry.scores),
    )
