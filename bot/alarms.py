"""The clock's own turn: warns before a target is missed, escalates after, closes what nobody answers for. Each once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.envelope import Outgoing
from bot.notify import letters
from bot.outbox import Relay
from bot.store import Conflict, Ringing, SqlStore, Unavailable
from bot.store.ringing import RingTransaction
from dialogs.scene import Knowledge, Scene
from handoff.alarms import Kind, alarms_of
from handoff.errors import IllegalMove
from handoff.life import Event, expire
from handoff.people import SYSTEM

POLL_SECONDS = 2.0

log = structlog.get_logger()


class Alarms:
    """Rings what is due; every replica looks, and the database gives each alarm to one."""

    def __init__(self, store: SqlStore, relay: Relay, knowledge: Knowledge, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._relay = relay
        self._knowledge = knowledge
        self._clock = clock
        self._poller: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._poller = asyncio.create_task(self._poll())

    async def stop(self) -> None:
        """Stop looking; what is being rung is finished or undone as a whole."""
        if self._poller:
            self._poller.cancel()
            await asyncio.wait([self._poller])

    async def ring(self) -> int:
        """Ring what is due now, and return how much that was. Raises `Unavailable` and `Conflict`."""
        now = self._clock()
        async with self._store.ringing() as transaction:
            ringing = await transaction.due(now)
            outgoing = [one for due in ringing for one in await self._rung(due, transaction, now)]
            pending = await transaction.put(outgoing, now)
        self._relay.send_soon(pending)
        return len(ringing)

    async def _rung(self, due: Ringing, transaction: RingTransaction, now: datetime) -> list[Outgoing]:
        """What one alarm does, and whom it tells."""
        rules, case, tenant = self._knowledge.rules, due.case, due.tenant
        event = Event(case.number, due.alarm.kind.value, SYSTEM, now, case.status, facts={"level": due.alarm.level})
        if due.alarm.kind is Kind.SILENCE:
            try:
                change = expire(rules, case, tenant, now)
            except IllegalMove:  # somebody was faster
                return []
            case, event = change.case, change.event
            await transaction.change(case, event, alarms_of(rules, case, tenant))
        else:
            await transaction.record(case, event)
        scene = Scene(self._knowledge, SYSTEM, tenant, now, secrets.token_urlsafe(16), "")
        return letters(case, tenant, event, await transaction.reached(case, now), scene)

    async def _poll(self) -> None:
        while True:
            try:
                rung = await self.ring()
            except (Unavailable, Conflict) as away:
                log.warning("alarms_unavailable", reason=str(away))
                rung = 0
            except Exception:  # whatever it was, the next look may succeed, and nobody else would look
                log.exception("alarms_failed")
                rung = 0
            if not rung:
                await asyncio.sleep(POLL_SECONDS)
