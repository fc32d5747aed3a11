"""A courier: brings what the outbox holds for one desk, a few cases at a time, each case in its order, and waits while it is away."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.breaker import Breaker
from bot.desk.contract import Desk
from bot.envelope import Closed, Handover, TryLater, Undeliverable, Unwanted
from bot.metrics import Metrics
from bot.reroute import Reroute
from bot.store import Conflict, PendingHandover, Unavailable
from bot.store.handovers import HandoverTable

POLL_SECONDS = 1.0
DELIVERY_SECONDS = 30.0
AT_ONCE = 4  # cases that one desk is told of at the same time
GIVE_UP = timedelta(hours=75)
LONGEST = 86_400.0  # seconds that a desk may ask us to wait
SCHEDULE = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)  # seconds after the first, second … failed try
TELL_AFTER = timedelta(minutes=5)  # a desk that is away longer is made known to people

log = structlog.get_logger()


class Courier:
    """Serves one desk. What it does never keeps a conversation, or another desk, waiting."""

    def __init__(
        self,
        id_: str,
        desk: Desk,
        table: HandoverTable,
        reroute: Reroute,
        clock: Callable[[], datetime],
        metrics: Metrics,
        seconds: float = DELIVERY_SECONDS,
    ) -> None:
        self.id = id_
        self._desk = desk
        self._table = table
        self._reroute = reroute
        self._clock = clock
        self._metrics = metrics
        self._seconds = seconds
        self._breaker = Breaker()
        self._wake = asyncio.Event()
        self._carrying: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to carry."""
        self._worker = asyncio.create_task(self._work())

    async def stop(self, seconds: float = 10) -> None:
        """Finish what is being delivered, for at most `seconds`; the rest stays in the outbox for the next start."""
        self._stopping = True
        self._wake.set()
        if self._worker:
            await asyncio.wait([self._worker])  # a look at the database is finished, not broken off
        if self._carrying:
            _, late = await asyncio.wait(self._carrying, timeout=seconds)
            for task in late:
                task.cancel()

    def hear(self, handovers: Sequence[Handover]) -> None:
        """Something was committed: if it is for this desk, look at once."""
        if any(one.desk == self.id for one in handovers):
            self._wake.set()

    async def _work(self) -> None:
        while not self._stopping:
            try:
                claimed = await self._claim()
            except (Unavailable, Conflict) as away:
                log.warning("outbox_unavailable", desk=self.id, reason=str(away))
                claimed = []
            except Exception:  # whatever it was, the next look may succeed, and nobody else would look
                log.exception("courier_failed", desk=self.id)
                claimed = []
            for pending in claimed:
                task = asyncio.create_task(self._carry(pending))
                self._carrying.add(task)
                task.add_done_callback(self._done)
            if not claimed:
                await self._nap()

    async def _claim(self) -> list[PendingHandover]:
        """What may be delivered now: no more than is delivered at the same time; of a desk that is away, one thing now and then."""
        now = self._clock()
        if self._breaker.since is None:
            free = AT_ONCE - len(self._carrying)
            return await self._table.claim(self.id, now, free) if free else []
        await self._tell_of_absence(now)
        if self._carrying or not self._breaker.may_probe(now):
            return []
        return await self._table.claim(self.id, now, 1, probe=True)

    async def _tell_of_absence(self, now: datetime) -> None:
        since = self._breaker.since
        if since is not None and not self._breaker.told and now - since >= TELL_AFTER:
            self._breaker.told = True
            await self._reroute.tell_of_absence(self.id, since)

    async def _carry(self, pending: PendingHandover) -> None:
        """Deliver one, and write down what became of it; if that fails, its lease runs out and it is delivered again."""
        try:
            try:
                reference = await self._deliver(pending)
            except TryLater as obstacle:
                await self._failed(pending, obstacle)
            except Undeliverable as refusal:
                self._breaker.answered()
                await self._refused(pending, refusal)
            else:
                await self._arrived(pending, reference)
        except (Unavailable, Conflict) as away:
            log.warning("outbox_not_marked", desk=self.id, handover=pending.id, reason=str(away))

    async def _deliver(self, pending: PendingHandover) -> str:
        """Deliver within bounds; whatever else goes wrong in a desk is an obstacle like any other."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._desk.deliver(pending.handover, pending.reference)
        except (TryLater, Undeliverable):
            raise
        except TimeoutError:
            raise TryLater(f"no answer within {self._seconds:g} seconds") from None
        except Exception as failure:
            log.exception("desk_failed", desk=self.id, handover=pending.id)
            raise TryLater(type(failure).__name__) from failure

    async def _arrived(self, pending: PendingHandover, reference: str) -> None:
        self._count("delivered")
        now = self._clock()
        await self._table.delivered(pending, reference, now)
        if self._breaker.answered():
            log.info("desk_is_back", desk=self.id)
            await self._table.hurry(self.id, now)

    async def _failed(self, pending: PendingHandover, obstacle: TryLater) -> None:
        now = self._clock()
        self._breaker.failed(now, obstacle.after)
        if now - pending.created_at > GIVE_UP:
            await self._refused(pending, Undeliverable(f"given up after 75 hours: {obstacle}"))
            return
        self._count("postponed")
        step = SCHEDULE[min(pending.attempts, len(SCHEDULE) - 1)]
        asked = min(obstacle.after or 0.0, LONGEST)
        wait = asked or step * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
        await self._table.postpone(pending, now, now + timedelta(seconds=wait), str(obstacle))

    async def _refused(self, pending: PendingHandover, refusal: Undeliverable) -> None:
        """A dead letter: the next desk of the route has the case from now on, or people are told that none has."""
        self._count("undeliverable")
        reason = str(refusal)
        log.warning("handover_undeliverable", desk=self.id, handover=pending.id, reason=reason)
        if isinstance(refusal, Unwanted):
            await self._reroute.unwanted(pending, reason)
        else:
            await self._reroute.refused(pending.handover, reason, every=isinstance(refusal, Closed))

    def _count(self, outcome: str) -> None:
        self._metrics.handovers.labels(self.id, outcome).inc()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._carrying.discard(task)
        self._wake.set()  # the next of its case may go

    async def _nap(self) -> None:
        """Rest for a poll's length, or until there is something to carry."""
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._wake.wait()
        self._wake.clear()
