"""Alarms as rows: set anew whenever a case changes, and each of them rung once, by whichever replica comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import alarms
from handoff.alarms import Alarm, Kind

BATCH = 50


async def set_for(connection: AsyncConnection, case: str, wanted: Sequence[Alarm]) -> None:
    """These are the alarms of a case now; one that has rung does not ring again."""
    await connection.execute(delete(alarms).where(alarms.c.case == case, alarms.c.rung_at.is_(None)))
    rung = await connection.execute(select(alarms.c.kind, alarms.c.level).where(alarms.c.case == case))
    done = {tuple(row) for row in rung}
    rows = [{**vars(one), "kind": one.kind.value} for one in wanted if (one.kind.value, one.level) not in done]
    if rows:
        await connection.execute(insert(alarms), rows)


async def due(connection: AsyncConnection, now: datetime) -> list[Alarm]:
    """Alarms that are due. They are not locked: whoever rings one has its case first, as every turn has that changes alarms."""
    here = (alarms.c.rung_at.is_(None), alarms.c.due_at <= now)
    rows = await connection.execute(select(alarms).where(*here).order_by(alarms.c.due_at).limit(BATCH))
    return [Alarm(row["case"], Kind(row["kind"]), row["level"], row["due_at"]) for row in rows.mappings()]


async def mark(connection: AsyncConnection, alarm: Alarm, now: datetime) -> bool:
    """Mark it as rung; False when it has rung meanwhile, or is not due any more."""
    here = (alarms.c.case == alarm.case, alarms.c.kind == alarm.kind.value, alarms.c.level == alarm.level)
    waits = (alarms.c.rung_at.is_(None), alarms.c.due_at <= now)
    return (await connection.execute(update(alarms).where(*here, *waits).values(rung_at=now))).rowcount == 1
