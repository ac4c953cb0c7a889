"""The words of the translation model's training pairs, and which of them eflomal aligned (`training.mt.encode`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy
import sentencepiece

from service.checks.counterparts import german_stem
from service.checks.english_words import WORD
from service.checks.lexicons.content import GERMAN_FUNCTION_WORDS
from service.checks.separable import separated_verbs

# Manuals, and sets made of names and numbers: they say little about the words of the news.
LEFT_OUT = frozenset(
    {"manpages", "rustbook", "chat-bcontrast", "synthetic-names", "synthetic-numbers", "dictionary-words"}
)
SHORTEST = 4  # letters of a German word that says something
OFTEN = 5  # times that a separable verb is written in one word


class Words(NamedTuple):
    """A text's words, punctuation and figures among them, and the word that each of its pieces is a part of."""

    words: list[str]
    of_piece: list[int]


class Pair(NamedTuple):
    """`places[t]` is the German piece that English piece t is aligned to, -1 for none; `source`, `target` are ids."""

    corpus: str
    german: Words
    english: Words
    source: list[int]
    target: list[int]
    places: list[int]

    def english_of(self) -> list[list[int]]:
        """For each German word the English words that are aligned to it, in order."""
        links: list[list[int]] = [[] for _ in self.german.words]
        for place, word in zip(self.places, self.english.of_piece, strict=True):
            if place >= 0 and word not in links[self.german.of_piece[place]]:
                links[self.german.of_piece[place]].append(word)
        return links


def aligned_pairs(data: Path) -> Iterator[Pair]:
    """The pairs of `encoded.npz`, read with `spm.model` beside it."""
    stored = numpy.load(data / "encoded.npz")
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pieces = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    names = stored["names"].tolist()
    sources = ragged(stored["source"], stored["source_offsets"])
    targets = ragged(stored["target"], stored["target_offsets"])
    alignments = ragged(stored["alignment"], stored["target_offsets"])
    for corpus, source, target, places in zip(stored["corpus"].tolist(), sources, targets, alignments, strict=True):
        if names[corpus] not in LEFT_OUT:
            german, english = (words_of([pieces[number] for number in side]) for side in (source, target))
            yield Pair(names[corpus], german, english, source, target, places)


def worded(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, list[tuple[str, list[int]]]]]:
    """Each pair with its German words and the English words that are aligned to each; a separable verb is one word."""
    is_known = written_together(pairs)
    for pair in pairs:
        links = pair.english_of()
        verbs = {verb: (particle, word) for verb, particle, word in separated(pair.german.words, is_known)}
        particles = {particle for particle, _ in verbs.values()}
        yield (
            pair,
            [
                (verbs[number][1], sorted({*own, *links[verbs[number][0]]})) if number in verbs else (word, own)
                for number, (word, own) in enumerate(zip(pair.german.words, links, strict=True))
                if number not in particles
            ],
        )


def written_together(pairs: Iterable[Pair]) -> Callable[[str], bool]:
    """Whether the texts have a word of this stem often enough to believe that its parts belong together."""
    seen = Counter(german_stem(word) for pair in pairs for word in pair.german.words)
    return lambda word: seen[german_stem(word)] >= OFTEN


def says_something(word: str) -> bool:
    """A German word, and none of the little ones."""
    return len(word) >= SHORTEST and WORD.fullmatch(word) is not None and word.lower() not in GERMAN_FUNCTION_WORDS


def separated(words: Sequence[str], is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """The numbers of separable verbs and of their particles, and both in one word."""
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    for one in separated_verbs(" ".join(words), is_known):
        yield starts.index(one.verb[0]), starts.index(one.particle[0]), one.word


def ragged(values: numpy.ndarray, offsets: numpy.ndarray) -> Iterator[list[int]]:
    """The sequences that were concatenated."""
    flat, bounds = values.tolist(), offsets.tolist()
    return (flat[start:end] for start, end in pairwise(bounds))


def words_of(pieces: Sequence[str]) -> Words:
    """Puts pieces together: a word ends at a space, and where letters and other characters meet."""
    words: list[str] = []
    numbers: list[int] = []
    for piece in pieces:
        if piece.startswith("▁") or not words or not piece[0].isalpha() or not words[-1][-1:].isalpha():
            words.append("")
        words[-1] += piece.removeprefix("▁")
        numbers.append(len(words) - 1)
    return Words(words, numbers)
