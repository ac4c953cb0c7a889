"""Loads a translation model folder into an engine; the only place that knows which engine a folder needs."""

from __future__ import annotations

from pathlib import Path

from service.segmentation.long_sentences import split_long
from service.translation.batching import MicroBatcher
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import MarianEngine, Search
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.sentence_cache import SentenceCache

CACHE_BYTES = 64_000_000  # some 15,000 sentences
NEEDED_FILES = ("model.bin", "config.json", "source.spm", "target.spm", "vocab.json")


class ModelFolderError(Exception):
    """The folder does not hold a complete model; the message names what is missing."""


def load_engine(folder: Path, workers: int = 2, threads: int = 1, beam_size: int = 1) -> MarianEngine:
    """Load a CTranslate2 Marian folder: `workers` batches side by side, each on `threads` cores.

    Raises ModelFolderError when a file is missing.
    """
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    if missing:
        raise ModelFolderError(f"{folder}: no {', '.join(missing)} (see `presseschau models list`)")
    tokenizer = MarianTokenizer.from_folder(folder)
    decoder = CTranslate2Decoder(folder, workers, threads)
    return MarianEngine(tokenizer, decoder, split_long, Search(beam_size=beam_size))


def load_shared_engine(
    folder: Path, revision: str, workers: int = 2, beam_size: int = 1, cache_bytes: int = CACHE_BYTES
) -> MicroBatcher:
    """The engine of a process that serves many requests: batched across them, and remembering sentences.

    revision: what tells this model's translations from another's, for example `integrity.fingerprint`.
    """
    engine = load_engine(folder, workers, beam_size=beam_size)
    return MicroBatcher(engine, SentenceCache(f"{revision} beam {beam_size}", cache_bytes))
