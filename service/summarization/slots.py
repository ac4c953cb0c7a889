"""Texts for the fixed places of a newsroom (push, search result, teaser, newsletter) from checked sentence pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from service.entities.model import Entity
from service.summarization.context import introduced
from service.summarization.graphemes import graphemes
from service.summarization.shortening import Cut, shorten
from service.summarization.shortening_lexicon import Language
from service.summarization.wording import read

SlotKind = Literal["push", "seo", "teaser", "newsletter"]

# Graphemes. What telephones show of a notification, search engines of a description, and the desks' own measures.
LIMITS: dict[SlotKind, int] = {"push": 120, "seo": 155, "teaser": 300, "newsletter": 600}

NOTHING_GIVEN = "there is no sentence to build from"
NOTHING_FITS = "no sentence fits, and none can be cut without losing a quotation, a number, a negation or its source"

Span = tuple[int, int]


class UnknownSlot(ValueError):
    """There is no slot of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Unknown slot “{name}”; the slots are {', '.join(LIMITS)}.")
        self.name = name


@dataclass(frozen=True, slots=True)
class SlotName:
    """A name in one language's sentence, code points; `introduced` stands for it where the slot names it first."""

    entity: str
    start: int
    end: int
    introduced: str | None = None


@dataclass(frozen=True, slots=True)
class SlotSentence:
    """A summary sentence in both languages that passed the checks, with its names in order."""

    de: str
    en: str
    rank: float
    de_names: tuple[SlotName, ...] = ()
    en_names: tuple[SlotName, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotText:
    """`sentences` are the indices it was built from, the same in both languages.

    `shortened` says that its one sentence was cut at the end, in one language or both. Both texts are empty when
    nothing fits that would still be true; `reason` says so.
    """

    name: str
    limit: int
    de: str
    en: str
    sentences: tuple[int, ...]
    shortened: bool = False
    reason: str | None = None


def slot_names(entity: Entity, text: str, spans: Iterable[Span], language: Language) -> tuple[SlotName, ...]:
    """The mentions of an entity at `spans` of a sentence; a person's surname alone can be introduced."""
    full_name, genitive = (entity.canonical_de, "s") if language == "de" else (entity.canonical_en, "'s")
    return tuple(
        SlotName(
            entity.id, start, end, introduced(text[start:end], full_name, genitive) if entity.type == "PER" else None
        )
        for start, end in spans
    )


def fill_slots(names: Iterable[str], sentences: Sequence[SlotSentence]) -> tuple[SlotText, ...]:
    """One text for each name, never longer than its limit in either language.

    :param sentences: in the article's order, those that may be published.
    :raises UnknownSlot: before anything is built.
    """
    asked = tuple(dict.fromkeys(names))
    for name in asked:
        if name not in LIMITS:
            raise UnknownSlot(name)
    return tuple(_fill(name, sentences) for name in asked)


def _fill(name: str, sentences: Sequence[SlotSentence]) -> SlotText:
    """Whole sentences by rank if one fits; else the best that can be cut after a clause, else after a word."""
    limit = LIMITS[name]
    if taken := _whole_sentences(sentences, limit):
        return SlotText(name, limit, *_joined(sentences, taken), tuple(sorted(taken)))
    cuts: tuple[Cut, ...] = ("clause", "word")
    for cut_after in cuts:
        for index in _by_rank(sentences):
            if texts := _shortened(sentences, index, limit, cut_after):
                return SlotText(name, limit, *texts, (index,), shortened=True)
    return SlotText(name, limit, "", "", (), reason=NOTHING_FITS if sentences else NOTHING_GIVEN)


def _whole_sentences(sentences: Sequence[SlotSentence], limit: int) -> set[int]:
    taken: set[int] = set()
    for index in _by_rank(sentences):
        more = taken | _with_antecedents(sentences, index)
        if all(graphemes(text) <= limit for text in _joined(sentences, more)):
            taken = more
    return taken


def _shortened(sentences: Sequence[SlotSentence], index: int, limit: int, cut_after: Cut) -> tuple[str, str] | None:
    if len(_with_antecedents(sentences, index)) > 1:
        return None
    german, english = _introducing(sentences, {index})
    shortened = (
        shorten(german[0].text, limit, "de", cut_after, german[0].names),
        shorten(english[0].text, limit, "en", cut_after, english[0].names),
    )
    return (shortened[0], shortened[1]) if shortened[0] and shortened[1] else None


def _with_antecedents(sentences: Sequence[SlotSentence], index: int) -> set[int]:
    """A sentence that leans on the one before it comes only together with it."""
    first = index
    while first and read(sentences[first].de).leans:
        first -= 1
    return set(range(first, index + 1))


def _by_rank(sentences: Sequence[SlotSentence]) -> list[int]:
    return sorted(range(len(sentences)), key=lambda index: (-sentences[index].rank, index))


def _joined(sentences: Sequence[SlotSentence], indices: Iterable[int]) -> tuple[str, str]:
    german, english = _introducing(sentences, indices)
    return " ".join(shown.text for shown in german), " ".join(shown.text for shown in english)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sentence as the slot shows it, and where its names then stand."""

    text: str
    names: tuple[Span, ...]


def _introducing(sentences: Sequence[SlotSentence], indices: Iterable[int]) -> tuple[list[_Shown], list[_Shown]]:
    """The sentences in order, every person's full name where the slot first speaks of them."""
    chosen = [sentences[index] for index in sorted(indices)]
    german = _shown([(sentence.de, sentence.de_names) for sentence in chosen])
    return german, _shown([(sentence.en, sentence.en_names) for sentence in chosen])


def _shown(sentences: Sequence[tuple[str, tuple[SlotName, ...]]]) -> list[_Shown]:
    known: set[str] = set()
    shown = []
    for text, names in sentences:
        parts, spans, end, length = [], [], 0, 0
        for name in names:
            first = name.entity not in known
            known.add(name.entity)
            written = name.introduced if first and name.introduced else text[name.start : name.end]
            between = text[end : name.start]
            spans.append((length + len(between), length + len(between) + len(written)))
            parts += [between, written]
            length, end = spans[-1][1], name.end
        shown.append(_Shown("".join([*parts, text[end:]]), tuple(spans)))
    return shown
