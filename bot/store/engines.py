"""How each database is opened: what durability and locking ask of SQLite, and of PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.direct import opener

LOCK_SECONDS = 5  # a turn that waits longer for its conversation is told to try again


def open_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite://…` or `postgresql+asyncpg://…`. Raises ValueError for anything else."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return _sqlite(url)
    if backend == "postgresql":
        return create_async_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args={"timeout": LOCK_SECONDS}
        )
    raise ValueError(
        f"TRIAGE_DATABASE_URL: {backend!r} is not served; use sqlite+aiosqlite:///… or postgresql+asyncpg://…"
    )


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
