"""One transaction, and what its failures mean to the rest of the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
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
    except (DBAPIError, OSError, TimeoutError) as away:
        raise Unavailable(f"{type(away).__name__}: {getattr(away, 'orig', away)}") from away
