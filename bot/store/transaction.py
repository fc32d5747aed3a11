"""One transaction, and what its failures mean to the rest of the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.contract import Conflict, Unavailable


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Committed when the block ends, undone when it raises. Raises `Conflict` and `Unavailable`."""
    try:
        async with engine.begin() as connection:
            yield connection
    except IntegrityError as clash:
        raise Conflict(str(clash.orig)) from clash
    except (DBAPIError, PoolTimeoutError, OSError, TimeoutError) as away:
        raise Unavailable(type(getattr(away, "orig", None) or away).__name__) from away
