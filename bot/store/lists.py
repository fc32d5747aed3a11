"""What operators look at: what of the outbox has not arrived, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import closed_desks, desk_references, outbox
from bot.store.transaction import transaction


@dataclass(frozen=True)
class OutboxLine:
    """A row that has not arrived: waiting, or dead since `dead_at`. `desk` and `case` are empty for a message to a conversation."""

    id: int
    desk: str
    case: str
    what: str
    created_at: datetime
    due_at: datetime
    attempts: int
    dead_at: datetime | None
    reason: str


@dataclass(frozen=True)
class DeskCount:
    """What waits for one desk (for conversations, where it is empty), what is dead, and since when the oldest waits."""

    desk: str
    waiting: int
    dead: int
    oldest: datetime | None


class OutboxView:
    """Looks at what has not arrived, and sends it on its way again."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def lines(self, limit: int = 100) -> list[OutboxLine]:
        """What has not arrived, oldest first."""
        async with transaction(self._engine) as connection:
            here = select(outbox).where(outbox.c.sent_at.is_(None)).order_by(outbox.c.id).limit(limit)
            rows = (await connection.execute(here)).mappings().all()
        columns = ("id", "desk", "case", "created_at", "due_at", "attempts", "dead_at")
        return [
            OutboxLine(**{name: row[name] for name in columns}, what=_what(dict(row)), reason=row["reason"] or "")
            for row in rows
        ]

    async def counts(self) -> list[DeskCount]:
        """How much waits and how much is dead, for each desk."""
        waits = outbox.c.dead_at.is_(None)
        asked = select(
            outbox.c.desk,
            func.sum(case((waits, 1), else_=0)).label("waiting"),
            func.sum(case((waits, 0), else_=1)).label("dead"),
            func.min(case((waits, outbox.c.created_at))).label("oldest"),
        ).where(outbox.c.sent_at.is_(None))
        async with transaction(self._engine) as connection:
            rows = await connection.execute(asked.group_by(outbox.c.desk).order_by(outbox.c.desk))
            return [DeskCount(row.desk, int(row.waiting), int(row.dead), row.oldest) for row in rows]

    async def closed(self) -> dict[str, tuple[datetime, str]]:
        """The desks that asked not to be called, since when, and in which words."""
        async with transaction(self._engine) as connection:
            rows = await connection.execute(select(closed_desks))
            return {row.desk: (row.closed_at, row.reason) for row in rows}

    async def replay(self, now: datetime, *, id_: int | None = None, desk: str = "") -> int:
        """Try again, at once: one row, or all that has not arrived at a desk, which may be called again. Returns how many rows."""
        here = (outbox.c.id == id_ if id_ is not None else outbox.c.desk == desk, outbox.c.sent_at.is_(None))
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(outbox.c.desk, outbox.c.case).where(*here))).all()
            values = {"due_at": now, "lease_until": now, "created_at": now, "dead_at": None, "attempts": 0}
            await connection.execute(update(outbox).where(*here).values(**values))
            for where, number in rows:
                theirs = (desk_references.c.desk == where, desk_references.c.case == number)
                await connection.execute(update(desk_references).where(*theirs).values(refused_at=None, reason=None))
            if desk:
                await connection.execute(delete(closed_desks).where(closed_desks.c.desk == desk))
        return len(rows)


def _what(row: dict[str, Any]) -> str:
    payload = row["payload"]
    return str(payload["event"]["verb"]) if row["desk"] else str(payload["message"]["text"])[:60]
