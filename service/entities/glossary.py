"""A newsroom's own names: where they occur, what they override, and a report on every entry."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from service.entities.matching import Matcher
from service.entities.model import Entity, EntityType, GlossaryEntry, Mention
from service.entities.spelling import stem
from service.entities.words import Words

Status = Literal["applied", "missed", "conflict"]
MARKUP = re.compile(r"<[^>]*>")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
VERSION_DIGITS = 32  # hex: 128 bits


@dataclass(frozen=True, slots=True)
class GlossaryOutcome:
    """What became of one entry, in the order given. `detail` is for people."""

    entry: GlossaryEntry
    status: Status
    detail: str


class Glossary:
    """Entries by their German form. The first of two contradicting entries rules; one without words rules nothing.

    Never changed once it is made, so that one may serve several requests at a time.
    """

    def __init__(self, entries: Iterable[GlossaryEntry] = ()) -> None:
        self.entries = tuple(entries)
        self._keys = [stem(entry.de.strip()) if is_usable(entry) else None for entry in self.entries]
        self._by_form: dict[str, GlossaryEntry] = {}
        for key, entry in zip(self._keys, self.entries, strict=True):
            if key is not None:
                self._by_form.setdefault(key, entry)
        self._places = Matcher((entry.de, entry) for entry in self._by_form.values())

    @cached_property
    def version(self) -> str:
        """A digest of the entries in their order: what a cache key must hold, and what tells two versions apart."""
        content = json.dumps([(entry.de, entry.en, entry.type, entry.glossary) for entry in self.entries])
        return hashlib.sha256(content.encode()).hexdigest()[:VERSION_DIGITS]

    def english(self, form: str, kind: EntityType) -> str | None:
        """The English that the glossary demands for a German form, if it speaks of this form and type."""
        entry = self._by_form.get(stem(form))
        if entry is None or (entry.type is not None and entry.type != kind):
            return None
        return entry.en.strip()

    def claim(self, text: Words, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions, with every occurrence of an entry among them.

        An occurrence replaces the mentions that it covers or cuts; inside a longer name it leaves that name whole
        ("Scholz" in "Olaf Scholz"). The type is the entry's, else the recogniser's, else MISC.
        """
        if not self._by_form:
            return list(mentions)
        claimed: list[Mention] = []
        remaining = list(mentions)
        at = 0
        kept: list[Mention] = []
        for match in self._places.find(text):
            while at < len(remaining) and remaining[at].end <= match.start:
                kept.append(remaining[at])
                at += 1
            over = at
            while over < len(remaining) and remaining[over].start < match.end:
                over += 1
            covered = remaining[at:over]
            if any(_holds(mention, match.start, match.end) for mention in covered):
                continue
            kind = match.payload.type or (covered[0].type if covered else "MISC")
            claimed.append(Mention(text.text[match.start : match.end], match.start, match.end, kind))
            at = over
        return sorted([*kept, *remaining[at:], *claimed], key=lambda mention: mention.start)

    def report(self, entities: Sequence[Entity]) -> tuple[GlossaryOutcome, ...]:
        """One outcome per entry: did its German side occur, and does its English rule there?"""
        ruled = {
            stem(form): entity
            for entity in entities
            if entity.fixed
            for form in (entity.canonical_de, *entity.variants, *(mention.text for mention in entity.mentions))
        }
        return tuple(self._outcome(at, ruled) for at in range(len(self.entries)))

    def conflicts(self) -> tuple[GlossaryOutcome, ...]:
        """The entries that rule nothing in any article: without words, with markup, or contradicting an earlier one."""
        found = (self._conflict(at) for at in range(len(self.entries)))
        return tuple(outcome for outcome in found if outcome is not None)

    def _conflict(self, at: int) -> GlossaryOutcome | None:
        entry, key = self.entries[at], self._keys[at]
        if key is None:
            return GlossaryOutcome(entry, "conflict", "an entry needs words on both sides and no markup")
        first = self._by_form[key]
        if first.en.strip() != entry.en.strip():
            return GlossaryOutcome(entry, "conflict", f"an earlier entry says “{first.en.strip()}”")
        return None

    def _outcome(self, at: int, ruled: dict[str, Entity]) -> GlossaryOutcome:
        conflict = self._conflict(at)
        if conflict is not None:
            return conflict
        entry = self.entries[at]
        entity = ruled.get(self._keys[at] or "")
        if entity is None:
            return GlossaryOutcome(entry, "missed", "the German side does not occur as a name of this type")
        if entry.en.strip() not in entity.canonical_en:
            return GlossaryOutcome(entry, "conflict", f"another entry says “{entity.canonical_en}” for the same name")
        return GlossaryOutcome(entry, "applied", f"{len(entity.mentions)} mentions of {entity.id}")


NO_GLOSSARY = Glossary()


def is_usable(entry: GlossaryEntry) -> bool:
    """Words on both sides, no markup and no control characters."""
    return all(
        any(char.isalnum() for char in side) and not MARKUP.search(side) and not CONTROL.search(side)
        for side in (entry.de, entry.en)
    )


def _holds(mention: Mention, start: int, end: int) -> bool:
    return mention.start <= start and end <= mention.end and mention.end - mention.start > end - start + 2
