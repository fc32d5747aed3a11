"""The clock's own turn: warns before a target is missed, escalates after, closes what nobody answers for. Each once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.outbox import Relay
from bot.store import Conflict, Ringing, SqlStore, Unavailable
from bot.store.ringing import RingTransaction
from bot.talk import endings
from bot.telling import Told, change_and_tell, tell
from dialogs.lookup import Found
from dialogs.scene import Knowledge, Scene
from handoff.alarms import Kind
from handoff.errors import IllegalMove
from handoff.hands import give_up
from handoff.life import Event, expire
from handoff.people import SYSTEM

POLL_SECONDS = 2.0
MADE_BY_TIME = {Kind.SILENCE: expire, Kind.RETURN: give_up}

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
            told = Told()
            for due in ringing:
                told += await self._rung(due, transaction, now)
            await transaction.hand_over(told.handovers, now)
            pending = await transaction.put(told.outgoing, now)
        self._relay.send_soon(pending, told.handovers)
        return len(ringing)

    async def _rung(self, due: Ringing, transaction: RingTransaction, now: datetime) -> Told:
        """What one alarm does, and whom it tells: people, and desks."""
        case, tenant = due.case, due.tenant
        scene = Scene(self._knowledge, SYSTEM, tenant, now, secrets.token_urlsafe(16), "")
        if due.alarm.kind is Kind.TALK:
            return await self._fell_silent(due, transaction, scene)
        facts = {"level": due.alarm.level}
        event = Event(case.number, due.alarm.kind.value, SYSTEM, now, case.status, facts=facts)
        if due.alarm.kind not in MADE_BY_TIME:
            await transaction.record(case, event)
            return await tell(case, tenant, event, transaction, scene)
        try:
            change = MADE_BY_TIME[due.alarm.kind](scene.rules, case, tenant, now)
        except IllegalMove:  # somebody was faster
            return Told()
        return await change_and_tell(change.case, tenant, change.event, transaction, scene)

    async def _fell_silent(self, due: Ringing, transaction: RingTransaction, scene: Scene) -> Told:
        """Two people who are connected said nothing for a while: they are not any more, and both are told."""
        bridge = await transaction.bridge_over(due.case.number)
        if bridge is None or bridge.quiet_at(scene.rules) > scene.now:
            return Told()
        await transaction.disconnect(bridge, "", "silence", scene.now)
        event = Event(due.case.number, due.alarm.kind.value, SYSTEM, scene.now, due.case.status)
        await transaction.record(due.case, event)
        found = replace(scene, found=Found(case=due.case, tenant=due.tenant))
        return Told(tuple((await endings(bridge, "silence", transaction, found)).values()))

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
