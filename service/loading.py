"""Loads the parts of the pipeline, and lends them to requests once they are warm.

The heavy libraries are imported inside the functions, so that a server process answers `/healthz` before they are.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service import __version__
from service.settings import Settings
from service.translation.batching import Overloaded

if TYPE_CHECKING:
    from service.models.catalog import ModelEntry
    from service.pipeline import LoadedModel, Parts

logger = logging.getLogger(__name__)

ENGLISH = "recognition_en"  # the role in a profile of the catalog that may be missing
RETRY_SECONDS = 2  # an article takes less than one

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
    def lend(self) -> Iterator[Parts]:
        """The loaded parts, for the length of one request. Raises NotReady, Overloaded."""
        parts = self.get()
        if not self._places.acquire(blocking=False):
            raise Overloaded(RETRY_SECONDS)
        try:
            yield parts
        finally:
            self._places.release()

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
    from service.pipeline import summarize

    parts = load_parts(settings)
    article = read_text(WARM_UP_TEXT)
    require_german(article)
    summarize(article, parts)
    return parts


def load_parts(settings: Settings) -> Parts:
    """Load the models that the settings choose, each file compared with its SHA-256.

    Raises CatalogError, ModelMissing, ModelCorrupt or ModelFolderError: there is no half service.
    """
    from service.entities.recognition import SpacyRecognizer
    from service.models.catalog import choose
    from service.models.integrity import checked_folder
    from service.pipeline import Parts
    from service.summarization.extractive import ExtractiveSummarizer
    from service.translation.batching import MicroBatcher
    from service.translation.loading import load_engine

    chosen = choose(settings.models)
    folders = {role: checked_folder(entry) for role, entry in chosen.items()}
    return Parts(
        recognizer=SpacyRecognizer(folders["recognition"]),
        english_recognizer=SpacyRecognizer(folders[ENGLISH]) if ENGLISH in folders else None,
        summarizer=ExtractiveSummarizer(),
        engine=MicroBatcher(load_engine(folders["translation"], workers=settings.cores)),
        models=tuple(map(signature, chosen.values())),
    )


def signature(entry: ModelEntry) -> LoadedModel:
    """What answers say about a model. A bundled one has the revision of the service that it came with."""
    from service.models.integrity import fingerprint
    from service.pipeline import LoadedModel

    return LoadedModel(
        role=entry.role,
        name=entry.name,
        revision=entry.revision or __version__,
        sha256=fingerprint(entry),
        licence=entry.licence,
        engine=entry.engine,
        scores=dict(entry.scores),
    )
