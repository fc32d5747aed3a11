"""The transaction in which a desk is heard: what it says once, of cases that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select

from bot.envelope import DeskEvent
from bot.store import cases, files, tenants
from bot.store.ringing import RingTransaction
from bot.store.tables import desk_references, inbox
from handoff.case import Case
from handoff.effects import KeepFiles
from handoff.file import File
from handoff.life import Event
from handoff.people import Tenant

CHANNEL = "desk"


class HearingTransaction(RingTransaction):
    """What hearing a desk reads and writes, besides what ringing does."""

    async def heard(self, event: DeskEvent) -> Mapping[str, Any] | None:
        """What the same event was answered before, or None when it is new."""
        here = [inbox.c[name] == value for name, value in _key(event).items()]
        found = await self._connection.scalar(select(inbox.c.answer).where(*here))
        return dict(found) if found is not None else None

    async def note(self, event: DeskEvent, answer: Mapping[str, Any], now: datetime) -> None:
        """Keep what an event was answered; one that was noted meanwhile breaks the key, and is heard again."""
        await self._connection.execute(insert(inbox), {**_key(event), "answer": dict(answer), "received_at": now})

    async def keep(self, case: Case, event: Event, sent: Sequence[File]) -> None:
        """Write down what somebody at a desk sent along with what they said."""
        who = {"tenant": case.tenant, "person": event.by.id, "at": event.at}
        await files.keep(self._connection, who, KeepFiles(tuple(sent), case=case.number))

    async def case_at(self, desk: str, number: str) -> tuple[Case, Tenant] | None:
        """A case that this desk has been told of, kept from others until the transaction ends, with its tenant; else None."""
        known = exists().where(desk_references.c.desk == desk, desk_references.c.case == number)
        if not await self._connection.scalar(select(known)):
            return None
        case = await cases.find(self._connection, number)
        if case is None:
            return None
        return case, (await tenants.find(self._connection, [case.tenant], self._plan))[case.tenant]


def _key(event: DeskEvent) -> dict[str, str]:
    return {"channel": CHANNEL, "tenant": "", "conversation": event.desk, "activity": event.id}
