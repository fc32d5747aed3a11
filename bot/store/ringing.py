"""The transaction in which alarms ring: several at once, each by one replica only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Outgoing
from bot.store import alarms, cases, people, tenants
from bot.store.contract import PendingMessage, Reached, Ringing
from bot.store.outbox import OutboxTable
from handoff.alarms import Alarm
from handoff.case import Case
from handoff.life import Event


class RingTransaction:
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

    async def reached(self, case: Case, now: datetime) -> list[Reached]:
        """Those who may have to be told of a case."""
        return await people.reached(self._connection, case, now)

    async def change(self, case: Case, event: Event, wanted: Sequence[Alarm]) -> None:
        """What time has made of a case, and the alarms that it has now."""
        await cases.change(self._connection, case, event)
        await alarms.set_for(self._connection, case.number, wanted)

    async def record(self, case: Case, event: Event) -> None:
        """That an alarm has rung, in the case's history."""
        await cases.record(self._connection, case.tenant, event)

    async def put(self, outgoing: Sequence[Outgoing], now: datetime) -> list[PendingMessage]:
        """Put messages into the outbox."""
        return await self._outbox.put(self._connection, outgoing, now)
