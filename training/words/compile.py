"""Compiles `models/words/english.txt.xz`: the English words that the check of spelling knows.

    python -m training.words.compile --corpora ../shared/corpora

Counted in the English sides of the parallel corpora whose licence lets what is made of them be shipped, and in three
sets for names. A word is listed when it was seen twice, or once in lower case; not when the German sides have it more
often, which tells German and misspelt words left standing in English. Inflections are left to rules (`service/checks/
english_words.py`). The same corpora give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from service.checks.english_words import DEFAULT_PATH, WORD, plain_letters

NAME_SETS = ("wikigold-en", "uner-en-ewt", "crossner-politics-en")
SHORTEST = 3
OFTEN = 5  # times in English: then it is English, whatever German makes of it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    corpora = parser.parse_args().corpora
    words = english_words(corpora)
    DEFAULT_PATH.parent.mkdir(parents=True, exist_ok=True)
    DEFAULT_PATH.write_bytes(lzma.compress("\n".join(["", *words, ""]).encode("ascii")))
    print(f"{len(words)} words, {DEFAULT_PATH.stat().st_size} bytes")


def english_words(corpora: Path) -> list[str]:
    """The words to list, plain letters in lower case, sorted."""
    english: Counter[str] = Counter()
    german: Counter[str] = Counter()
    in_lower_case: set[str] = set()
    for name in shippable(corpora / "parallel"):
        for word in words_of(lines(corpora / "parallel" / f"{name}.en.xz")):
            english[plain_letters(word)] += 1
            if word.islower():
                in_lower_case.add(plain_letters(word))
        german.update(plain_letters(word) for word in words_of(lines(corpora / "parallel" / f"{name}.de.xz")))
    for word in words_of(tokens(corpora / "ner")):
        english[plain_letters(word)] += 1
        if word.islower():
            in_lower_case.add(plain_letters(word))
    return sorted(
        word
        for word, count in english.items()
        if len(word) >= SHORTEST
        and word.isascii()
        and (count >= 2 or word in in_lower_case)
        and (count >= OFTEN or german[word] <= 2 * count)
    )


def shippable(folder: Path) -> list[str]:
    """The corpora whose licence allows it, as the manifest says."""
    with (folder / "manifest.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return sorted(
            row["name"] for row in rows if row["ship"] == "yes" and (folder / f"{row['name']}.en.xz").exists()
        )


def lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from file


def tokens(folder: Path) -> Iterator[str]:
    """The first column of the sets for names."""
    for name in NAME_SETS:
        for path in sorted((folder / name).glob("*.conll")):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield line.split("\t")[0].split(" ")[0]


def words_of(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from WORD.findall(text)


if __name__ == "__main__":
    main()
