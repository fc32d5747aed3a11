"""The transaction in which alarms ring: several at once, each by one replica only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Handover, Outgoing
from bot.store import alarms, cases, handovers, people, tenants
from bot.store.casework import CaseWork
from bot.store.contract import PendingHandover, PendingMessage, Reached, Ringing
from bot.store.outbox import OutboxTable
from handoff.alarms import Alarm
from handoff.case import Case
from handoff.life import Event


class RingTransaction(CaseWork):
    """What ringing reads and writes."""

    def __init__(self, connection: AsyncConnection, plan: str, outbox: OutboxTable) -> None:
        self._connection = connection
        self._plan = plan
        self._outbox = outbox

    async def due(self, now: datetime) -> list[Ringing]:
        """What is due, each with its case and tenant, marked as rung; a case that somebody is changing is left for later."""
        ringing: list[Ringing] = []
        for alarm in await alarms.due(self._connection, now):
            case = await cases.find(self._connection, alarm.case, skip_locked=True)
            if case is not None and await alarms.mark(self._connection, alarm, now):
                tenant = (await tenants.find(self._connection, [case.tenant], self._plan))[case.tenant]
                ringing.append(Ringing(alarm, case, tenant))
        return ringing

    async def case(self, number: str) -> Case | None:
        """A case as it stands, kept from others until the transaction ends."""
        return await cases.find(self._connection, number)

    async def agents(self) -> list[Reached]:
        """Those who work for support and can be reached."""
        return await people.working(self._connection)

    async def change(self, case: Case, event: Event, wanted: Sequence[Alarm]) -> None:
        """What time has made of a case, and the alarms that it has now."""
        await cases.change(self._connection, case, event)
        await alarms.set_for(self._connection, case.number, wanted)

    async def record(self, case: Case, event: Event) -> None:
        """That an alarm has rung, in the case's history."""
        await cases.record(self._connection, case.tenant, event)

    async def hand_over(self, wanted: Sequence[Handover], now: datetime) -> None:
        """Put what desks are told into the outbox."""
        await handovers.put(self._connection, wanted, now)

    async def refuse(self, refused: Handover, reason: str, now: datetime, *, every: bool) -> list[Handover]:
        """A desk does not take a case (or, with `every`, any): what waits for it there is dead, and returned to go elsewhere."""
        return await handovers.refuse(self._connection, refused, reason, now, every=every)

    async def bury(self, pending: PendingHandover, reason: str, now: datetime) -> None:
        """A desk does not take this one thing."""
        await handovers.bury(self._connection, pending, reason, now)

    async def put(self, outgoing: Sequence[Outgoing], now: datetime) -> list[PendingMessage]:
        """Put messages into the outbox."""
        return await self._outbox.put(self._connection, outgoing, now)
