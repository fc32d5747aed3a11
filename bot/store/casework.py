"""What telling people of a case reads and writes, in a turn's transaction and in one in which alarms ring alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Address
from bot.store import bridges, cases, copies, files, handovers, people
from bot.store.contract import Copy, Reached
from bot.store.tables import agents
from bot.store.tables import people as people_table
from dialogs.lookup import Found
from handoff.bridge import Bridge
from handoff.case import Case
from handoff.life import Event
from handoff.people import Person, Tenant


class CaseWork:
    """The half of a transaction that is about one case and the people around it."""

    _connection: AsyncConnection

    async def reached(self, case: Case, now: datetime) -> list[Reached]:
        """Those who may have to be told of a case."""
        return await people.reached(self._connection, case, now)

    async def knowing(self, case: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The desks that have a case, and those that have refused it."""
        return await handovers.knowing(self._connection, case)

    async def called(self, desk: str, reference: str) -> str:
        """The case that a desk calls so, or empty."""
        return await handovers.case_of(self._connection, desk, reference)

    async def told_of(self, case: Case, tenant: Tenant, event: Event) -> Found:
        """The case with all that happened to it, the last of which is `event`, and those to whom it may be given."""
        before = await cases.events(self._connection, case.number)
        known = before if event in before[-1:] else (*before, event)
        return Found(
            case=case,
            tenant=tenant,
            events=known,
            agents=await self.working() if case.with_support else (),
            files=await files.of_case(self._connection, case.number),
        )

    async def working(self) -> tuple[Person, ...]:
        """The support agents, by name; one who never wrote to the bot has none."""
        here = people_table.c.id == agents.c.person
        rows = await self._connection.execute(
            select(agents.c.person, people_table.c.name).select_from(agents.outerjoin(people_table, here))
        )
        named = {row.person: row.name or "" for row in rows}
        return tuple(Person(id_, name, agent=True) for id_, name in sorted(named.items(), key=lambda one: one[1]))

    async def copies(self, case: str) -> list[Copy]:
        """The cards of a case that are still looked at, oldest first."""
        return await copies.live(self._connection, case)

    async def retire(self, old: Sequence[Copy]) -> None:
        """These cards are not looked at any more."""
        await copies.retire(self._connection, old)

    async def bridge_over(self, case: str) -> Bridge | None:
        """Who is connected over a case."""
        return await bridges.of_case(self._connection, case)

    async def thread_of(self, bridge: Bridge) -> Address | None:
        """The thread in which whoever has the case spoke last, if it was one."""
        return await bridges.thread_of(self._connection, bridge.id)

    async def disconnect(self, bridge: Bridge, by: str, why: str, now: datetime) -> None:
        """The two are not connected any more."""
        await bridges.disconnect(self._connection, bridge, by, why, now)
