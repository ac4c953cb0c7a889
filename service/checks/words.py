"""Which words English news writes in lower case, so that a capital letter on one of them makes no name."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path
from typing import Final

_PATH: Final = Path(__file__).parents[2] / "models" / "names" / "english-words.txt.gz"


@functools.cache
def english_words() -> frozenset[str]:
    """The bundled list, read once. Raises OSError when it is missing."""
    with gzip.open(_PATH, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)
