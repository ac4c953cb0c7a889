"""What every recogniser of names shares: lines in, mentions out, and the German rules that their names pass.

Chaining and linking them is the next stage's work.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self, cast

from service.cache import Cache, CacheFigures
from service.entities.model import EntityType, Mention
from service.entities.persons import is_family_first
from service.entities.pieces import Piece, pieces_of
from service.entities.words import WORD
from service.patience import Patience
from service.places import MODELS

# Beside a model: common words, one a line. Behind a hyphen they end no name: Nokia-Chef, IG Metall-Vorsitzender.
COMPOUND_HEADS = "compound-heads.txt"
# Measured on CPython 3.11 with tracemalloc, for an entry and each of its names; rounded up.
LINE_BYTES = 400
NAME_BYTES = 140
# A name found this often in a text is a name wherever it stands.
SURE_OCCURRENCES = 2
# Hardly an article is without one of them, and the training texts name few: these stand for themselves, in compounds
# too (Nato-Gipfel).
SURE_ORGANISATIONS = frozenset({
    "AFP", "APA", "Anadolu", "Ansa", "Belta", "Interfax", "IRNA", "Isna", "KCNA", "Kyodo", "Reuters", "TASS", "Tass",
    "Ukrinform", "Xinhua", "Yonhap", "dpa", "epd", "EU", "Esa", "ESA", "NASA", "Nasa", "NATO", "Nato", "UN", "UNO",
})  # fmt: skip

# What neither opens nor closes a name. The apostrophe is missing: it closes a genitive (Grass').
OUTSIDE_A_NAME = ' \t\u00a0\u202f"„“”‚‘»«›‹,;:!?()[]–—-'
# A combining mark behind a space belongs to no letter, and to no name.
LONE_MARK = re.compile(r"\s+[\u0300-\u036f]+$")
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
# The full stop behind a word that is neither initial, ordinal nor abbreviation ends the sentence, not the name.
SENTENCE_STOP = re.compile(r"(?<!\w)(?![IVXLCDM]+\.)(?:[^\W\d_]{4,}|[A-ZÄÖÜ]{3})\.$")
SYLLABLE = re.compile(r" ([A-Z][a-z]{1,4})(?![\w-])")
LAST_PART = re.compile(r"[-‐‑–](\w+)$")
# Adjectives of nationality and currencies are no names (annotation rules 2 and 5).
NO_NAME = re.compile(r"(?:US|Süd|Nord|Latein)-?amerikanisch|[a-zäöüß]+(?:isch|deutsch)(?:e[mnrs]?)?\s")
CURRENCY = re.compile(r"(?:\w+-)?(?:Dollars?|Euros?|Franken|Pfund|Rubel|Yen|Yuan)|[A-Z]{0,2}[$€£]|EUR|USD|D-Mark")


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a network takes for a name: a stretch of a piece's readable text."""

    start: int
    end: int
    type: EntityType


class LineRecognizer(ABC):
    """What every recogniser does around its network: lines in, names of the text out, lines remembered."""

    def __init__(self, heads: frozenset[str]) -> None:
        self._compound_heads = heads
        self._cache: Cache[str, Sequence[Tagged]] | None = None
        self._patience = Patience()

    def remembering(self, max_bytes: int) -> Self:
        """This recogniser with a memory for the names of lines."""
        remembering = copy(self)
        remembering._cache = Cache(max_bytes, bytes_of)
        return remembering

    def within(self, patience: Patience) -> Self:
        """This recogniser for one request."""
        bound = copy(self)
        bound._patience = patience
        return bound

    def cache_figures(self) -> CacheFigures:
        """What is remembered of lines, for metrics."""
        return self._cache.figures() if self._cache is not None else CacheFigures(0, 0, 0)

    def recognize(self, text: str) -> list[Mention]:
        return self.recognize_many([text])[0]

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """The names of each text; names that a text holds more than once are found everywhere in it."""
        all_texts = list(texts)
        pieces = [(index, piece) for index, text in enumerate(all_texts) for piece in pieces_of(text)]
        read = self._remembered([piece.readable for _, piece in pieces])
        found: list[list[Mention]] = [[] for _ in all_texts]
        for (index, piece), names in zip(pieces, read, strict=True):
            found[index] += mentions_in(names, piece, all_texts[index], self._compound_heads)
        return [complete(text, mentions) for text, mentions in zip(all_texts, found, strict=True)]

    @abstractmethod
    def tag(self, lines: Sequence[str]) -> list[Sequence[Tagged]]:
        """The names of each line, as the network reads it."""

    def _remembered(self, lines: Sequence[str]) -> list[Sequence[Tagged]]:
        if self._cache is None:
            return self.tag(lines)
        known = {line: self._cache.get(line) if self._patience.recall else None for line in dict.fromkeys(lines)}
        new = [line for line, names in known.items() if names is None]
        for line, names in zip(new, self.tag(new), strict=True):
            known[line] = names
            if self._patience.remember:
                self._cache.put(line, names)
        return [known[line] or () for line in lines]


def bytes_of(line: str, names: Sequence[Tagged]) -> int:
    """About how much memory a remembered line takes."""
    return LINE_BYTES + 2 * len(line) + NAME_BYTES * len(names)


@cache
def compound_heads(folder: Path = MODELS / "ner-de") -> frozenset[str]:
    """Common words that end no name behind a hyphen; those of the bundled German model serve any other German one."""
    heads = folder / COMPOUND_HEADS
    return frozenset(heads.read_text(encoding="utf-8").split() if heads.exists() else ())


def mentions_in(names: Iterable[Tagged], piece: Piece, text: str, heads: frozenset[str]) -> Iterator[Mention]:
    """The names of a piece as mentions of `text`, with the ends our annotation rules ask for."""
    done = 0
    for name in names:
        start, end = bounds(name, piece.readable, heads)
        if done <= start < end and not is_no_name(name, piece.readable):
            done = end
            first, last = piece.origins[start], piece.origins[end]
            yield Mention(text[first:last], first, last, name.type)


def is_no_name(name: Tagged, readable_text: str) -> bool:
    currency = name.type == "MISC" and CURRENCY.fullmatch(readable_text, name.start, name.end)
    return bool(currency or NO_NAME.match(readable_text, name.start))


def bounds(name: Tagged, readable_text: str, heads: frozenset[str]) -> tuple[int, int]:
    """Start and end without quotation marks, titles and common words behind a hyphen; fixed hyphenated names whole."""
    start, end = name.start, name.end
    surface = readable_text[start:end]
    start += len(surface) - len(surface.lstrip(OUTSIDE_A_NAME))
    end -= len(surface) - len(surface.rstrip(OUTSIDE_A_NAME))
    if lone := LONE_MARK.search(readable_text, start, end):
        end = lone.start()
    if SENTENCE_STOP.search(readable_text, start, end):
        end -= 1
    if name.type == "PER":
        while title := TITLES.match(readable_text, start, end):
            start = title.end()
        end = behind_last_syllable(readable_text, start, end)
    part = LAST_PART.search(readable_text, start, end) if name.type != "MISC" else None
    if part and part[1] in heads:
        end = part.start()
    if name.type == "ORG" and (rest := FIXED_NAME.match(readable_text, end)):
        end = rest.end()
    return start, max(start, end) if WORD.search(readable_text, start, end) else start


def behind_last_syllable(readable_text: str, start: int, end: int) -> int:
    """The end of `Kim Jong Un`, of which a network knows `Kim Jong`."""
    words = readable_text[start:end].split(" ")
    more = SYLLABLE.match(readable_text, end)
    return more.end() if more and len(words) == 2 and is_family_first([*words, more[1]]) else end


def complete(text: str, mentions: list[Mention]) -> list[Mention]:
    """Adds what the network overlooked in one place though it found the same name in another, and sure ones.

    A name found once must not be overlooked oftener, so that `Koch` the cook survives one `Koch` the politician.
    """
    mentions = consistent(apart(mentions))
    types: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        for name in names_to_look_for(mention):
            types[name][cast(EntityType, mention.type)] += 1
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    overlooked: dict[str, list[int]] = defaultdict(list)
    for word in WORD.finditer(text):
        if (word[0] in types or word[0] in SURE_ORGANISATIONS) and not covered[word.start()]:
            overlooked[word[0]].append(word.start())
    added = [
        Mention(name, start, start + len(name), types[name].most_common(1)[0][0] if types[name] else "ORG")
        for name, starts in overlooked.items()
        if name in SURE_ORGANISATIONS or types[name].total() >= min(len(starts), SURE_OCCURRENCES)
        for start in starts
    ]
    return sorted([*mentions, *added], key=lambda mention: mention.start)


def apart(mentions: list[Mention]) -> list[Mention]:
    """Two places side by side (`dass Russland Nordkorea hilft`) are two names where the text has each alone as well."""
    alone = {mention.text for mention in mentions if mention.type == "LOC"}
    parted: list[Mention] = []
    for mention in mentions:
        words = mention.text.split(" ")
        if mention.type == "LOC" and len(words) == 2 and alone.issuperset(words):
            second = mention.end - len(words[1])
            parted.append(Mention(words[0], mention.start, mention.start + len(words[0]), "LOC"))
            parted.append(Mention(words[1], second, mention.end, "LOC"))
        else:
            parted.append(mention)
    return parted


def consistent(mentions: list[Mention]) -> list[Mention]:
    """Agencies are organisations, and the surname of a person named in full is that person, not an organisation."""
    surnames = {name for m in mentions if m.type == "PER" and " " in m.text for name in names_to_look_for(m)}
    known: dict[str, EntityType] = {**dict.fromkeys(surnames, "PER"), **dict.fromkeys(SURE_ORGANISATIONS, "ORG")}
    return [m if m.type == "LOC" else replace(m, type=known.get(m.text, m.type)) for m in mentions]


def names_to_look_for(mention: Mention) -> list[str]:
    """A one-word name itself; of a person's full name the last word."""
    words = WORD.findall(mention.text)
    if len(words) == 1 and len(mention.text) > 2:
        return [mention.text]
    return [word for word in words[-1:] if mention.type == "PER" and len(word) > 2 and word[0].isupper()]
