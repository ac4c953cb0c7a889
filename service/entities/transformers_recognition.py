"""Finds names with any token classifier of the Hugging Face hub; the German rules are those of `recognition`.

Needs the extra `reference` (torch and transformers).
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer

from service.entities.model import EntityType
from service.entities.recognition import LineRecognizer, Tagged, compound_heads

# What a network reads at once unless its files say less, and by how much two windows of a longer line overlap: far
# more than any name, so that each token is read with words on both sides of it.
LONGEST_WINDOW = 512
OVERLAP = 64
BATCH_WINDOWS = 16
# The words of the texts that taggers are trained on (CoNLL 2003): hyphens and apostrophes inside, other marks alone.
# A network was taught to tag the first token of each; what it says of the others means nothing.
WORD = re.compile(r"(?:\b[^\W\d_]\.)+(?!\w)|[^\W_]+(?:[-‐‑'’&][^\W_]+)*|\S")
# The names that tag sets have for our types; what is not among them (DATE, TIME) is no name.
TYPES: Mapping[str, EntityType] = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "ORG": "ORG", "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG", "MISC": "MISC", "OTH": "MISC",
}  # fmt: skip
TAG = re.compile(r"(?:(?P<place>[BIESLU])[-_])?(?P<type>.+)")
OUTSIDE = "O"
BEGINS = frozenset("BSU")  # begin, single (BIOES), unit (BILOU)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a line, code points, with its tag. `context`: the tokens that its window holds on its poorer side."""

    start: int
    end: int
    tag: str
    context: int


class TransformersRecognizer(LineRecognizer):
    """A fetched checkpoint. May be called from several threads: they take turns, and torch uses the cores."""

    def __init__(self, folder: Path) -> None:
        super().__init__(compound_heads())
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        if not self._tokenizer.is_fast:
            raise ValueError(f"{folder}: its tokenizer does not say where in the text a token stands")
        self._model = AutoModelForTokenClassification.from_pretrained(
            folder, local_files_only=True, dtype=torch.float32
        ).eval()
        self._tokenizer.padding_side = "right"
        self._window = longest_window(self._tokenizer.model_max_length, self._model.config)
        self._turn = threading.Lock()

    def tag(self, lines: Sequence[str]) -> list[Sequence[Tagged]]:
        """The names of each line, read in overlapping windows where it is long."""
        if not lines:
            return []
        windows = self._tokenizer(
            list(lines),
            truncation=True,
            max_length=self._window,
            stride=min(OVERLAP, self._window // 4),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        with self._turn:
            labels = self._labels(windows["input_ids"])
        tokens: list[dict[int, Token]] = [{} for _ in lines]
        for number, line in enumerate(windows["overflow_to_sample_mapping"]):
            special = windows["special_tokens_mask"][number]
            for token in tokens_of(windows["offset_mapping"][number], labels[number], special):
                known = tokens[line].get(token.start)
                if known is None or token.context > known.context:
                    tokens[line][token.start] = token
        return [list(names_of(line, found.values())) for line, found in zip(lines, tokens, strict=True)]

    @torch.inference_mode()
    def _labels(self, windows: Sequence[Sequence[int]]) -> list[list[str]]:
        """The likeliest tag of each token of each window; windows of like length are read together."""
        names = self._model.config.id2label
        labels: dict[int, list[str]] = {}
        by_length = iter(sorted(range(len(windows)), key=lambda number: len(windows[number])))
        while batch := list(islice(by_length, BATCH_WINDOWS)):
            padded = self._tokenizer.pad({"input_ids": [windows[number] for number in batch]}, return_tensors="pt")
            logits = self._model(input_ids=padded["input_ids"], attention_mask=padded["attention_mask"]).logits
            for number, row in zip(batch, logits.argmax(-1).tolist(), strict=True):
                labels[number] = [names[label] for label in row[: len(windows[number])]]
        return [labels[number] for number in range(len(windows))]


def longest_window(model_max_length: float, config: Any) -> int:
    """Tokens that the network reads at once, marks at both ends included; files that say nothing say a huge number."""
    positions = getattr(config, "max_position_embeddings", None) or LONGEST_WINDOW
    return int(min(model_max_length, positions, LONGEST_WINDOW))


def tokens_of(places: Sequence[tuple[int, int]], tags: Sequence[str], special: Sequence[int]) -> list[Token]:
    """The tokens of one window that stand for text."""
    content = [
        (start, end, tag)
        for (start, end), tag, mark in zip(places, tags, special, strict=True)
        if not mark and start < end
    ]
    return [Token(*token, context=min(place, len(content) - 1 - place)) for place, token in enumerate(content)]


def names_of(line: str, tokens: Iterable[Token]) -> Iterator[Tagged]:
    """Words whose tags belong together; an inside tag may open a name, as taggers do now and then."""
    in_order = sorted(tokens, key=attrgetter("start"))
    starts = [token.start for token in in_order]
    name: Tagged | None = None
    for word in WORD.finditer(line):
        place, kind = read_tag(tag_of(word, in_order, starts))
        if name is not None and kind == name.type and place not in BEGINS:
            name = replace(name, end=word.end())
            continue
        if name is not None:
            yield name
        name = None if kind is None else Tagged(word.start(), word.end(), kind)
    if name is not None:
        yield name


def tag_of(word: re.Match[str], tokens: Sequence[Token], starts: Sequence[int]) -> str:
    """The tag of the token that a word begins with, or of the first one in it."""
    at = bisect_right(starts, word.start()) - 1
    if at < 0 or tokens[at].end <= word.start():
        at += 1
    return tokens[at].tag if at < len(tokens) and tokens[at].start < word.end() else OUTSIDE


def read_tag(tag: str) -> tuple[str | None, EntityType | None]:
    """B-PER is where a person begins; O, and what is no name of ours, has no type."""
    match = TAG.fullmatch(tag)
    return (None, None) if match is None else (match["place"], TYPES.get(match["type"].upper()))
