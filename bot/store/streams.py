"""Streams of the outbox: what is to arrive in order, of which only the oldest that has not arrived may leave."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from bot.store.tables import outbox

WAITING = (outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))


def oldest_of_its_stream() -> ColumnElement[bool]:
    """Whether nothing older of the same stream waits."""
    earlier = outbox.alias("earlier")
    return ~exists().where(
        earlier.c.stream == outbox.c.stream,
        earlier.c.id < outbox.c.id,
        earlier.c.sent_at.is_(None),
        earlier.c.dead_at.is_(None),
    )
