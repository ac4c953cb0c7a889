"""Holds names fixed through a translation: the model reads a common name, and the right one is put in its place.

What the model has never read it mangles or leaves out; what it has read a thousand times it copies. So a name that came
out wrong is replaced by a stand-in of its kind, and the stand-in's English by the name's accepted English form.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from service.alignment.model import MentionPair
from service.alignment.vocabulary import is_everyday
from service.entities import gazetteer
from service.entities.canonical import english_of
from service.entities.model import Entity
from service.entities.spelling import without_genitive
from service.entities.words import WORD
from service.translation.model import Link, Translation

ARTICLE_BEFORE = re.compile(r"\b(die|der|das|den|dem|des|im|am|zum|zur|vom|beim|ins|ans)[ \xa0]$", re.IGNORECASE)
FEMININE = frozenset({"die", "der", "zur"})
WOMAN_BEFORE = re.compile(r"(?:\b[Ff]rau|\w{3}in)[ \xa0]$")
DETERMINER_BEFORE = re.compile(r"(?:\b(?:the|a|an|its|his|her|their|this|that|of the)|['’]s?) $", re.IGNORECASE)
GENITIVE_AFTER = re.compile(r"['’]s\b")
JOINED = "-‐‑–/"  # a name inside a compound cannot be exchanged
TAKES_THE = re.compile(
    r"\b(?:States|Kingdom|Union|Emirates|Islands|Republic|Federation|Netherlands|Philippines|Sea|Ocean|Gulf)\b"
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A German name that nearly always comes out as `english`."""

    german: str
    english: str


def _alike(names: str) -> tuple[StandIn, ...]:
    pairs = (name.partition("=") for name in names.split(", "))
    return tuple(StandIn(german, english or german) for german, _, english in pairs)


# Chosen by how often they came out as they should in other sentences of the news (docs/checks.md).
STAND_INS: dict[str, tuple[StandIn, ...]] = {
    "full name": _alike("Peter Müller, Thomas Schmidt, Robert Smith, Paul Smith"),
    "woman": _alike("Hillary Clinton, Angela Merkel, Anna Schmidt"),
    "surname": _alike("Schmidt, Müller, Clinton, Schröder"),
    "place": _alike("Pakistan, Afghanistan, Madrid, Portugal"),
    "place, feminine": _alike("Türkei=Turkey, Schweiz=Switzerland, Ukraine"),
    "place, masculine": _alike("Iran, Irak=Iraq, Sudan"),
    "body": _alike("Google, Facebook, Apple, Adidas"),
    "body, feminine": _alike("UEFA, NASA, FIFA"),
    "body, masculine": _alike("ZDF, DAX, ADAC"),
    "body with the, feminine": _alike("BBC, SPD, FDP"),
    "body with the, masculine": _alike("FBI, BND, BKA"),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """The stand-in takes the place of `[start:end]` in the German, code points; `english` takes its place again."""

    start: int
    end: int
    stand_in: StandIn
    genitive: bool
    english: str
    takes_the: bool

    @property
    def reads(self) -> str:
        return self.stand_in.german + ("s" if self.genitive else "")


def hold(sentence: str, mentions: Iterable[tuple[MentionPair, Entity]], names: Set[str]) -> tuple[Hold, ...]:
    """A stand-in for each mention that can have one; none that shares a word with the sentence or with `names`."""
    taken = set(WORD.findall(sentence))
    holds: list[Hold] = []
    for mention, entity in sorted(mentions, key=lambda pair: pair[0].source):
        found = _hold(sentence, mention.source, entity, taken, names)
        if found is not None and (not holds or holds[-1].end <= found.start):
            holds.append(found)
            taken |= _words_of(found.stand_in)
    return tuple(holds)


def _hold(sentence: str, span: tuple[int, int], entity: Entity, taken: Set[str], names: Set[str]) -> Hold | None:
    shape = shape_of(sentence, span, entity)
    if shape is None:
        return None
    free = (one for one in STAND_INS[shape] if _words_of(one).isdisjoint(taken) and names.isdisjoint(_words_of(one)))
    chosen = next(free, None)
    if chosen is None:
        return None
    surface = sentence[slice(*span)]
    english = english_of(entity, surface).form
    takes_the = _takes_the(english, entity, _article_before(sentence, span[0]))
    return Hold(*span, chosen, _is_genitive(surface, entity), english, takes_the)


def shape_of(sentence: str, span: tuple[int, int], entity: Entity) -> str | None:
    """Which stand-ins fit the place of a name, a key of `STAND_INS`; None inside a compound."""
    start, end = span
    if any(mark in JOINED or mark.isalnum() for mark in sentence[max(0, start - 1) : start] + sentence[end : end + 1]):
        return None
    surface = sentence[start:end]
    if entity.type == "PER":
        if len(surface.split()) == 1:
            return "surname"
        return "woman" if WOMAN_BEFORE.search(sentence, 0, start) else "full name"
    article = _article_before(sentence, start)
    if not article:
        return "place" if entity.type == "LOC" else "body"
    gender = "feminine" if article in FEMININE else "masculine"
    if entity.type == "LOC":
        return f"place, {gender}"
    the = " with the" if _takes_the(english_of(entity, surface).form, entity, article) else ""
    return f"body{the}, {gender}"


def _article_before(sentence: str, start: int) -> str:
    found = ARTICLE_BEFORE.search(sentence, 0, start)
    return found.group(1).lower() if found else ""


def _takes_the(english: str, entity: Entity, article: str) -> bool:
    """Whether English puts "the" before it: the United States, and what German has an article for and describes."""
    if entity.type == "PER":
        return False
    return bool(TAKES_THE.search(english)) or (bool(article) and _is_description(english))


def _is_description(english: str) -> bool:
    """European Union Agency for Railways, but not Siemens: a name of several words, everyday words among them."""
    words = WORD.findall(english)
    return len(words) > 1 and any(is_everyday(word) for word in words)


def _is_genitive(surface: str, entity: Entity) -> bool:
    base = without_genitive(surface)
    if base is None or (" " in surface and entity.type != "PER"):
        return False
    forms = {form.split()[-1] for form in (entity.canonical_de, *entity.variants)}
    return base.split()[-1] in forms or (gazetteer.default().find(surface, entity.type) or ("",))[0] == base


@cache
def _words_of(stand_in: StandIn) -> frozenset[str]:
    return frozenset(WORD.findall(f"{stand_in.german} {stand_in.english}"))


STAND_IN_WORDS = frozenset(word for names in STAND_INS.values() for name in names for word in _words_of(name))


def words_of(entities: Iterable[Entity]) -> frozenset[str]:
    """Every word of the entities' names, for `hold`; an article's are gathered once."""
    forms = ((entity.canonical_de, entity.canonical_en, *entity.variants) for entity in entities)
    return frozenset(word for form in itertools.chain.from_iterable(forms) for word in WORD.findall(form))


def put_back(translation: Translation, holds: Sequence[Hold]) -> Translation | None:
    """The translation with each name in its stand-in's place; its links already look at the sentence itself.

    None where a stand-in did not come out just once, or left a trace of itself.
    """
    links, target = list(translation.links), translation.target
    for held in holds:
        found = list(re.finditer(rf"(?<!\w){re.escape(held.stand_in.english)}(?!\w)", target))
        if len(found) != 1:
            return None
        target, links = _exchanged(target, links, found[0].span(), held)
    if any(word in WORD.findall(target) for held in holds for word in WORD.findall(held.stand_in.english)):
        return None
    return replace(translation, target=target, links=tuple(links), doubts=None)


def _without(link: Link, place: int) -> Link:
    """The link once the character at `place` of the English is gone."""
    start, end = (offset - (offset > place) for offset in (link.target_start, link.target_end))
    return replace(link, target_start=start, target_end=end)


def _exchanged(target: str, links: list[Link], span: tuple[int, int], held: Hold) -> tuple[str, list[Link]]:
    """The name where the stand-in stood, with or without the article that it needs there."""
    start, end = span
    name = held.english
    if held.takes_the and not DETERMINER_BEFORE.search(target[:start]):
        name = ("The " if not target[:start].strip() else "the ") + name
    if GENITIVE_AFTER.match(target, end) and name.endswith("s") and _is_description(held.english):
        target = target[: end + 1] + target[end + 2 :]  # the Reporters' office, not the Reporters's
        links = [_without(link, end + 1) for link in links]
    longer = len(name) - (end - start)
    moved = [
        link if link.target_end <= start else link.moved(target=longer)
        for link in links
        if link.target_end <= start or link.target_start >= end
    ]
    own = Link(held.start, held.end, start + len(name) - len(held.english), start + len(name), 1.0)
    return target[:start] + name + target[end:], sorted([*moved, own], key=lambda link: link.target_start)
