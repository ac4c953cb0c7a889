"""Learns which capitalised German words open sentences, and writes them to `service/segmentation/openers.txt`.

    python -m training.segmentation.openers --corpora ../shared/corpora

German capitalises every noun, so a capital says little after "19." or "II."; the word itself says more: "Unterdessen"
stands at the start of a sentence, "Jahrhundert" inside one. The idea is the orthographic heuristic of Punkt (Kiss and
Strunk 2006, section 4.1.1), counted over the German sides of sentence-aligned corpora that may be shipped (GermEval
2014 and Tatoeba CC BY, Europarl free, MLQE-PE CC0, MT-GenEval and XQuAD CC BY-SA). The list holds single words,
nothing of the texts.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

OUTPUT = Path("service/segmentation/openers.txt")

# News, parliament, encyclopedia, everyday sentences; handbooks address the reader with a capital "Sie" all the time.
# Wikinews is left out because the bench measures on it.
CORPORA = (
    "germeval14-translated",
    "europarl-comtrans",
    "europarl-natural",
    "europarl-testsets",
    "mlqe-pe-wiki",
    "mt-geneval-wiki",
    "xquad",
    "tatoeba",
)

# A word that a sentence begins with at least four times as often as it is capitalised inside one.
SMALLEST_SHARE = 0.8
FEWEST_OPENINGS = 5

_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_NEW_START = set(".!?:…„“”\"»«‚‘'([–—-")


def read_sentences(corpora: Path) -> Iterator[str]:
    """German sentences of the chosen corpora, none of which may be unshippable."""
    with (corpora / "parallel" / "manifest.tsv").open(encoding="utf-8") as manifest:
        shippable = {row["name"] for row in csv.DictReader(manifest, delimiter="\t") if row["ship"].startswith("yes")}
    for name in CORPORA:
        if name not in shippable:
            raise ValueError(f"{name} may not be shipped")
        with lzma.open(corpora / "parallel" / f"{name}.de.xz", "rt", encoding="utf-8") as lines:
            yield from lines


def count(sentences: Iterator[str]) -> tuple[Counter[str], Counter[str]]:
    """How often a capitalised word opens a sentence, and how often it stands inside one."""
    opening: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for sentence in sentences:
        tokens = _TOKEN.findall(sentence)
        before = "."
        for position, token in enumerate(tokens):
            if token[0].isupper():
                if position == 0:
                    opening[token] += 1
                elif before not in _NEW_START:
                    inside[token] += 1
            before = token
    return opening, inside


def choose(opening: Counter[str], inside: Counter[str]) -> list[str]:
    """The openers, in alphabetical order."""
    return sorted(
        word
        for word, times in opening.items()
        if times >= FEWEST_OPENINGS and len(word) > 1 and times / (times + inside[word]) >= SMALLEST_SHARE
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    words = choose(*count(read_sentences(parser.parse_args().corpora)))
    OUTPUT.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {OUTPUT}")


if __name__ == "__main__":
    main()
