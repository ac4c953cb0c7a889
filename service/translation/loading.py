"""Loads a translation model folder into an engine; the only place that knows which engine a folder needs."""

from __future__ import annotations

from pathlib import Path

from service.segmentation.long_sentences import split_long
from service.translation.batching import MicroBatcher, sentence_cache
from service.translation.confidence import confidence_in
from service.translation.ctranslate2_engine import CTranslate2Decoder
from service.translation.marian_engine import MAX_PIECES, MarianEngine, Search
from service.translation.marian_tokenizer import MarianTokenizer
from service.translation.tuning import tune_process

NEEDED_FILES = ("model.bin", "config.json", "source.spm", "target.spm", "vocab.json")


class ModelFolderError(Exception):
    """The folder does not hold a complete model; the message names what is missing."""


def load_engine(
    folder: Path, workers: int = 2, threads: int = 1, beam_size: int = 1, max_pieces: int = MAX_PIECES
) -> MarianEngine:
    """Load a CTranslate2 Marian folder: `workers` batches side by side, each on `threads` cores.

    Longer sentences than `max_pieces` are translated in stretches. Raises ModelFolderError when a file is missing.
    """
    tune_process()
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    if missing:
        raise ModelFolderError(f"{folder}: no {', '.join(missing)} (see `presseschau models list`)")
    tokenizer = MarianTokenizer.from_folder(folder)
    decoder = CTranslate2Decoder(folder, workers, threads)
    return MarianEngine(tokenizer, decoder, split_long, Search(beam_size=beam_size), max_pieces, confidence_in(folder))


def load_shared_engine(
    folder: Path, workers: int = 2, beam_size: int = 1, *, cache_bytes: int, max_pieces: int = MAX_PIECES
) -> MicroBatcher:
    """The engine of a process that serves many requests: batched across them, and remembering sentences."""
    engine = load_engine(folder, workers, beam_size=beam_size, max_pieces=max_pieces)
    return MicroBatcher(engine, sentence_cache(cache_bytes))
