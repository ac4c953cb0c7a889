"""Stored glossaries: a newsroom's names under a name, versioned by their content."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, Text, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.entities.glossary import Glossary
from service.entities.model import GlossaryEntry
from service.store.database import Database, metadata

LONGEST_GLOSSARY_NAME = 64
MOST_GLOSSARIES = 1_000
MOST_ENTRIES = 10_000  # of one glossary, and of all that a request names together
COMPILED = 8  # glossaries kept ready for the next request; one of 10,000 entries takes about 10 MB
ANY_VERSION = "*"

# One row a glossary, its entries as one JSON array: a reader sees the old ones or the new ones, never a mixture.
glossaries = Table(
    "glossaries",
    metadata,
    Column("name", String(LONGEST_GLOSSARY_NAME), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("changed", String(32), nullable=False),
    Column("entries", Text, nullable=False),
)


class UnknownGlossary(Exception):
    """No glossary has this name. `index` is its place among the names that were asked for."""

    def __init__(self, index: int = 0) -> None:
        super().__init__(index)
        self.index = index


class VersionConflict(Exception):
    """The glossary is not of the version that the caller expects: somebody else changed it."""


class TooManyGlossaries(Exception):
    """The store is full."""


class TooManyEntries(Exception):
    """The named glossaries hold more entries together than one request may use."""


@dataclass(frozen=True, slots=True)
class StoredGlossary:
    """What is known of a glossary without its entries. `version` is a digest of them; `changed` is UTC, ISO 8601."""

    name: str
    version: str
    size: int
    changed: str


class GlossaryStore:
    """Every method is one transaction and raises StoreUnavailable where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[StoredGlossary]:
        """All glossaries by name."""
        columns = (glossaries.c.name, glossaries.c.version, glossaries.c.size, glossaries.c.changed)
        with self._database.transaction() as connection:
            return [StoredGlossary(*row) for row in connection.execute(select(*columns).order_by(glossaries.c.name))]

    def get(self, name: str) -> tuple[StoredGlossary, tuple[GlossaryEntry, ...]]:
        """A glossary with its entries as they were put. Raises UnknownGlossary."""
        with self._database.transaction() as connection:
            row = connection.execute(select(glossaries).where(glossaries.c.name == name)).one_or_none()
        if row is None:
            raise UnknownGlossary
        return StoredGlossary(row.name, row.version, row.size, row.changed), entries_of(row.entries)

    def put(
        self,
        name: str,
        entries: Sequence[GlossaryEntry],
        versions: Collection[str] | None = None,
        only_new: bool = False,
    ) -> tuple[StoredGlossary, bool]:
        """Keep a glossary whole in place of an older one; returns whether it is new.

        `versions`: the older one must be of one of these, or of any if `ANY_VERSION` is among them. `only_new`: there
        must be no older one. Raises VersionConflict, TooManyGlossaries.
        """
        changed = datetime.now(UTC).isoformat("T", "seconds")
        kept = StoredGlossary(name, Glossary(entries).version, len(entries), changed)
        row = {**asdict(kept), "entries": text_of(entries)}
        with self._database.transaction() as connection:
            # The first statement is the write: whoever comes second waits here, and compares with what is new then.
            older = update(glossaries).where(matches(name, versions)).values(row)
            if not only_new and connection.execute(older).rowcount:
                return kept, False
            if versions is not None:
                raise VersionConflict
            require_room(connection)
            if connection.execute(insertion(connection, row, only_new)).first() is None:
                raise VersionConflict
        return kept, True

    def delete(self, name: str, versions: Collection[str] | None = None) -> None:
        """Forget a glossary. Raises VersionConflict where it is of another version, UnknownGlossary."""
        with self._database.transaction() as connection:
            if connection.execute(delete(glossaries).where(matches(name, versions))).rowcount == 0:
                raise UnknownGlossary if versions is None else VersionConflict

    def glossary(self, names: Sequence[str], own: Sequence[GlossaryEntry] = ()) -> Glossary:
        """The caller's own entries, then those of the named glossaries: the first of two that contradict rules.

        Raises UnknownGlossary, TooManyEntries.
        """
        if not names:
            return Glossary(own)
        with self._database.transaction() as connection:
            rows = connection.execute(
                select(glossaries.c.name, glossaries.c.size, glossaries.c.entries).where(glossaries.c.name.in_(names))
            ).all()
        found = {row.name: row for row in rows}
        for index, name in enumerate(names):
            if name not in found:
                raise UnknownGlossary(index)
        if len(own) + sum(row.size for row in rows) > MOST_ENTRIES:
            raise TooManyEntries
        stored = compiled(tuple((name, found[name].entries) for name in dict.fromkeys(names)))
        return Glossary([*own, *stored.entries]) if own else stored


@lru_cache(maxsize=COMPILED)
def compiled(stored: tuple[tuple[str, str], ...]) -> Glossary:
    """One glossary of several, each by its name and its entries as they are stored."""
    return Glossary(entry for name, text in stored for entry in entries_of(text, name))


def entries_of(text: str, glossary: str | None = None) -> tuple[GlossaryEntry, ...]:
    return tuple(GlossaryEntry(de, en, kind, glossary) for de, en, kind in json.loads(text))


def text_of(entries: Sequence[GlossaryEntry]) -> str:
    """ASCII: PostgreSQL takes no NUL in a text, and the escape of one is none."""
    return json.dumps([(entry.de, entry.en, entry.type) for entry in entries])


def matches(name: str, versions: Collection[str] | None) -> Any:
    """The condition of a row: this name, and one of these versions if any are asked for."""
    same_name = glossaries.c.name == name
    if versions is None or ANY_VERSION in versions:
        return same_name
    return same_name & glossaries.c.version.in_(sorted(versions))


def insertion(connection: Connection, row: dict[str, Any], only_new: bool) -> Any:
    """An insert that gives way to a row that another writer made meanwhile, or replaces it; returns what is kept."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    inserted = insert(glossaries).values(row).returning(glossaries.c.name)
    if only_new:
        return inserted.on_conflict_do_nothing()
    return inserted.on_conflict_do_update(index_elements=[glossaries.c.name], set_=row)


def require_room(connection: Connection) -> None:
    if connection.execute(select(func.count()).select_from(glossaries)).scalar_one() >= MOST_GLOSSARIES:
        raise TooManyGlossaries
