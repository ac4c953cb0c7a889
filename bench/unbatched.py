"""The service with each request translated by itself, to measure what batching across requests is worth.

python -m bench.unbatched
"""

from __future__ import annotations

from pathlib import Path

from service import cli
from service.translation import loading
from service.translation.marian_engine import MAX_PIECES, MarianEngine


def load_unshared(
    folder: Path, workers: int = 2, beam_size: int = 1, *, max_pieces: int = MAX_PIECES, **_: object
) -> MarianEngine:
    return loading.load_engine(folder, workers, beam_size=beam_size, max_pieces=max_pieces)


if __name__ == "__main__":
    loading.load_shared_engine = load_unshared
    raise SystemExit(cli.main(["serve"]))
