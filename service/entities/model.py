"""Names in the article: mentions as recognised, and the entities that chains of mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["PER", "LOC", "ORG", "MISC"]
ValueType = Literal["DATE", "MONEY", "QUANTITY"]  # recognised by rule, used by the checks, highlighted only on request


@dataclass(frozen=True, slots=True)
class Mention:
    """`text == article.text[start:end]`, code points in the document text."""

    text: str
    start: int
    end: int
    type: EntityType | ValueType


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world name. `canonical_en` is the English form that translations use; `why` explains each merge."""

    id: str  # "e1", "e2", ... in order of first mention
    type: EntityType
    canonical_de: str
    canonical_en: str
    variants: tuple[str, ...]
    mentions: tuple[Mention, ...]
    why: tuple[str, ...] = ()
    wikidata: str | None = None
    fixed: bool = False  # the English form comes from a glossary and holds against the translation


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A newsroom's own form of a name; it has the last word. `glossary` names the stored one that it comes from."""

    de: str
    en: str
    type: EntityType | None = None
    glossary: str | None = None
