"""The annotated corpora: where they lie, what their licence allows, and how their files are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and BIO tags side by side."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameCorpus:
    """`repeat`: copies of a sentence in the training file, below 1 the share drawn; `misc`: is MISC annotated?"""

    name: str
    licence: str
    train: tuple[str, ...]
    repeat: float = 1.0
    misc: bool = True

    def train_paths(self, corpora: Path) -> list[Path]:
        return [corpora / "ner" / self.name / f"{part}.conll" for part in self.train]


NER_CORPORA: dict[str, tuple[NameCorpus, ...]] = {
    "de": (
        NameCorpus("germeval14", "CC BY 4.0", ("train",)),
        NameCorpus("smartdata", "CC BY 4.0", ("train",), repeat=0.8, misc=False),
        NameCorpus("mobie", "CC BY 4.0", ("train",), repeat=0.1, misc=False),
        NameCorpus("wikiann-de", "CC BY-SA (Wikipedia)", ("train",), repeat=0.4, misc=False),
    ),
    "en": (
        NameCorpus("crossner-politics-en", "MIT, text CC BY-SA", ("train", "test")),
        NameCorpus("btc-en", "CC BY 4.0", ("a", "b", "e", "f", "g", "h"), repeat=0.2, misc=False),
        NameCorpus("uner-en-ewt", "CC BY-SA 4.0", ("dev",), repeat=2.0, misc=False),
        NameCorpus("wikiann-en", "CC BY-SA (Wikipedia)", ("train",), repeat=0.1, misc=False),
    ),
}


def read_conll(path: Path) -> Iterator[Sentence]:
    """The sentences of a `token TAB tag` file with an empty line between sentences."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            word, tag = line.split("\t")
            words.append(word)
            tags.append(tag)
        elif words:
            yield Sentence(tuple(words), tuple(tags))
            words, tags = [], []


def training_sentences(corpora: Path, language: str) -> list[Sentence]:
    """All sentences that a recogniser of the language may learn from."""
    paths = (path for corpus in NER_CORPORA[language] for path in corpus.train_paths(corpora))
    return [sentence for path in paths for sentence in read_conll(path)]


def entity_ranges(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """First word, word behind the last, and type of every entity."""
    ranges: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag.startswith("I-") and ranges and ranges[-1][1] == index:
            ranges[-1] = (ranges[-1][0], index + 1, ranges[-1][2])
        elif tag[:2] in ("B-", "I-"):
            ranges.append((index, index + 1, tag[2:]))
    return ranges
