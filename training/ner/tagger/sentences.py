"""Annotated sentences as the tagger learns them: text, pieces, word types, and the tags that each word may have."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import sentencepiece

from service.entities.encoder_recognition import END_OF_SENTENCE, END_TYPE
from service.entities.pieces import lower_capitals
from service.entities.word_features import CLASSES, TAGGED_WORD, WordTypes, first_and_last_pieces, word_row
from training.ner.compounds import OPEN, NameLexicon, compound_tags
from training.ner.conll import NER_CORPORA, NameCorpus, Sentence, read_conll

TAGS = ("O", *(f"{place}-{label}" for label, place in product(("PER", "LOC", "ORG", "MISC"), "BI")))
TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS)}
# The corpora differ in what they call a name: the network is told which one it reads, and serves as GermEval's.
DOMAINS = tuple(corpus.name for corpus in NER_CORPORA["de"])

NO_SPACE_BEFORE = frozenset(".,;:!?)]}%…’“")
NO_SPACE_BEHIND = frozenset("([{„‚")
CLOSING_MARKS = frozenset(".,:;-–")
LONGEST_SENTENCE = 250  # pieces

# How a pass varies its sentences: joined to two or three, in title case (headlines in capitals are read so), cut into
# other pieces (Kudo 2018), words without their class, words without their row.
JOINED = 0.2
TITLED = 0.015
RESAMPLED = 0.3
RESAMPLING_SHARPNESS = 0.5
CLASS_FORGOTTEN = 0.08
WORD_FORGOTTEN = 0.25
# Of GermEval's sentences without names this share is read: they teach little.
NAMELESS = 0.6
LABELLED = 13_000  # sentences labelled by taggers in a pass, at most
NATURAL = 0.5  # the others have spaces around every mark, as the corpora and their scores do


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence in our words. glued: no space before; tags may be OPEN; misc: is MISC annotated?"""

    words: tuple[str, ...]
    glued: tuple[bool, ...]
    tags: tuple[str, ...]
    misc: bool
    domain: int

    @property
    def has_names(self) -> bool:
        return any(tag.startswith("B-") for tag in self.tags)


@dataclass(frozen=True, slots=True)
class Row:
    """An example as numbers. allowed: words x tags, true where the gold tags leave a tag possible."""

    pieces: np.ndarray
    types: np.ndarray
    domain: int
    first: np.ndarray
    last: np.ndarray
    words: np.ndarray
    allowed: np.ndarray


def cut(text: str) -> list[str]:
    return TAGGED_WORD.findall(text) or [text]


def split_words(words: Iterable[str]) -> tuple[list[str], list[bool]]:
    """The corpora's words in ours, and which of these have no space before."""
    parts = [cut(word) for word in words]
    return [part for word in parts for part in word], [number > 0 for word in parts for number in range(len(word))]


def to_example(sentence: Sentence, corpus: NameCorpus, lexicon: NameLexicon) -> Example:
    words, glued = split_words(sentence.words)
    tags: list[str] = []
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        parts = cut(word)
        inside = tag if tag == "O" else f"I-{tag[2:]}"
        labelled = [tag, *[inside] * (len(parts) - 1)]
        tags += compound_tags(parts, lexicon) if len(parts) > 2 and tag == "O" else labelled
    if not corpus.misc:
        tags = without_closing_marks(words, tags)
    return Example(tuple(words), tuple(glued), tuple(tags), corpus.misc, DOMAINS.index(corpus.name))


def without_closing_marks(words: list[str], tags: list[str]) -> list[str]:
    """Some corpora count the full stop of a sentence as a part of its last name."""
    left = list(tags)
    for at in range(len(words) - 1, 0, -1):
        last = at + 1 == len(words) or not left[at + 1].startswith("I-")
        if words[at] in CLOSING_MARKS and left[at].startswith("I-") and last:
            left[at] = OPEN
    return left


def read_examples(corpora: Path, lexicon: NameLexicon) -> dict[str, list[Example]]:
    """The training sentences of each German corpus."""
    return {
        corpus.name: [
            to_example(sentence, corpus, lexicon)
            for path in corpus.train_paths(corpora)
            for sentence in read_conll(path)
        ]
        for corpus in NER_CORPORA["de"]
    }


def read_labelled(path: Path) -> list[Example]:
    """The sentences that `label` tagged; what it took for MISC is open there, so nothing is said of MISC."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Example(tuple(row["words"]), tuple(row["glued"]), tuple(row["tags"]), misc=False, domain=0) for row in rows]


def join(examples: Sequence[Example]) -> Example:
    """Examples of one corpus one behind the other, as a line of an article has them."""
    words, glued, tags = (
        tuple(value for example in examples for value in getattr(example, name)) for name in ("words", "glued", "tags")
    )
    return replace(examples[0], words=words, glued=glued, tags=tags)


def joined(examples: Sequence[Example], chance: random.Random) -> Iterator[Example]:
    at = 0
    while at < len(examples):
        count = chance.choice((2, 2, 3)) if chance.random() < JOINED else 1
        yield join(examples[at : at + count])
        at += count


def titled(example: Example) -> Example:
    """The example as the service reads a line of capitals."""
    shouted = " ".join(example.words).upper()
    words = lower_capitals(shouted).split(" ")
    return replace(example, words=tuple(words)) if len(words) == len(example.words) else example


def text_of(example: Example, natural: bool) -> tuple[str, np.ndarray]:
    """The text, and words x (start, end) in its code points. natural: marks stand where print has them."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at, quoted = 0, False
    for (before, word), glued in zip(pairwise(("", *example.words)), example.glued, strict=True):
        space = bool(parts) and not glued
        if natural and (word in NO_SPACE_BEFORE or before in NO_SPACE_BEHIND or (quoted and '"' in (word, before))):
            space = False
        quoted ^= word == '"'
        parts += [" ", word] if space else [word]
        at += space
        spans.append((at, at + len(word)))
        at += len(word)
    return "".join(parts), np.array(spans)


def allowed_tags(example: Example) -> np.ndarray:
    allowed = np.zeros((len(example.tags), len(TAGS)), bool)
    for word, tag in enumerate(example.tags):
        allowed[word, slice(None) if tag == OPEN else TAG_NUMBER[tag]] = True
        if tag == "O" and not example.misc:
            allowed[word, [TAG_NUMBER["B-MISC"], TAG_NUMBER["I-MISC"]]] = True
    return allowed


class Encoder:
    """Turns examples into rows, as the service turns its sentences into windows."""

    def __init__(self, pieces: sentencepiece.SentencePieceProcessor, types: WordTypes, word_rows: int) -> None:
        self._pieces = pieces
        self._types = types
        self._word_rows = word_rows

    def plain(self, examples: Sequence[Example], natural: bool = False) -> list[Row]:
        """The rows of unchanged examples, in order; their tags play no part."""
        built = [text_of(example, natural) for example in examples]
        encoded = self._encode([text for text, _ in built])
        return [self._row(*row, None) for row in zip(examples, (spans for _, spans in built), encoded, strict=True)]

    def varied(self, examples: Sequence[Example], chance: random.Random) -> list[Row]:
        """The rows of one pass."""
        built = [text_of(example, chance.random() < NATURAL) for example in examples]
        encoded = self._encode([text for text, _ in built])
        resampled = [number for number in range(len(built)) if chance.random() < RESAMPLED]
        sampling = {"enable_sampling": True, "alpha": RESAMPLING_SHARPNESS}
        for number, other in zip(resampled, self._encode([built[n][0] for n in resampled], **sampling), strict=True):
            encoded[number] = other
        return [
            self._row(example, spans, pieces, chance)
            for example, (_, spans), pieces in zip(examples, built, encoded, strict=True)
            if 0 < len(pieces["ids"]) <= LONGEST_SENTENCE
        ]

    def _encode(self, texts: list[str], **sampling: object) -> list[dict[str, list]]:
        return self._pieces.encode(texts, return_type="offset_mapping", num_threads=1, **sampling) if texts else []

    def _row(self, example: Example, spans: np.ndarray, pieces: dict[str, list], chance: random.Random | None) -> Row:
        first, last = first_and_last_pieces(np.array(pieces["offsets"])[:, 1], spans[:, 0], spans[:, 1])
        types = np.array([self._types.type_of(word) for word in example.words])
        words = np.array([word_row(word, self._word_rows) for word in example.words])
        if chance is not None:
            types = np.where(_draw(len(types), CLASS_FORGOTTEN, chance), types // CLASSES * CLASSES, types)
            words = np.where(_draw(len(words), WORD_FORGOTTEN, chance), 0, words)
        of_pieces = np.zeros(len(pieces["ids"]), np.int64)
        for begin, end, value in zip(first[::-1], last[::-1], types[::-1], strict=True):
            of_pieces[begin : end + 1] = value
        return Row(
            np.append(pieces["ids"], END_OF_SENTENCE),
            np.append(of_pieces, END_TYPE),
            example.domain,
            first,
            last,
            words,
            allowed_tags(example),
        )


def _draw(count: int, share: float, chance: random.Random) -> np.ndarray:
    return np.array([chance.random() < share for _ in range(count)])


def one_pass(
    examples: dict[str, list[Example]],
    labelled: list[Example],
    exchanged: Callable[[Example], Example],
    chance: random.Random,
) -> Iterator[Example]:
    """The sentences of one pass. labelled: by taggers; exchanged: puts other names into a sentence."""
    for corpus in NER_CORPORA["de"]:
        chosen = [example for example in examples[corpus.name] if chance.random() < corpus.repeat]
        if corpus.name == DOMAINS[0]:
            named = [example for example in chosen if example.has_names or chance.random() < NAMELESS]
            chosen = [exchanged(example) for example in named]
        chance.shuffle(chosen)
        for example in joined(chosen, chance):
            yield titled(example) if chance.random() < TITLED else example
    own = [example for example in labelled if chance.random() < labelled_share(example)]
    chance.shuffle(own)
    yield from map(exchanged, own[:LABELLED])


def labelled_share(example: Example) -> float:
    """Of the sentences that taggers labelled, those with organisations are read most often."""
    if "B-ORG" in example.tags:
        return 1.0
    return 0.6 if example.has_names else 0.12


def spans_of(words: Iterable[tuple[int, int]], path: Sequence[int]) -> list[tuple[int, int, str]]:
    """The names that a path of tag numbers marks."""
    spans: list[tuple[int, int, str]] = []
    for (start, end), number in zip(words, path, strict=True):
        place, _, label = TAGS[number].partition("-")
        if place == "B":
            spans.append((int(start), int(end), label))
        elif place == "I" and spans:
            spans[-1] = (spans[-1][0], int(end), label)
    return spans
