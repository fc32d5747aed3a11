"""The memory of a directory: one answer for each person, shared by all replicas."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.standing import Standing
from bot.store.tables import directory
from bot.store.transaction import transaction

MOST = 200  # administrators that one look finds


class DirectoryTable:
    """Finds, keeps, and lists what has become old. Everything raises `Unavailable`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def find(self, tenant: str, person: str) -> Standing | None:
        """The last answer."""
        columns = select(directory.c.administers, directory.c.checked_at)
        async with transaction(self._engine) as connection:
            asked = await connection.execute(columns.where(directory.c.tenant == tenant, directory.c.person == person))
            row = asked.one_or_none()
        return Standing(row.administers, row.checked_at) if row else None

    async def keep(self, tenant: str, person: str, standing: Standing) -> None:
        """Write the newest answer down."""
        row = {"tenant": tenant, "person": person, **vars(standing)}
        async with transaction(self._engine) as connection:
            here = (directory.c.tenant == tenant, directory.c.person == person)
            await connection.execute(delete(directory).where(*here))
            await connection.execute(insert(directory), row)

    async def older(self, tenant: str, than: datetime) -> list[str]:
        """The administrators of a tenant whose answer is older, the oldest first."""
        old = (directory.c.tenant == tenant, directory.c.administers, directory.c.checked_at < than)
        asked = select(directory.c.person).where(*old).order_by(directory.c.checked_at).limit(MOST)
        async with transaction(self._engine) as connection:
            return list(await connection.scalars(asked))
