"""One transaction, and what its failures mean to the rest of the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.contract import Conflict, Unavailable

TRY_AGAIN = ("40001", "40P01")  # serialization failure, deadlock: PostgreSQL asks for the transaction again


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Committed when the block ends, undone when it raises. Raises `Conflict` and `Unavailable`."""
    try:
        async with engine.begin() as connection:
            yield connection
    except IntegrityError as clash:
        raise Conflict(str(clash.orig)) from clash
    except (DBAPIError, PoolTimeoutError, OSError, TimeoutError) as away:
        if getattr(getattr(away, "orig", None), "sqlstate", None) in TRY_AGAIN:
            raise Conflict(str(away)) from away
        raise Unavailable(type(getattr(away, "orig", None) or away).__name__) from away
