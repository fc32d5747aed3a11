"""What is forgotten by the clock: traces that nobody needs any more. Cases and accepted examples are not among them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import (
    bridge_ends,
    bridges,
    conversations,
    directory,
    feedback,
    inbox,
    labels,
    links,
    outbox,
    readings,
    reviews,
    self_help,
    shadow_readings,
    training_runs,
)
from bot.store.transaction import transaction

# What the clock does not touch, and how long it stays. A test fails for a table that is neither here nor purged.
KEPT = {
    **dict.fromkeys(("cases", "audit", "surveys", "alarms", "desk_references"), "the record of the work"),
    **dict.fromkeys(("people", "installs"), "whom a case has to reach, until forgotten on request"),
    **dict.fromkeys(
        ("tenants", "administrators", "partners", "agents", "closed_desks"), "what operators have described"
    ),
    **dict.fromkeys(("examples", "model_lessons"), "what is learned from, until forgotten on request"),
    **dict.fromkeys(("models", "model_blobs", "model_events"), "which model judged what"),
    "files": "by a clock of their own: `bot.files.retention`",
}


class RetentionTable:
    """Deletes what is older than it may be."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def purge(self, before: datetime) -> dict[str, int]:
        """Delete what happened before this moment, and tell how many rows of which table went. Raises `Unavailable`."""
        gone: dict[str, int] = {}
        for table, old in outdated(before):
            async with transaction(self._engine) as connection:  # a short one each: nobody who talks has to wait
                gone[table.name] = (await connection.execute(delete(table).where(old))).rowcount
        return gone


def outdated(before: datetime) -> tuple[tuple[Table, ColumnElement[bool]], ...]:
    """For each table that is purged, the rows that are too old, in the order in which they go."""
    settled = and_(outbox.c.sent_at.is_not(None), outbox.c.sent_at < before)
    ended = bridges.c.ended_at < before
    return (
        (readings, readings.c.at < before),
        (labels, labels.c.at < before),
        (self_help, self_help.c.at < before),
        (feedback, feedback.c.at < before),
        (shadow_readings, shadow_readings.c.at < before),
        (reviews, reviews.c.lease_until < before),
        (inbox, inbox.c.received_at < before),
        (outbox, settled | (outbox.c.dead_at < before)),
        (conversations, conversations.c.updated_at < before),
        (bridge_ends, bridge_ends.c.bridge.in_(select(bridges.c.id).where(ended))),
        (bridges, ended),
        (directory, directory.c.checked_at < before),
        (training_runs, training_runs.c.ended_at < before),
        (links, links.c.used_at < before),
    )
