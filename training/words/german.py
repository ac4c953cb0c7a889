"""Compiles `models/words/german.txt.xz`: the German words that a translation into English replaces.

    python -m training.words.german --corpora ../shared/corpora

Counted in the parallel corpora whose licence lets what is made of them be shipped: a word is listed when it stands in
many German sentences and in next to none of their translations. Names and loanwords stay as they are, and are not
listed; but names that English spells otherwise (Türkei) are. The same corpora give the same bytes.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from service.entities.german_words import DEFAULT_PATH
from training.words.compile import lines, shippable

WORD = re.compile(r"[^\W\d_]{4,}")
LEAST = 7  # sentences: below, chance decides
MOST_KEPT = 0.04  # of its translations may hold the word: misspelt lines, titles, quotations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    words = replaced_words(parser.parse_args().corpora)
    DEFAULT_PATH.write_bytes(lzma.compress("\n".join([*words, ""]).encode("utf-8")))
    print(f"{len(words)} words, {DEFAULT_PATH.stat().st_size} bytes")


def replaced_words(corpora: Path) -> list[str]:
    """The words to list, in lower case, sorted."""
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for german, english in pairs(corpora / "parallel"):
        words = {word.lower() for word in WORD.findall(german)}
        seen.update(words)
        kept.update(words.intersection(word.lower() for word in WORD.findall(english)))
    return sorted(word for word, count in seen.items() if count >= LEAST and kept[word] <= MOST_KEPT * count)


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    for name in shippable(folder):
        yield from zip(lines(folder / f"{name}.de.xz"), lines(folder / f"{name}.en.xz"), strict=True)


if __name__ == "__main__":
    main()
