"""What becomes of a case that its desk does not take: the next desk of its route has it, and people are told either way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.envelope import Handover, Outgoing
from bot.notify import handover_to, letters
from bot.outbox import Relay
from bot.store import PendingHandover, SqlStore
from bot.store.ringing import RingTransaction
from dialogs.scene import Knowledge, Scene
from dialogs.values import Message
from handoff.life import Event
from handoff.people import SYSTEM, Person, Tenant


class Reroute:
    """Decides and records, in one transaction, where a refused case goes."""

    def __init__(self, store: SqlStore, relay: Relay, knowledge: Knowledge, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._relay = relay
        self._knowledge = knowledge
        self._clock = clock

    async def refused(self, refused: Handover, reason: str, *, every: bool) -> None:
        """A desk does not take this case (with `every`: any case). Raises `Unavailable` and `Conflict`; nothing is changed then."""
        now, moved, outgoing = self._clock(), [], []
        async with self._store.ringing() as transaction:
            await transaction.case(
                refused.case.number
            )  # locked first: who changes it meanwhile would still send it the old way
            waiting = await transaction.refuse(refused, reason, now, every=every)
            for number in dict.fromkeys(one.case.number for one in waiting):
                theirs = [one for one in waiting if one.case.number == number]
                elsewhere = await self._elsewhere(theirs, reason, transaction, now)
                moved += elsewhere
                outgoing += await self._told(theirs[-1], elsewhere, reason, transaction)
            await transaction.hand_over(moved, now)
            pending = await transaction.put(outgoing, now)
        self._relay.send_soon(pending, moved)

    async def unwanted(self, pending: PendingHandover, reason: str) -> None:
        """A desk that has the case does not take one thing that happened to it: people are told, and what follows goes on to the desk.

        A desk that has nothing of the case yet, and does not take what would bring it, does not take the case. Raises as `refused`.
        """
        now, unwanted = self._clock(), pending.handover
        async with self._store.ringing() as transaction:
            await transaction.case(unwanted.case.number)
            having, _ = await transaction.knowing(unwanted.case.number)
            if has_it := unwanted.desk in having:
                await transaction.bury(pending, reason, now)
                told = await self._recorded("unwanted", unwanted, {"reason": reason}, transaction)
                messages = await transaction.put(told, now)
        if has_it:
            self._relay.send_soon(messages)
        else:
            await self.refused(unwanted, reason, every=False)

    async def tell_of_absence(self, desk: str, since: datetime) -> None:
        """A desk has not answered for a while: those who work for support are told. Raises `Unavailable` and `Conflict`."""
        now = self._clock()
        async with self._store.ringing() as transaction:
            outgoing = [
                Outgoing(one.address, self._absence(desk, since, one.recipient.language))
                for one in await transaction.agents()
            ]
            pending = await transaction.put(outgoing, now)
        self._relay.send_soon(pending)

    async def _elsewhere(
        self, theirs: list[Handover], reason: str, transaction: RingTransaction, now: datetime
    ) -> list[Handover]:
        """What waited for the desk, on its way to the next one of the route; nothing if that was told besides, or was the last."""
        last = theirs[-1]
        way = self._knowledge.desks.routes_for(last.case)
        _, refused = await transaction.knowing(last.case.number)
        if last.desk not in way.desks:
            return []
        able = [desk for desk in way.desks if desk not in refused]
        return [
            replace(handover_to(desk, one.case, one.tenant, one.event, scene, files), because=reason)
            for desk in able[:1]
            for place, one in enumerate(theirs)
            for scene in [await self._seen(one, transaction, now)]
            for files in [() if place else scene.found.files]  # all of the case, with the first that this desk is told
        ]

    async def _seen(self, one: Handover, transaction: RingTransaction, now: datetime) -> Scene:
        """What a desk that shows cards is shown of the case: all that happened to it."""
        found = await transaction.told_of(one.case, one.tenant, one.event)
        return replace(self._scene(one.tenant, now), found=found)

    async def _told(
        self, last: Handover, elsewhere: Iterable[Handover], reason: str, transaction: RingTransaction
    ) -> list[Outgoing]:
        """The event on record, and a message to those who hold the case."""
        to = next((one.desk for one in elsewhere), "")
        return await self._recorded(
            "rerouted" if to else "undelivered", last, {"to": to, "reason": reason}, transaction
        )

    async def _recorded(
        self, verb: str, refused: Handover, facts: Mapping[str, str], transaction: RingTransaction
    ) -> list[Outgoing]:
        case = await transaction.case(refused.case.number) or refused.case
        now, who = self._clock(), Person(f"desk:{refused.desk}", refused.desk)
        event = Event(case.number, verb, who, now, case.status, facts={"desk": refused.desk, **facts})
        await transaction.record(case, event)
        scene = self._scene(refused.tenant, now)
        return letters(case, refused.tenant, event, await transaction.reached(case, now), scene)

    def _absence(self, desk: str, since: datetime, language: str) -> Message:
        return Message(
            self._knowledge.words.voice(language)("desk-away", desk=desk, since=f"{since:%Y-%m-%d %H:%M} UTC")
        )

    def _scene(self, tenant: Tenant, now: datetime) -> Scene:
        return Scene(self._knowledge, SYSTEM, tenant, now, secrets.token_urlsafe(16), "")
