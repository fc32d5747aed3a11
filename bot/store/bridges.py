"""Who is connected with whom: as rows, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.envelope import Address
from bot.store.contract import Conflict, Reached
from bot.store.outbox import stream_of
from bot.store.tables import bridge_ends, bridges
from bot.store.transaction import transaction
from handoff.bridge import Bridge
from handoff.people import Person
from handoff.rulebook import Audience

COLUMNS = ("id", "case", "opened_at", "heard_at", "ended_at", "ended_by")
LIVE = bridges.c.ended_at.is_(None)


def bridge_of(row: Mapping[str, Any], prefix: str = "") -> Bridge:
    """The bridge that a row keeps."""
    requester = Person(row[f"{prefix}requester_id"], row[f"{prefix}requester_name"])
    owner = Person(row[f"{prefix}owner_id"], row[f"{prefix}owner_name"], agent=row[f"{prefix}owner_agent"])
    return Bridge(requester=requester, owner=owner, **{name: row[prefix + name] for name in COLUMNS})


@dataclass(frozen=True)
class Places:
    """Where the two who are connected can be reached, as far as they can."""

    requester: Reached | None
    owner: Reached | None

    @property
    def both(self) -> tuple[Reached, ...]:
        """Those of the two who can be."""
        return tuple(one for one in (self.requester, self.owner) if one is not None)

    @classmethod
    def of(cls, reached: Sequence[Reached], owner: Person) -> Places:
        """Where these two can be reached."""
        asks = [one for one in reached if one.recipient.audience is Audience.REQUESTER]
        works = [one for one in reached if one not in asks and one.recipient.person.id == owner.id]
        return cls(next(iter(asks), None), next(iter(works), None))


async def of_case(connection: AsyncConnection, case: str) -> Bridge | None:
    """The live bridge over a case."""
    rows = await connection.execute(select(bridges).where(bridges.c.case == case, LIVE))
    row = rows.mappings().first()
    return bridge_of(dict(row)) if row else None


async def busy(connection: AsyncConnection, addresses: Collection[Address]) -> set[str]:
    """Those of these chats, by their streams, that are at an end of a live bridge."""
    streams = [stream_of(one) for one in addresses]
    live = select(bridge_ends.c.stream).join(bridges, bridges.c.id == bridge_ends.c.bridge).where(LIVE)
    return set(await connection.scalars(live.where(bridge_ends.c.stream.in_(streams))))


async def thread_of(connection: AsyncConnection, bridge: str) -> Address | None:
    """The thread in which whoever has the case spoke last, if it was one."""
    thread = await connection.scalar(select(bridges.c.owner_thread).where(bridges.c.id == bridge))
    return Address(**thread) if thread else None


async def connect(connection: AsyncConnection, bridge: Bridge, ends: Collection[Address]) -> None:
    """Connect these two chats. A chat that is connected meanwhile breaks the key: the turn is taken again."""
    row = {
        **{name: getattr(bridge, name) for name in COLUMNS},
        "requester_id": bridge.requester.id,
        "requester_name": bridge.requester.name,
        "owner_id": bridge.owner.id,
        "owner_name": bridge.owner.name,
        "owner_agent": bridge.owner.agent,
    }
    streams = [stream_of(one) for one in ends]
    over = select(bridges.c.id).where(bridges.c.ended_at.is_not(None))
    await connection.execute(
        delete(bridge_ends).where(bridge_ends.c.stream.in_(streams), bridge_ends.c.bridge.in_(over))
    )
    await connection.execute(insert(bridges), row)
    await connection.execute(insert(bridge_ends), [{"stream": one, "bridge": bridge.id} for one in streams])


async def heard(connection: AsyncConnection, bridge: Bridge, *, owner_at: Address | None) -> None:
    """Something was said; `owner_at` is where whoever has the case said it. Raises `Conflict` where it has ended meanwhile."""
    where = {} if owner_at is None else {"owner_thread": vars(owner_at) if owner_at.group else None}
    here = update(bridges).where(bridges.c.id == bridge.id, LIVE)
    if (await connection.execute(here.values(heard_at=bridge.heard_at, **where))).rowcount != 1:
        raise Conflict("the conversation has ended meanwhile")


async def disconnect(connection: AsyncConnection, bridge: Bridge, by: str, why: str, now: datetime) -> None:
    """It has ended. Ending it twice ends it once."""
    here = update(bridges).where(bridges.c.id == bridge.id, LIVE)
    await connection.execute(here.values(ended_at=now, ended_by=by, why=why))


class BridgeTable:
    """Whether a bridge still holds, asked just before something is sent over it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def holds(self, id_: str) -> bool:
        """Whether the two are still connected. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            return await connection.scalar(select(bridges.c.id).where(bridges.c.id == id_, LIVE)) is not None
