"""Trains a recogniser: word features and vectors into spaCy's transition-based NER, one process, one thread.

Keeps the averaged weights of the pass that scores best on the development sentences.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.training.initialize import convert_vectors
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Optimizer, warmup_linear

from training.ner.conll import Sentence, read_conll
from training.ner.evaluate import TypedSpan, score
from training.ner.gazetteer import word_classes
from training.ner.tokenizer import blank_pipeline, words_of

CONFIG = Path(__file__).with_name("pipeline.cfg")
DROPOUT = 0.2
WARMUP_STEPS = 250
BATCH_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: the learning rate falls to nothing over `epochs`, whether or not training stops before."""

    fresh: bool
    epochs: int
    epochs_full_only: int
    stop_after: int
    learning_rate: float
    seed: int


def build(language: str, vectors: Path, names: Path) -> Language:
    """An untrained pipeline: tokenizer, word classes, vectors, network."""
    config = load_config(CONFIG)
    config["nlp"]["lang"] = language
    nlp = load_model_from_config(config, auto_fill=True)
    blank = blank_pipeline(language)
    nlp.tokenizer.infix_finditer = blank.tokenizer.infix_finditer
    set_word_classes(nlp, names)
    convert_vectors(nlp, vectors, truncate=0, prune=0, mode="floret")
    return nlp


def set_word_classes(nlp: Language, names: Path) -> None:
    lookups = Lookups()
    lookups.add_table("lexeme_norm", word_classes(names, nlp.lang, words_of(nlp.tokenizer)))
    nlp.vocab.lookups = lookups


def batches(documents: list[Doc], chance: random.Random) -> Iterator[list[Doc]]:
    """Shuffled documents in batches of about `BATCH_WORDS` words."""
    documents = documents[:]
    chance.shuffle(documents)
    batch: list[Doc] = []
    words = 0
    for document in documents:
        batch.append(document)
        words += len(document)
        if words >= BATCH_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def development_f1(nlp: Language, sentences: list[Sentence]) -> float:
    def recognize_many(texts: list[str]) -> list[list[TypedSpan]]:
        return [[(e.start_char, e.end_char, e.label_) for e in document.ents] for document in nlp.pipe(texts)]

    scores = score(sentences, recognize_many)
    print("   ", scores.row(), flush=True)
    return scores.precision_recall_f1()[2]


def leave_misc_open(nlp: Language, documents: list[Doc]) -> None:
    """Opens what the model so far takes for MISC in sentences of a corpus that knows no MISC and calls it nothing."""
    guesses = nlp.pipe(Doc(nlp.vocab, words=[token.text for token in document]) for document in documents)
    for document, guess in zip(documents, guesses, strict=True):
        doubtful = [t.i for span in guess.ents if span.label_ == "MISC" for t in span if not document[t.i].ent_type]
        missing = [Span(document, index, index + 1) for index in doubtful]
        document.set_ents(list(document.ents), missing=missing, default="unmodified")


def one_pass(nlp: Language, documents: list[Doc], optimizer: Optimizer, chance: random.Random) -> float:
    """Updates the network once on every document; returns the loss."""
    losses: dict[str, float] = {}
    for batch in batches(documents, chance):
        pairs = [Example(Doc(nlp.vocab, words=[token.text for token in d]), d) for d in batch]
        nlp.update(pairs, sgd=optimizer, drop=DROPOUT, losses=losses)
        optimizer.step_schedules()
    return losses["ner"]


def train(
    nlp: Language, full: list[Doc], no_misc: list[Doc], development: list[Sentence], plan: Plan, out: Path
) -> None:
    chance = random.Random(plan.seed)
    spacy.util.fix_random_seed(plan.seed)
    words = plan.epochs * sum(map(len, full)) + (plan.epochs - plan.epochs_full_only) * sum(map(len, no_misc))
    schedule = warmup_linear(plan.learning_rate, WARMUP_STEPS, words // BATCH_WORDS)
    optimizer = Adam(schedule, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    if plan.fresh:
        samples = [Example(Doc(nlp.vocab, words=[token.text for token in d]), d) for d in full[:2000]]
        nlp.initialize(lambda: samples, sgd=optimizer)
    else:
        nlp.resume_training(sgd=optimizer)
    best = 0.0
    started = time.monotonic()
    documents = full
    for epoch in range(1, min(plan.epochs, plan.stop_after) + 1):
        if epoch == plan.epochs_full_only + 1:
            leave_misc_open(nlp, no_misc)
            documents = full + no_misc
        loss = one_pass(nlp, documents, optimizer, chance)
        print(f"epoch {epoch} loss {loss:.0f} after {time.monotonic() - started:.0f} s", flush=True)
        with nlp.use_params(optimizer.averages):
            f1 = development_f1(nlp, development)
            if f1 > best:
                best = f1
                nlp.to_disk(out)


def read_documents(path: Path, nlp: Language) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("de", "en"), required=True)
    parser.add_argument("--documents", type=Path, required=True, help="the folder that prepare wrote")
    parser.add_argument("--development", type=Path, required=True, help="CoNLL")
    parser.add_argument("--vectors", type=Path, required=True, help="a .floret file")
    parser.add_argument("--names", type=Path, required=True, help="the folder of the name lists")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--epochs-full-only", type=int, default=3, help="first passes, before the corpora without MISC")
    parser.add_argument("--stop-after", type=int, default=1000, help="passes after which to stop early")
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--start", type=Path, help="a trained pipeline to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.start:
        nlp = spacy.load(arguments.start)
        set_word_classes(nlp, arguments.names)
    else:
        nlp = build(arguments.language, arguments.vectors, arguments.names)
    full, no_misc = (read_documents(arguments.documents / f"{name}.spacy", nlp) for name in ("full", "no-misc"))
    plan = Plan(
        not arguments.start,
        arguments.epochs,
        arguments.epochs_full_only,
        arguments.stop_after,
        arguments.learning_rate,
        arguments.seed,
    )
    train(nlp, full, no_misc, list(read_conll(arguments.development)), plan, arguments.out)


if __name__ == "__main__":
    main()
