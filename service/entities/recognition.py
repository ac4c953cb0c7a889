"""Finds names in running text with a bundled spaCy pipeline; chaining and linking them is the next stage's work."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import spacy
from spacy.attrs import LOWER, NORM, PREFIX, SHAPE, SUFFIX
from spacy.language import Language
from spacy.tokens import Doc, Span

from service.entities.model import EntityType, Mention
from service.entities.pieces import WORD, Piece, pieces_of

# Beside the pipeline: what a row of the eight-bit word vectors is to be multiplied with.
VECTOR_SCALES = "vector-scales.npy"
# Also beside it: common words, one a line. Behind a hyphen they end no name: Nokia-Chef, IG Metall-Vorsitzender.
COMPOUND_HEADS = "compound-heads.txt"
# Pieces read at once; more saves little time and costs memory.
BATCH_PIECES = 64
# A name found this often in a text is a name wherever it stands.
SURE_OCCURRENCES = 2
# Hardly an article is without one of them, and the training texts name few: the agencies stand for themselves.
NEWS_AGENCIES = frozenset({
    "AFP", "APA", "Anadolu", "Ansa", "Belta", "Interfax", "IRNA", "Isna", "KCNA", "Kyodo", "Reuters", "TASS", "Tass",
    "Ukrinform", "Xinhua", "Yonhap", "dpa", "epd",
})  # fmt: skip

# What neither opens nor closes a name. The apostrophe is missing: it closes a genitive (Grass').
OUTSIDE_A_NAME = ' \t\u00a0\u202f"„“”‚‘»«›‹,;:!?()[]–—-'
# Titles and offices stand outside a person's name, whatever the network makes of them.
TITLES = re.compile(
    r"(?:(?:Alt|Ex|Vize)-?)?(?:Herrn?|Frau|Dr|Prof|Dipl|Ing|med|jur|phil|h\.\s?c|Mag|Mr|Mrs|Ms|Professor(?:in)?|"
    r"(?:Bundes|Vize|Reichs|Alt)?[Kk]anzler(?:in|s)?|(?:\w+)?[Mm]inister(?:in|s)?|(?:\w+)?[Pp]räsident(?:in|en)?|"
    r"(?:Ober)?[Bb]ürgermeister(?:in|s)?|König(?:in|s)?|Papst(?:es)?|Kaiser(?:in|s)?|General(?:s)?|President|Minister|"
    r"Chancellor|Prime Minister|King|Queen|Pope|Sir)\.?[\s\u00a0]+"
)

# Behind a name and a hyphen these words make one fixed name (annotation rule 3): EU-Kommission, Ifo-Institut.
FIXED_NAME = re.compile(
    r"-(?:Kommission|Parlaments?|Ministerrat(?:e?s)?|Sicherheitsrat(?:e?s)?|Menschenrechtsrat(?:e?s)?|Vollversammlung|"
    r"Generalversammlung|Kinderhilfswerks?|Flüchtlingshilfswerks?|Instituts?|Universität|Stiftung|Verlags?|Gymnasiums?)(?!\w)"
)
LAST_PART = re.compile(r"[-‐‑–](\w+)$")
# Adjectives of nationality and currencies are no names (annotation rules 2 and 5).
NO_NAME = re.compile(r"(?:US|Süd|Nord|Latein)-?amerikanisch")
CURRENCY = re.compile(r"(?:\w+-)?(?:Dollars?|Euros?|Franken|Pfund|Rubel|Yen|Yuan)|[A-Z]{0,2}[$€£]|EUR|USD|D-Mark")


# What the pipelines read of a word; spaCy would work out fifteen attributes more of each new one.
READ_OF_A_WORD = (LOWER, NORM, PREFIX, SUFFIX, SHAPE)


class Recognizer(Protocol):
    """Anything that finds names: German or English, bundled or fetched."""

    def recognize(self, text: str) -> list[Mention]:
        """The names in `text` in order, none overlapping; code points in exactly this text."""
        ...

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """The same for each text, in one batch."""
        ...


class SpacyRecognizer:
    """A bundled pipeline. May be called from several threads: they take turns.

    spaCy interns every new word for good, so a service would grow with each article; a memory zone lets go of them, and
    a zone belongs to one caller at a time. Little is lost: the work holds the interpreter lock for most of its time.
    """

    def __init__(self, path: Path) -> None:
        self._pipeline = load_pipeline(path)
        heads = path / COMPOUND_HEADS
        self._compound_heads = frozenset(heads.read_text(encoding="utf-8").split() if heads.exists() else ())
        self._turn = threading.Lock()

    def recognize(self, text: str) -> list[Mention]:
        return self.recognize_many([text])[0]

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """The names of each text; names that a text holds more than once are found everywhere in it."""
        all_texts = list(texts)
        pieces = [(index, piece) for index, text in enumerate(all_texts) for piece in pieces_of(text)]
        found: list[list[Mention]] = [[] for _ in all_texts]
        with self._turn, self._pipeline.memory_zone():
            documents = self._pipeline.pipe((piece.readable for _, piece in pieces), batch_size=BATCH_PIECES)
            for (index, piece), document in zip(pieces, documents, strict=True):
                found[index] += mentions_in(document, piece, all_texts[index], self._compound_heads)
        return [complete(text, mentions) for text, mentions in zip(all_texts, found, strict=True)]


def load_pipeline(path: Path) -> Language:
    """A pipeline as spaCy saves it; word vectors packed into eight bits are unpacked."""
    pipeline = spacy.load(path)
    if (path / VECTOR_SCALES).exists():
        scales = np.load(path / VECTOR_SCALES)
        vectors = pipeline.vocab.vectors
        vectors.data = vectors.data.astype(np.float32) * scales[:, None]
    getters = pipeline.vocab.lex_attr_getters
    pipeline.vocab.lex_attr_getters = {name: getters[name] for name in READ_OF_A_WORD if name in getters}
    return pipeline


def mentions_in(document: Doc, piece: Piece, text: str, compound_heads: frozenset[str]) -> Iterator[Mention]:
    """The names of a piece as mentions of `text`, with the ends our annotation rules ask for."""
    done = 0
    for span in document.ents:
        start, end = bounds(span, piece.readable, compound_heads)
        if done <= start < end and not is_no_name(span, piece.readable):
            done = end
            first, last = piece.origins[start], piece.origins[end]
            yield Mention(text[first:last], first, last, cast(EntityType, span.label_))


def is_no_name(span: Span, readable_text: str) -> bool:
    currency = span.label_ == "MISC" and CURRENCY.fullmatch(span.text)
    return bool(currency or NO_NAME.match(readable_text, span.start_char))


def bounds(span: Span, readable_text: str, compound_heads: frozenset[str]) -> tuple[int, int]:
    """Start and end without quotation marks, titles and common words behind a hyphen; fixed hyphenated names whole."""
    start, end = span.start_char, span.end_char
    start += len(span.text) - len(span.text.lstrip(OUTSIDE_A_NAME))
    end -= len(span.text) - len(span.text.rstrip(OUTSIDE_A_NAME))
    if span.label_ == "PER":
        while title := TITLES.match(readable_text, start, end):
            start = title.end()
    part = LAST_PART.search(readable_text, start, end) if span.label_ != "MISC" else None
    if part and part[1] in compound_heads:
        end = part.start()
    if span.label_ == "ORG" and (rest := FIXED_NAME.match(readable_text, end)):
        end = rest.end()
    return start, max(start, end) if WORD.search(readable_text, start, end) else start


def complete(text: str, mentions: list[Mention]) -> list[Mention]:
    """Adds what the network overlooked in one place though it found the same name in another, and news agencies.

    A name found once must not be overlooked oftener, so that `Koch` the cook survives one `Koch` the politician.
    """
    mentions = consistent(mentions)
    types: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        for name in names_to_look_for(mention):
            types[name][cast(EntityType, mention.type)] += 1
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    overlooked: dict[str, list[int]] = defaultdict(list)
    for word in WORD.finditer(text):
        if (word[0] in types or word[0] in NEWS_AGENCIES) and not covered[word.start()]:
            overlooked[word[0]].append(word.start())
    added = [
        Mention(name, start, start + len(name), types[name].most_common(1)[0][0] if types[name] else "ORG")
        for name, starts in overlooked.items()
        if name in NEWS_AGENCIES or types[name].total() >= min(len(starts), SURE_OCCURRENCES)
        for start in starts
    ]
    return sorted([*mentions, *added], key=lambda mention: mention.start)


def consistent(mentions: list[Mention]) -> list[Mention]:
    """Agencies are organisations, and the surname of a person named in full is that person, not an organisation."""
    surnames = {name for m in mentions if m.type == "PER" and " " in m.text for name in names_to_look_for(m)}
    known: dict[str, EntityType] = {**dict.fromkeys(surnames, "PER"), **dict.fromkeys(NEWS_AGENCIES, "ORG")}
    return [m if m.type == "LOC" else replace(m, type=known.get(m.text, m.type)) for m in mentions]


def names_to_look_for(mention: Mention) -> list[str]:
    """A one-word name itself; of a person's full name the last word."""
    words = WORD.findall(mention.text)
    if len(words) == 1 and len(mention.text) > 2:
        return [mention.text]
    return [word for word in words[-1:] if mention.type == "PER" and len(word) > 2 and word[0].isupper()]
