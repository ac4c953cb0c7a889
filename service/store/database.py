"""The database beside the service: a SQLite file, or PostgreSQL by URL. Opened at first use, never at start.

A service without a database answers everything that needs none.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5  # for another writer: longer than any write of ours takes
CONNECT_SECONDS = 2  # the least that libpq knows
RETRY_SECONDS = 0.01  # where the driver does not wait by itself
PAUSE_SECONDS = 1  # after a failure, so that callers do not queue for a database that is not there

metadata = MetaData()  # the tables register themselves here


class StoreUnavailable(Exception):
    """The database cannot be used now; the log says why."""


class Database:
    """Lends transactions to any number of threads. After a failure the database is opened anew."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._opening = threading.Lock()
        self._not_before = 0.0

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose work is kept whole, or not at all. Raises StoreUnavailable."""
        engine = self._opened()
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            self._close(engine)
            raise unavailable(error) from None

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is not None:
                return self._engine
            if time.monotonic() < self._not_before:
                raise StoreUnavailable
            try:
                self._engine = open_database(make_url(self._url))
            except (SQLAlchemyError, OSError, RuntimeError, ValueError, ImportError) as error:
                self._not_before = time.monotonic() + PAUSE_SECONDS
                raise unavailable(error) from None
            return self._engine

    def _close(self, engine: Engine) -> None:
        with self._opening:
            if self._engine is engine:
                self._engine = None
        engine.dispose()


def open_database(url: URL) -> Engine:
    """An engine whose tables exist. Raises what the driver raises; OSError, RuntimeError for a file without a place."""
    engine = sqlite(url) if url.get_backend_name() == "sqlite" else postgresql(url)
    try:
        make_tables(engine)
    except (IntegrityError, ProgrammingError):
        make_tables(engine)  # PostgreSQL, where another process made them at the same moment
    return engine


def make_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))


def sqlite(url: URL) -> Engine:
    """Readers go on while one writes (WAL); a second writer waits for the first."""
    path = Path(url.database or "").expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.set(database=str(path)), connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", lambda connection, _: write_ahead(connection))
    return engine


def write_ahead(connection: sqlite3.Connection) -> None:
    """Changes to WAL. Where several open a new file at once, all but one are refused, whatever their timeout."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY_SECONDS)


def postgresql(url: URL) -> Engine:
    """Connections are tried before they are lent, so that a restart of the database goes unnoticed.

    Every wait has an end: for the connection, for its answer, and for the network to say that nobody is there.
    """
    milliseconds = WAIT_SECONDS * 1000
    bounds: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": milliseconds,
        "options": f"-c statement_timeout={milliseconds}",
    }
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args=bounds,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )


def unavailable(error: Exception) -> StoreUnavailable:
    """Logs why, in the driver's words: they name a file or a host, never a password or a row."""
    logger.warning("the database cannot be used: %s: %s", type(error).__name__, getattr(error, "orig", error))
    return StoreUnavailable()
