"""How each database is opened: what durability and locking ask of SQLite, and of PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.direct import opener

SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+asyncpg"
LOCK_SECONDS = 5  # a turn that waits longer for its conversation is told to try again


class BadDatabase(ValueError):
    """The database's URL cannot be used: the text says which can."""


def open_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite://…` or `postgresql+asyncpg://…`. Raises `BadDatabase` for anything else."""
    driver = _driver(url)
    if driver == SQLITE:
        return _sqlite(url)
    if driver == POSTGRESQL:
        return create_async_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args={"timeout": LOCK_SECONDS}
        )
    raise BadDatabase(f"TRIAGE_DATABASE_URL: {driver!r} is not served; use {SQLITE}:///… or {POSTGRESQL}://…")


def sqlite_file(url: str) -> Path | None:
    """The file that a URL names, or None for a database that is no file. Raises `BadDatabase`."""
    return Path(make_url(url).database or "") if _driver(url) == SQLITE else None


def _driver(url: str) -> str:
    try:
        return make_url(url).drivername
    except ArgumentError:
        raise BadDatabase(f"TRIAGE_DATABASE_URL cannot be read; use {SQLITE}:///… or {POSTGRESQL}://…") from None


async def lock_conversation(connection: AsyncConnection, key: str) -> None:
    """Let no other turn of this conversation in until this transaction ends. SQLite has let nobody in since BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def _sqlite(url: str) -> AsyncEngine:
    """One connection, handed from turn to turn in order of arrival: SQLite has one writer, and queues better than it waits."""
    creator = opener(make_url(url).database or "", LOCK_SECONDS)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=30, async_creator=creator)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={LOCK_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
