"""Tags running text with trained taggers, for a further round of training on what they are sure of.

    python -m training.ner.tagger.label build/ner/first.pt build/ner/second.pt --corpora CORPORA \
        --words build/ner/word-classes.txt.gz --out build/ner/labelled.jsonl

The taggers' probabilities are averaged. A word stays open where they are not sure, and where the name is mostly of
another type in the rest of the text: the network then learns nothing from it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch import Tensor

from service.entities.encoder_recognition import PIECES_MODEL, best_paths
from service.entities.word_features import TAGGED_WORD, WordTypes, read_classes
from service.places import MODELS
from training.mt.errors import run_step
from training.mt.model import Shape
from training.ner.compounds import OPEN
from training.ner.conll import entity_ranges
from training.ner.tagger.model import WORD_ROWS, Tagger
from training.ner.tagger.sentences import TAGS, Encoder, Example
from training.ner.tagger.train import tensors
from training.ner.text import LABELLED, LABELLED_TOO

SHORTEST, LONGEST = 6, 60  # words
LEAST_CAPITALISED = 2  # behind the first word
SURE_NAME, SURE_NO_NAME = 0.8, 0.85
VOTING, VOTES, MAJORITY = 0.7, 4, 0.8
TOGETHER, BATCH = 2000, 32


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its likeliest tags, and how likely each is."""

    example: Example
    sure: tuple[float, ...]


def lines_of(corpora: Path, chance: random.Random) -> Iterator[str]:
    for name, most in LABELLED.items():
        with lzma.open(corpora / "parallel" / f"{name}.de.xz", "rt", encoding="utf-8") as text:
            lines = list(text)
        yield from chance.sample(lines, min(most, len(lines)))
    yield from (corpora / LABELLED_TOO).read_text(encoding="utf-8").splitlines()


def unlabelled(lines: Iterable[str]) -> Iterator[Example]:
    """The lines that may hold a name, each once."""
    for line in dict.fromkeys(line.strip() for line in lines):
        words = list(TAGGED_WORD.finditer(line))
        capitalised = sum(word[0][0].isupper() for word in words[1:])
        if SHORTEST <= len(words) <= LONGEST and capitalised >= LEAST_CAPITALISED:
            ends = [-1, *(word.end() for word in words)]
            glued = tuple(word.start() == end for word, end in zip(words, ends, strict=False))
            yield Example(tuple(word[0] for word in words), glued, ("O",) * len(words), misc=False, domain=0)


def probabilities(tagger: Tagger, row: dict[str, Tensor], lengths: Tensor) -> Tensor:
    """Of each tag of each word over all paths (B, W, T): the gradient of the logarithm of their sum."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        scores = tagger.scores(row)
    scores.requires_grad_()
    tagger.log_sum(scores, lengths).sum().backward()
    assert scores.grad is not None
    return scores.grad


def label(taggers: Sequence[Tagger], encoder: Encoder, examples: Sequence[Example]) -> Iterator[Labelled]:
    rows = encoder.plain(examples)
    ruled_out, never_first = (weights.detach().numpy() for weights in (taggers[0].follows, taggers[0].opens))
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].pieces))
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        row, _, lengths = tensors([rows[number] for number in chosen])
        mean = torch.stack([probabilities(tagger, row, lengths) for tagger in taggers]).mean(0).numpy()
        sentences = [mean[number, :length] for number, length in enumerate(lengths.tolist())]
        logarithms = [np.log(sentence.clip(1e-6)) for sentence in sentences]
        paths = best_paths(logarithms, never_first, ruled_out)
        for number, path, sentence in zip(chosen, paths, sentences, strict=True):
            tagged = replace(examples[number], tags=tuple(TAGS[tag] for tag in path))
            yield Labelled(tagged, tuple(float(sentence[word, tag]) for word, tag in enumerate(path)))


def usual_types(labelled: Iterable[Labelled]) -> dict[str, str]:
    """The type, or O, that a capitalised word has nearly everywhere."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in labelled:
        for word, tag, sure in zip(one.example.words, one.example.tags, one.sure, strict=True):
            if word[0].isupper() and sure >= VOTING:
                votes[word][tag[2:] or "O"] += 1
    tops = {word: counts.most_common(1)[0] for word, counts in votes.items() if counts.total() >= VOTES}
    return {word: label for word, (label, count) in tops.items() if count >= MAJORITY * votes[word].total()}


def opened(one: Labelled, usual: dict[str, str]) -> Example:
    """The sentence with the tags that can be relied on."""
    words, tags = one.example.words, list(one.example.tags)
    for at, (tag, sure) in enumerate(zip(one.example.tags, one.sure, strict=True)):
        if tag == "O" and sure < SURE_NO_NAME:
            tags[at] = OPEN
    for start, end, label in entity_ranges(one.example.tags):
        unusual = end - start == 1 and usual.get(words[start], label) != label
        if min(one.sure[start:end]) < SURE_NAME or label == "MISC" or unusual:
            tags[start:end] = [OPEN] * (end - start)
    return replace(one.example, tags=tuple(tags))


def load_tagger(path: Path) -> Tagger:
    state = torch.load(path, map_location="cpu")
    tagger = Tagger(Shape(**state["shape"]))
    tagger.load_state_dict(state["tagger"])
    return tagger.requires_grad_(False)


def write_labelled(trained: Sequence[Path], corpora: Path, words: Path, out: Path) -> None:
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(MODELS / "marian-de-en" / PIECES_MODEL))
    encoder = Encoder(pieces, WordTypes(read_classes(words)), WORD_ROWS)
    taggers = [load_tagger(path) for path in trained]
    examples = list(unlabelled(lines_of(corpora, random.Random(1))))
    print(f"{len(examples)} sentences", flush=True)
    labelled: list[Labelled] = []
    for at in range(0, len(examples), TOGETHER):
        labelled += label(taggers, encoder, examples[at : at + TOGETHER])
        print(f"{len(labelled)} labelled", flush=True)
    usual = usual_types(labelled)
    with out.open("w", encoding="utf-8") as lines:
        for example in (opened(one, usual) for one in labelled):
            row = {"words": example.words, "glued": example.glued, "tags": example.tags}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path, nargs="+")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="what `words` made")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    return run_step(
        "label", lambda: write_labelled(arguments.trained, arguments.corpora, arguments.words, arguments.out)
    )


if __name__ == "__main__":
    sys.exit(main())
