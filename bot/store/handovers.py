"""The outbox table's other half: what is on its way to desks, each case in its order, each desk apart from the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.envelope import Handover
from bot.store.contract import PendingHandover
from bot.store.streams import WAITING, oldest_of_its_stream
from bot.store.tables import closed_desks, desk_references, outbox
from bot.store.transaction import transaction

LEASE = timedelta(seconds=90)  # how long one replica has a handover for itself: longer than a delivery may take
SHAPE = TypeAdapter(Handover)


def stream_of(desk: str, case: str) -> str:
    """What keeps handovers in order: the case, at that desk."""
    return f"\x1fdesk\x1f{desk}\x1f{case}"


async def put(connection: AsyncConnection, handovers: Sequence[Handover], now: datetime) -> None:
    """Add handovers within a transaction; one whose key stands there already is on its way, or has arrived."""
    keys = [one.key for one in handovers]
    known = set(await connection.scalars(select(outbox.c.key).where(outbox.c.key.in_(keys)))) if keys else set()
    rows = [_row(one, now) for one in handovers if one.key not in known]
    if rows:
        await connection.execute(insert(outbox), rows)


async def knowing(connection: AsyncConnection, case: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The desks that have the case, and those that have refused it."""
    here = select(desk_references.c.desk, desk_references.c.refused_at).where(desk_references.c.case == case)
    rows = (await connection.execute(here.order_by(desk_references.c.desk))).all()
    shut = tuple(await connection.scalars(select(closed_desks.c.desk).order_by(closed_desks.c.desk)))
    refused = tuple(desk for desk, refused_at in rows if refused_at is not None)
    return tuple(desk for desk, refused_at in rows if refused_at is None), (*refused, *shut)


async def case_of(connection: AsyncConnection, desk: str, reference: str) -> str:
    """The case that a desk calls so, or empty."""
    here = (desk_references.c.desk == desk, desk_references.c.reference == reference)
    return (await connection.scalar(select(desk_references.c.case).where(*here))) or ""


class HandoverTable:
    """Claim and settle what goes to desks."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def called(self, desk: str, reference: str) -> str:
        """The case that a desk calls so, or empty. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            return await case_of(connection, desk, reference)

    async def claim(self, desk: str, now: datetime, limit: int, *, probe: bool = False) -> list[PendingHandover]:
        """Lease handovers that are due and the oldest unsent of their case.

        To `probe` whether a desk is back, whatever waits will do, due or not: what was tried least is not to blame.
        """
        due = [*WAITING, outbox.c.desk == desk, outbox.c.lease_until <= now, oldest_of_its_stream()]
        due += [] if probe else [outbox.c.due_at <= now]
        order = (outbox.c.attempts, outbox.c.id) if probe else (outbox.c.id,)
        async with transaction(self._engine) as connection:
            chosen = select(outbox).where(*due).order_by(*order).limit(limit).with_for_update(skip_locked=True)
            rows = (await connection.execute(chosen)).mappings().all()
            if not rows:
                return []
            leased = update(outbox).where(outbox.c.id.in_([row["id"] for row in rows]))
            await connection.execute(leased.values(lease_until=now + LEASE))
            here = select(desk_references.c.case, desk_references.c.reference).where(
                desk_references.c.desk == desk, desk_references.c.case.in_([row["case"] for row in rows])
            )
            references = {row.case: row.reference for row in await connection.execute(here)}
        return [
            PendingHandover(
                row["id"],
                SHAPE.validate_python(row["payload"]),
                references.get(row["case"], ""),
                row["attempts"],
                row["created_at"],
            )
            for row in rows
        ]

    async def delivered(self, pending: PendingHandover, reference: str, now: datetime) -> None:
        """This one has arrived, and the desk calls the case so."""
        handover = pending.handover
        async with transaction(self._engine) as connection:
            await _mark(connection, [pending.id], sent_at=now, sent_id=reference or None, reason=None)
            await _refer(connection, handover.desk, handover.case.number, reference=reference or pending.reference)

    async def postpone(self, pending: PendingHandover, now: datetime, due_at: datetime, reason: str) -> None:
        """This one is to be tried again at `due_at`, or whenever the desk is found to be back."""
        async with transaction(self._engine) as connection:
            tried = outbox.c.attempts + 1
            await _mark(connection, [pending.id], due_at=due_at, lease_until=now, reason=reason, attempts=tried)

    async def release(self, pending: PendingHandover, now: datetime) -> None:
        """This one was not tried after all."""
        async with transaction(self._engine) as connection:
            await _mark(connection, [pending.id], lease_until=now)

    async def hurry(self, desk: str, now: datetime) -> None:
        """Whatever waits for this desk is due at once: it is back."""
        async with transaction(self._engine) as connection:
            here = (*WAITING, outbox.c.desk == desk, outbox.c.due_at > now)
            await connection.execute(update(outbox).where(*here).values(due_at=now))


async def refuse(
    connection: AsyncConnection, refused: Handover, reason: str, now: datetime, *, every: bool = False
) -> list[Handover]:
    """A desk does not take a case: what waits for it there is dead, and returned in its order, to go elsewhere.

    With `every`, the desk takes no case at all any more.
    """
    desk, case = refused.desk, refused.case.number
    here = [*WAITING, outbox.c.desk == desk, *([] if every else [outbox.c.case == case])]
    rows = (await connection.execute(select(outbox).where(*here).order_by(outbox.c.id).with_for_update())).mappings()
    waiting = list(rows)
    await _mark(connection, [row["id"] for row in waiting], dead_at=now, reason=reason)
    if every:
        await connection.execute(delete(closed_desks).where(closed_desks.c.desk == desk))
        await connection.execute(insert(closed_desks), {"desk": desk, "closed_at": now, "reason": reason})
    for number in {row["case"] for row in waiting}:
        await _refer(connection, desk, number, refused_at=now, reason=reason)
    return [SHAPE.validate_python(row["payload"]) for row in waiting]


async def bury(connection: AsyncConnection, pending: PendingHandover, reason: str, now: datetime) -> None:
    """This one is dead; what else there is of its case goes on."""
    await _mark(connection, [pending.id], dead_at=now, reason=reason)


async def _refer(connection: AsyncConnection, desk: str, case: str, **values: object) -> None:
    here = (desk_references.c.desk == desk, desk_references.c.case == case)
    known = await connection.execute(update(desk_references).where(*here).values(**values))
    if known.rowcount == 0:
        await connection.execute(insert(desk_references), {"desk": desk, "case": case, "reference": "", **values})


async def _mark(connection: AsyncConnection, ids: Sequence[int], **values: object) -> None:
    if ids:
        await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(**values))


def _row(handover: Handover, now: datetime) -> dict[str, object]:
    case = handover.case.number
    return {
        "stream": stream_of(handover.desk, case),
        "payload": SHAPE.dump_python(handover, mode="json"),
        "created_at": now,
        "due_at": now,
        "lease_until": now,
        "attempts": 0,
        "desk": handover.desk,
        "case": case,
        "key": handover.key,
    }
