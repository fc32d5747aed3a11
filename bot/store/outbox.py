"""The outbox table: messages that are committed but perhaps not sent, each stream in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.envelope import Address, Outgoing
from bot.store.contract import PendingMessage
from bot.store.payload import outgoing_from_json, outgoing_to_json
from bot.store.streams import WAITING, oldest_of_its_stream
from bot.store.tables import outbox
from bot.store.transaction import transaction

PUT = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
LEASE = timedelta(seconds=60)  # how long one replica has a message for itself
SEPARATOR = "\x1f"  # between the parts of a key: no channel has it in an id

log = structlog.get_logger()


def stream_of(address: Address) -> str:
    """What keeps messages in order: the conversation that they go to."""
    return SEPARATOR.join((address.channel, address.tenant, address.conversation))


class OutboxTable:
    """Put, claim, and settle messages."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def put(
        self, connection: AsyncConnection, messages: Sequence[Outgoing], now: datetime
    ) -> list[PendingMessage]:
        """Add messages within a turn's transaction, leased to the replica that took the turn: it sends them itself, at once."""
        if not messages:
            return []
        common = {"created_at": now, "due_at": now, "lease_until": now + LEASE, "attempts": 0}
        rows = [
            {**common, "stream": stream_of(one.address), "payload": outgoing_to_json(one), "case": one.message.case}
            for one in messages
        ]
        ids = await connection.scalars(PUT, rows)
        return [
            PendingMessage(id_, stream_of(message.address), message, 0, now)
            for id_, message in zip(ids, messages, strict=True)
        ]

    async def claim(self, now: datetime, limit: int = 100) -> list[PendingMessage]:
        """Lease due messages that are the oldest unsent of their stream, so that no two replicas send one and none overtakes."""
        due = (
            outbox.c.desk == "",
            *WAITING,
            outbox.c.due_at <= now,
            outbox.c.lease_until <= now,
            oldest_of_its_stream(),
        )
        async with transaction(self._engine) as connection:
            chosen = select(outbox).where(*due).order_by(outbox.c.id).limit(limit).with_for_update(skip_locked=True)
            rows = (await connection.execute(chosen)).mappings().all()
            if rows:
                ids = [row["id"] for row in rows]
                await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(lease_until=now + LEASE))
            newest = await self._addresses(connection, [row["stream"] for row in rows])
        return [message for row in rows if (message := _pending(dict(row), newest[row["stream"]]))]

    async def _addresses(self, connection: AsyncConnection, streams: Sequence[str]) -> dict[str, Address]:
        """Where each stream is reached today: an old message goes to the address that the newest one was written to."""
        last = select(func.max(outbox.c.id)).where(outbox.c.stream.in_(streams)).group_by(outbox.c.stream)
        rows = await connection.execute(select(outbox.c.stream, outbox.c.payload).where(outbox.c.id.in_(last)))
        return {stream: Address(**payload["address"]) for stream, payload in rows}

    async def sent(self, arrived: Mapping[int, str], now: datetime) -> None:
        """These have arrived, and the channel calls them so."""
        named = case({id_: sent_id[:1024] for id_, sent_id in arrived.items()}, value=outbox.c.id)
        await self._settle(list(arrived), sent_at=now, sent_id=named)

    async def postpone(self, id_: int, due_at: datetime, reason: str) -> None:
        """This one is to be tried again at `due_at`."""
        await self._settle([id_], due_at=due_at, lease_until=due_at, reason=reason, attempts=outbox.c.attempts + 1)

    async def hurry(self, stream: str, now: datetime) -> None:
        """Whatever waits in this stream is due at once: the conversation has shown that it can be reached."""
        waiting = (outbox.c.stream == stream, outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
        async with transaction(self._engine) as connection:
            await connection.execute(update(outbox).where(*waiting).values(due_at=now, lease_until=now))

    async def hand_back(self, ids: Sequence[int], now: datetime) -> None:
        """These are not sent by us after all: whoever claims next may have them."""
        await self._settle(ids, lease_until=now)

    async def bury(self, id_: int, now: datetime, reason: str) -> None:
        """This one can never arrive; it stays, with the reason."""
        await self._settle([id_], dead_at=now, reason=reason)

    async def release(self, now: datetime) -> None:
        """Give back every lease: at the start of the only replica, whatever was leased was leased by its past self."""
        async with transaction(self._engine) as connection:
            await connection.execute(
                update(outbox).where(outbox.c.sent_at.is_(None), outbox.c.lease_until > now).values(lease_until=now)
            )

    async def waiting(self) -> tuple[int, int]:
        """How many messages are not sent yet, and how many never will be."""
        async with transaction(self._engine) as connection:
            unsent = select(func.count()).where(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
            dead = select(func.count()).where(outbox.c.dead_at.is_not(None))
            return (await connection.scalar(unsent)) or 0, (await connection.scalar(dead)) or 0

    async def _settle(self, ids: Sequence[int], **values: object) -> None:
        if not ids:
            return
        async with transaction(self._engine) as connection:
            await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(**values))


def _pending(row: Mapping[str, Any], address: Address) -> PendingMessage | None:
    """The message of a row; None where another version wrote it as we cannot read it: when our lease has run out it may be theirs."""
    try:
        outgoing = replace(outgoing_from_json(row["payload"]), address=address)
    except (KeyError, TypeError):
        log.error("message_unreadable", message=row["id"])
        return None
    return PendingMessage(row["id"], row["stream"], outgoing, row["attempts"], row["created_at"])
