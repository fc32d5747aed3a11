"""What is forgotten by the clock: traces of conversations that nobody needs any more. Cases and accepted examples are not among them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import conversations, inbox, labels, links, outbox, readings, reviews, self_help, shadow_readings
from bot.store.transaction import transaction


class RetentionTable:
    """Deletes what is older than it may be."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def purge(self, before: datetime) -> dict[str, int]:
        """Delete what happened before this moment, and tell how many rows of which table went. Raises `Unavailable`."""
        gone: dict[str, int] = {}
        for table, old in _old(before):
            async with transaction(self._engine) as connection:  # a short one each: nobody who talks has to wait
                gone[table.name] = (await connection.execute(delete(table).where(old))).rowcount
        return gone


def _old(before: datetime) -> tuple[tuple[Table, ColumnElement[bool]], ...]:
    settled = and_(outbox.c.sent_at.is_not(None), outbox.c.sent_at < before)
    return (
        (readings, readings.c.at < before),
        (labels, labels.c.at < before),
        (self_help, self_help.c.at < before),
        (shadow_readings, shadow_readings.c.at < before),
        (reviews, reviews.c.lease_until < before),
        (inbox, inbox.c.received_at < before),
        (outbox, settled | (outbox.c.dead_at < before)),
        (conversations, conversations.c.updated_at < before),
        (links, links.c.used_at < before),
    )
