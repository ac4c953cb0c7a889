"""Teaches the encoder of a translation model to tag names: one process, one thread, about an hour of a core.

    python -m training.ner.tagger.train --corpora CORPORA --weights build/mt/run/average.pt --out build/ner/tagger.pt

The learning rate rises, then falls over the passes; what is kept are the running means of the weights over the second
half, or the last weights if those score better on the development sentences. A second round (`--start`) also reads
what `label` made of running text (`--labelled`).
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece
import torch

from service.entities.encoder_recognition import PIECES_MODEL, best_paths
from service.entities.word_features import WordTypes, read_classes
from service.places import MODELS
from training.mt import checkpoint
from training.mt.errors import run_step
from training.mt.model import Shape
from training.ner.compounds import NameLexicon
from training.ner.conll import read_conll, training_sentences
from training.ner.evaluate import Scores, TypedSpan, score
from training.ner.tagger.exchange import NamePool
from training.ner.tagger.model import WORD_ROWS, Tagger
from training.ner.tagger.sentences import (
    Encoder,
    Example,
    Row,
    one_pass,
    read_examples,
    read_labelled,
    spans_of,
    split_words,
    text_of,
)

BATCH_PIECES = 2000
RATE, HEAD_RATE, EMBEDDING_RATE = 3e-4, 1e-3, 1e-4
WARMUP_STEPS = 120
DROPOUT, HEAD_DROPOUT = 0.13, 0.3
WEIGHT_DECAY = 0.01
MEAN_EVERY, MEAN_SHARE = 5, 0.03
BUCKET = 4000  # rows sorted by length at a time
REPORT_STEPS = 50


@dataclass
class Progress:
    """How far training is, 0 to 1: by steps, or by minutes if those end sooner."""

    steps: int
    minutes: float
    rates: tuple[float, float]  # at the beginning and at the end, times the rates above
    started: float
    step: int = 0

    @property
    def done(self) -> float:
        return max(self.step / self.steps, (time.monotonic() - self.started) / 60 / self.minutes)

    @property
    def rate(self) -> float:
        first, last = self.rates
        return max(0.0, min(first * (self.step + 1) / WARMUP_STEPS, first + (last - first) * self.done))


def batches(rows: Sequence[Row], chance: random.Random) -> list[list[Row]]:
    """Rows of like length together, about `BATCH_PIECES` with the padding, in random order."""
    order = list(rows)
    chance.shuffle(order)
    made: list[list[Row]] = []
    for at in range(0, len(order), BUCKET):
        batch: list[Row] = []
        for row in sorted(order[at : at + BUCKET], key=lambda row: len(row.pieces)):
            if batch and len(row.pieces) * (len(batch) + 1) > BATCH_PIECES:
                made.append(batch)
                batch = []
            batch.append(row)
        made.append(batch)
    chance.shuffle(made)
    return made


def padded(arrays: Sequence[np.ndarray], filling: int) -> torch.Tensor:
    longest = max(map(len, arrays))
    table = np.full((len(arrays), longest, *arrays[0].shape[1:]), filling, arrays[0].dtype)
    for number, array in enumerate(arrays):
        table[number, : len(array)] = array
    return torch.from_numpy(table)


def tensors(batch: Sequence[Row]) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]:
    """The network's input, the allowed tags (B, W, T) and the numbers of words (B)."""
    fillings = {"pieces": -1, "types": 0, "first": 0, "last": 0, "words": 0}
    row = {name: padded([getattr(row, name) for row in batch], filling) for name, filling in fillings.items()}
    row["domain"] = torch.tensor([row.domain for row in batch])
    return row, padded([row.allowed for row in batch], True), torch.tensor([len(row.words) for row in batch])


def predict(tagger: Tagger, rows: Sequence[Row]) -> list[list[int]]:
    """The tags of each row, whatever corpus it comes from read as GermEval's."""
    transitions, start = (weights.detach().numpy() for weights in tagger.path_weights())
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].pieces))
    paths: list[list[int]] = [[] for _ in rows]
    for at in range(0, len(order), 32):
        chosen = order[at : at + 32]
        row, _, lengths = tensors([rows[number] for number in chosen])
        row["domain"] = torch.zeros_like(row["domain"])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = tagger.scores(row).numpy()
        sentences = [scores[number, :length] for number, length in enumerate(lengths.tolist())]
        for number, path in zip(chosen, best_paths(sentences, start, transitions), strict=True):
            paths[number] = path
    return paths


class Development:
    """The development sentences; scores a tagger on them."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._sentences = list(read_conll(path))
        split = [split_words(sentence.words) for sentence in self._sentences]
        examples = [Example(tuple(words), tuple(glued), ("O",) * len(words), True, 0) for words, glued in split]
        self._rows = encoder.plain(examples)
        self._spans = [text_of(example, natural=False)[1] for example in examples]

    def score(self, tagger: Tagger) -> Scores:
        def find(_: list[str]) -> list[list[TypedSpan]]:
            return [spans_of(words, path) for words, path in zip(self._spans, predict(tagger, self._rows), strict=True)]

        return score(self._sentences, find)


def optimizer_of(tagger: Tagger) -> torch.optim.AdamW:
    rates = {"encoder": RATE, "embedding": EMBEDDING_RATE}
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, weight in tagger.named_parameters():
        groups.setdefault(rates.get(name.partition(".")[0], HEAD_RATE), []).append(weight)
    parameters = [{"params": weights, "top": rate} for rate, weights in groups.items()]
    return torch.optim.AdamW(parameters, lr=RATE, betas=(0.9, 0.98), weight_decay=WEIGHT_DECAY, fused=True)


def one_step(tagger: Tagger, batch: Sequence[Row], optimizer: torch.optim.AdamW, rate: float) -> tuple[float, int]:
    """One update; returns the loss and the number of words that it is the sum over."""
    for group in optimizer.param_groups:
        group["lr"] = group["top"] * rate
    row, allowed, lengths = tensors(batch)
    with torch.autocast("cpu", torch.bfloat16):
        scores = tagger.scores(row, DROPOUT, HEAD_DROPOUT)
    loss = tagger.loss(scores, allowed, lengths)
    words = int(lengths.sum())
    (loss / words * 8).backward()
    torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach()), words


def run_pass(
    tagger: Tagger, mean: Tagger | None, made: list[list[Row]], optimizer: torch.optim.AdamW, progress: Progress
) -> Tagger | None:
    """One pass, or what is left of the time; returns the running means, which begin at half of the way."""
    lost, seen = 0.0, 0
    for batch in made:
        loss, words = one_step(tagger, batch, optimizer, progress.rate)
        progress.step += 1
        lost, seen = lost + loss, seen + words
        if progress.step % REPORT_STEPS == 0:
            print(f"step {progress.step} of {progress.steps}, loss {lost / seen:.4f} a word", flush=True)
            lost, seen = 0.0, 0
        if progress.done > 0.5 and mean is None:
            mean = copy.deepcopy(tagger)
        elif mean is not None and progress.step % MEAN_EVERY == 0:
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(tagger.parameters()), MEAN_SHARE)
        if progress.done >= 1:
            break
    return mean


def passes(
    corpora: Path, words: Path, labelled: Path | None, encoder: Encoder, chance: random.Random
) -> Iterator[list[list[Row]]]:
    """The batches of one pass after the other."""
    lexicon = NameLexicon(training_sentences(corpora, "de"), read_classes(words))
    examples = read_examples(corpora, lexicon)
    pool = NamePool(examples["smartdata"] + examples["wikiann-de"], corpora / "names", chance)
    own = read_labelled(labelled) if labelled else []
    while True:
        chosen = one_pass(examples, own, pool.exchanged, chance)
        yield batches(encoder.varied(list(chosen), chance), chance)


def build(weights: Path, start: Path | None) -> Tagger:
    """The encoder of a translation model under a new head, or a trained tagger."""
    state = checkpoint.load(weights)
    tagger = Tagger(Shape(**state["shape"]))
    tagger.load_encoder(state["master"])
    if start:
        tagger.load_state_dict(torch.load(start, map_location="cpu")["tagger"])
    return tagger


def train(tagger: Tagger, arguments: argparse.Namespace, chance: random.Random) -> None:
    """Passes until they are done or the time is up; after each, the better weights are written."""
    corpora = arguments.corpora
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(MODELS / "marian-de-en" / PIECES_MODEL))
    encoder = Encoder(pieces, WordTypes(read_classes(arguments.words)), WORD_ROWS)
    development = Development(corpora / "ner/germeval14/dev.conll", encoder)
    optimizer = optimizer_of(tagger)
    progress, mean = None, None
    for made in passes(corpora, arguments.words, arguments.labelled, encoder, chance):
        steps = int(len(made) * arguments.epochs)
        progress = progress or Progress(steps, arguments.minutes, tuple(arguments.rates), time.monotonic())
        mean = run_pass(tagger, mean, made, optimizer, progress)
        results = [(development.score(one), one) for one in (tagger, mean) if one is not None]
        for scores, _ in results:
            print(f"{progress.done:.0%} {scores.row()}", flush=True)
        best = max(results, key=lambda result: result[0].precision_recall_f1()[2])[1]
        torch.save({"shape": tagger.shape.as_dict(), "tagger": best.state_dict()}, arguments.out)
        if progress.done >= 1:
            return


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="what `words` made")
    parser.add_argument("--weights", type=Path, required=True, help="average.pt, or the bundled CTranslate2 folder")
    parser.add_argument("--start", type=Path, help="a trained tagger to go on from")
    parser.add_argument("--labelled", type=Path, help="what `label` made, read besides the corpora")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--minutes", type=float, default=600, help="stop after so many, however busy the machine")
    parser.add_argument("--rates", type=float, nargs=2, default=(1.0, 0.0), help="the learning rates at both ends")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    np.random.seed(arguments.seed)

    def step() -> None:
        train(build(arguments.weights, arguments.start), arguments, random.Random(arguments.seed))

    return run_step("train", step)


if __name__ == "__main__":
    sys.exit(main())
