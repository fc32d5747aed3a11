"""Threads of cases in the channels of desks. A desk of kind `teams` calls a case by its thread and its card there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import thread_reference
from bot.store.contract import Thread
from bot.store.tables import desk_references


async def at(connection: AsyncConnection, conversation: str) -> Thread | None:
    """The case whose thread this conversation is, if it is one."""
    reference = thread_reference(conversation)
    if not reference:
        return None
    here = select(desk_references.c.desk, desk_references.c.case).where(desk_references.c.reference == reference)
    row = (await connection.execute(here)).first()
    return Thread(row.desk, row.case) if row else None
