"""Compiles `models/words/counterparts.txt.xz`: what German words became in the parallel corpora.

    python -m training.mt.prepare --corpora ../shared/corpora
    python -m training.mt.vocabulary
    python -m training.mt.encode
    python -m training.words.counterparts

Counted in the pairs that the translation model trains on, over the alignments of their pieces (eflomal), pieces put
together to words, words cut to stems. Manuals and sets made of names and numbers are left out.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from service.checks.counterparts import COMMON_MARK, DEFAULT_PATH, english_stem, german_stem
from service.checks.english_words import WORD
from training.words.aligned import aligned_pairs, worded

LEAST_SEEN = 3  # links of a German stem: what was seen less often is not known
COMMON = 10  # links from which on its counterparts are all there are
LEAST_SHARE = 0.005  # of a stem's links, a little less counted than there were: chance misaligns
DISCOUNT, SMOOTHING = 0.5, 3

Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    entries = list(compiled(Counter(aligned_stems(parser.parse_args().data))))
    DEFAULT_PATH.write_bytes(lzma.compress("".join(entries).encode("utf-8")))
    print(f"{len(entries)} German stems, {DEFAULT_PATH.stat().st_size} bytes")


def compiled(counts: Counter[Pair]) -> Iterator[str]:
    """The lines of the file: a German stem and the English ones that it became, sorted."""
    links: Counter[str] = Counter()
    english: dict[str, list[str]] = defaultdict(list)
    for (german, _), count in counts.items():
        links[german] += count
    for (german, other), count in counts.items():
        if (count - DISCOUNT) / (links[german] + SMOOTHING) >= LEAST_SHARE:
            english[german].append(other)
    for german in sorted(english):
        if links[german] >= LEAST_SEEN:
            mark = COMMON_MARK if links[german] >= COMMON else ""
            yield f"{mark}{german} {' '.join(sorted(english[german]))}\n"


def aligned_stems(data: Path) -> Iterator[Pair]:
    """The stems of the words that are aligned, each pair once a sentence."""
    for pair, words in worded(list(aligned_pairs(data))):
        english = [english_stem(word) if WORD.fullmatch(word) else "" for word in pair.english.words]
        yield from {
            (german_stem(word), english[number])
            for word, numbers in words
            for number in numbers
            if WORD.fullmatch(word) and english[number]
        }


if __name__ == "__main__":
    main()
