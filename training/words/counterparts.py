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
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy
import sentencepiece

from service.checks.counterparts import COMMON_MARK, DEFAULT_PATH, english_stem, german_stem
from service.checks.english_words import WORD

LEFT_OUT = frozenset({"manpages", "rustbook", "chat-bcontrast", "synthetic-names", "synthetic-numbers"})
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
    stored = numpy.load(data / "encoded.npz")
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pieces = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    names = stored["names"].tolist()
    left_out = {number for number, name in enumerate(names) if name in LEFT_OUT}
    sources = ragged(stored["source"], stored["source_offsets"])
    targets = ragged(stored["target"], stored["target_offsets"])
    alignments = ragged(stored["alignment"], stored["target_offsets"])
    for corpus, source, target, places in zip(stored["corpus"].tolist(), sources, targets, alignments, strict=True):
        if corpus in left_out:
            continue
        german = [german_stem(word) for word in words_of([pieces[number] for number in source])]
        english = [english_stem(word) for word in words_of([pieces[number] for number in target])]
        yield from {
            (german[place], other)
            for place, other in zip(places, english, strict=True)
            if place >= 0 and german[place] and other
        }


def ragged(values: numpy.ndarray, offsets: numpy.ndarray) -> Iterator[list[int]]:
    """The sequences that were concatenated."""
    flat, bounds = values.tolist(), offsets.tolist()
    return (flat[start:end] for start, end in pairwise(bounds))


def words_of(pieces: Sequence[str]) -> list[str]:
    """For each piece the word that it is a part of; nothing for what is no word."""
    words: list[str] = []
    numbers: list[int] = []
    for piece in pieces:
        if piece.startswith("▁") or not words or not piece[0].isalpha() or not words[-1][-1:].isalpha():
            words.append("")
        words[-1] += piece.removeprefix("▁")
        numbers.append(len(words) - 1)
    return [words[number] if WORD.fullmatch(words[number]) else "" for number in numbers]


if __name__ == "__main__":
    main()
