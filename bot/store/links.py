"""One-time links: the first to use one has used it, on every replica."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.contract import Conflict
from bot.store.tables import links
from bot.store.transaction import transaction


class LinkTable:
    """Which links have been used."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def use(self, id_: str, now: datetime) -> bool:
        """Use a link; False when it was used before."""
        try:
            async with transaction(self._engine) as connection:
                await connection.execute(insert(links), {"id": id_, "used_at": now})
        except Conflict:
            return False
        return True
