"""Adds pairs whose German has some words in English already, as the bundled dictionary renders them.

    python -m training.mt.dictionary_words --data build/mt      # after encode and training.words.renderings

The service puts a rendering into the German where the model has lost a word (`service/checks/attempts.py`). The model
learns to take it over, in the form that its sentence needs: a word is exchanged only if the English side has its
rendering's stem (code-switched training, Song et al. 2019). The corpus is called `dictionary-words`.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy
import sentencepiece

from service.checks.counterparts import english_stem, is_common
from service.checks.renderings import rendering_of
from training.mt.encode import MAX_PIECES, flat
from training.words.aligned import Pair, Words, aligned_pairs, ragged, says_something, separated

NAME = "dictionary-words"
LEAST_WEIGHT = 1.5  # of a corpus in the manifest: news, parliament, encyclopedia
TWICE = 4.0  # the news is read twice
# How often a word is exchanged that the training texts have at most so often: the rare ones get lost.
CHANCES = ((30, 0.6), (300, 0.2), (10**9, 0.05))
SEED = 1

Encoded = tuple[list[int], list[int], list[int]]  # source, target, alignment


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("build/mt"))
    parser.add_argument("--manifest", type=Path, default=Path(__file__).with_name("corpora.toml"))
    arguments = parser.parse_args()
    corpora = tomllib.loads(arguments.manifest.read_text(encoding="utf-8"))
    made = exchanged(arguments.data, {name: corpus["weight"] for name, corpus in corpora.items()})
    append(arguments.data / "encoded.npz", made)
    print(f"{len(made)} pairs with {NAME}")


def exchanged(data: Path, weights: dict[str, float]) -> list[Encoded]:
    """The pairs of the weightier corpora, those with a word to exchange."""
    rng = random.Random(SEED)
    model = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pairs = [pair for pair in aligned_pairs(data) if weights[pair.corpus] >= LEAST_WEIGHT]
    seen = Counter(word for pair in pairs for word in pair.german.words)
    made: list[Encoded] = []
    for pair in pairs:
        known = candidates(pair)
        for _ in range(2 if weights[pair.corpus] >= TWICE else 1):
            chosen = {
                number: english
                for number, english in known.items()
                if rng.random() < chance(seen[pair.german.words[number]])
            }
            if chosen:
                made.append(exchange(pair, chosen, model))
    return [one for one in made if len(one[0]) <= MAX_PIECES]


def chance(count: int) -> float:
    return next(share for most, share in CHANCES if count <= most)


def candidates(pair: Pair) -> dict[int, str]:
    """The German words that have a rendering which the English side has as well, by their numbers."""
    stems = {english_stem(word) for word in pair.english.words}
    verbs = {verb: word for verb, _, word in separated(pair.german.words, is_common)}
    found = {}
    for number, word in enumerate(pair.german.words):
        word = verbs.get(number, word)
        english = rendering_of(word) if says_something(word) else None
        if english and english.lower() != word.lower() and stems.issuperset(map(english_stem, english.split())):
            found[number] = english
    return found


def exchange(pair: Pair, chosen: dict[int, str], model: sentencepiece.SentencePieceProcessor) -> Encoded:
    """The pair with these German words in English; pieces stay aligned, within a new word in their order.

    The particle of a separable verb goes with it, and what was aligned to it is now to the verb.
    """
    particles = {particle: verb for verb, particle, _ in separated(pair.german.words, is_common) if verb in chosen}
    own = pieces_of(pair.german)
    source: list[int] = []
    starts: list[int] = []
    for number, pieces in enumerate(own):
        starts.append(len(source))
        if number in chosen:
            source += model.encode(chosen[number])
        elif number not in particles:
            source += [pair.source[piece] for piece in pieces]
    ends = [*starts[1:], len(source)]
    alignment: list[int] = []
    used: Counter[int] = Counter()
    for place in pair.places:
        if place < 0:
            alignment.append(-1)
            continue
        read = pair.german.of_piece[place]
        number = particles.get(read, read)
        inside = used[number] if number in chosen else own[number].index(place)
        used[number] += 1
        alignment.append(min(starts[number] + inside, ends[number] - 1))
    return source, pair.target, alignment


def pieces_of(words: Words) -> list[list[int]]:
    """The numbers of each word's pieces."""
    pieces: list[list[int]] = [[] for _ in words.words]
    for piece, number in enumerate(words.of_piece):
        pieces[number].append(piece)
    return pieces


def append(path: Path, made: Sequence[Encoded]) -> None:
    """Write the file again with these pairs behind the others, instead of those added before."""
    with numpy.load(path) as stored:
        old = dict(stored)
    names = old["names"].tolist()
    names = names if NAME in names else [*names, NAME]
    own = names.index(NAME)
    pairs = zip(
        ragged(old["source"], old["source_offsets"]),
        ragged(old["target"], old["target_offsets"]),
        ragged(old["alignment"], old["target_offsets"]),
        strict=True,
    )
    rows = [*(pair for pair, corpus in zip(pairs, old["corpus"], strict=True) if corpus != own), *made]
    sources, targets, alignments = zip(*rows, strict=True)
    source, source_offsets = flat(sources, numpy.int16)
    target, target_offsets = flat(targets, numpy.int16)
    alignment, _ = flat(alignments, numpy.int8)
    corpus = numpy.array([*old["corpus"][old["corpus"] != own], *[own] * len(made)], numpy.int8)
    numpy.savez_compressed(
        path, source=source, source_offsets=source_offsets, target=target, target_offsets=target_offsets,
        alignment=alignment, corpus=corpus, names=numpy.array(names), vocabulary=old["vocabulary"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
