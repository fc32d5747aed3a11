"""The relay: what was committed is sent, at once where possible, again where not, in order within each conversation."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.envelope import Channel, Handover, Outgoing, TryLater, Undeliverable
from bot.metrics import Metrics
from bot.store import PendingMessage, Unavailable
from bot.store.outbox import OutboxTable

POLL_SECONDS = 1.0
GIVE_UP = timedelta(hours=75)
SCHEDULE = (2, 5, 15, 60, 300, 1800, 7200)  # seconds to wait after the first, second … failed try; the last one repeats
TRIES = 2  # after the first, of what fails in a way that nobody foresaw
SHORTEST = 0.5  # seconds to wait at least where the channel asks us to wait
GROUP_SECONDS = 0.02  # marks of what was sent are written together: one commit for many

log = structlog.get_logger()


class Relay:
    """Sends what the outbox holds. A stream that met an obstacle waits for the poll, so that nothing overtakes."""

    def __init__(
        self, table: OutboxTable, channels: Callable[[str], Channel], clock: Callable[[], datetime], metrics: Metrics
    ) -> None:
        self._table = table
        self._channel = channels
        self._clock = clock
        self._metrics = metrics
        self._streams: dict[str, deque[PendingMessage]] = {}
        self._held: dict[str, datetime] = {}  # stream: from when on it may be hurried
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sent: dict[int, str] = {}  # what has arrived, as the channel calls it, and is not marked yet
        self._poller: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[Sequence[Handover]], None]] = []

    async def start(self, *, alone: bool) -> None:
        """Begin. `alone` says that no other replica shares the database: what is unsent was left by our own past, and goes first."""
        if alone:
            await self._table.release(self._clock())
        self._poller = asyncio.create_task(self._poll())

    async def stop(self, seconds: float = 10) -> None:
        """Finish what is being sent, for at most `seconds`; the rest stays in the outbox for the next start."""
        if self._poller:
            self._poller.cancel()
            await asyncio.wait([self._poller])
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        await self._mark()

    def listen(self, listener: Callable[[Sequence[Handover]], None]) -> None:
        """Tell this listener of what is committed for desks."""
        self._listeners.append(listener)

    def send_soon(self, messages: Sequence[PendingMessage], handovers: Sequence[Handover] = ()) -> None:
        """Send these, which are committed and leased to us, without keeping the caller waiting; desks have their own couriers."""
        for listener in self._listeners if handovers else ():
            listener(handovers)
        behind = [message for message in messages if message.stream in self._held]
        if behind:
            self._spawn(self._line_up(behind))
        for message in messages:
            if message.stream in self._held:
                continue
            queue = self._streams.get(message.stream)
            if queue is None:
                self._streams[message.stream] = deque([message])
                self._spawn(self._drain(message.stream))
            else:
                queue.append(message)

    async def idle(self) -> None:
        """Wait until nothing is being sent: for a terminal, which shows one turn before it hears the next."""
        while self._streams:
            await asyncio.wait(set(self._tasks), return_when=asyncio.FIRST_COMPLETED)

    async def send_unrecorded(self, outgoing: Outgoing) -> None:
        """Try once to say something that could not be recorded."""
        try:
            await self._deliver(outgoing)
        except (TryLater, Undeliverable) as lost:
            log.warning("unrecorded_not_sent", channel=outgoing.address.channel, reason=str(lost))

    async def _drain(self, stream: str) -> None:
        queue = self._streams[stream]
        try:
            while queue:
                wait = await self._send(queue.popleft())
                if wait is not None:
                    self._held[stream] = self._clock() + wait
                    break
        finally:
            del self._streams[stream]
        if queue:
            await self._hand_back(queue)

    async def _line_up(self, messages: Sequence[PendingMessage]) -> None:
        """Somebody spoke in a conversation where an earlier message waits: all go now, unless the channel asked us to wait."""
        await self._hand_back(messages)
        now = self._clock()
        for stream in {message.stream for message in messages}:
            if self._held.get(stream, now) <= now:
                await self._settle(self._table.hurry(stream, now))
        self._wake.set()

    async def _hand_back(self, messages: Iterable[PendingMessage]) -> None:
        """An earlier message of the stream waits: the poll brings these after it."""
        await self._settle(self._table.hand_back([message.id for message in messages], self._clock()))

    async def _send(self, message: PendingMessage) -> timedelta | None:
        """Send one. When its stream has to wait: for how long the channel itself asked, which may be no time at all."""
        try:
            sent_id = await self._deliver(message.outgoing)
        except TryLater as obstacle:
            return await self._postpone(message, obstacle)
        except Undeliverable as refusal:
            log.warning("message_undeliverable", message=message.id, reason=str(refusal))
            await self._bury(message, str(refusal))
            return None
        except Exception as bug:  # no channel may raise it, and what waits behind it must not wait for a new version
            log.exception("message_failed", message=message.id)
            reason = type(bug).__name__
            if message.attempts < TRIES:
                return await self._postpone(message, TryLater(reason))
            await self._bury(message, reason)
            return None
        self._metrics.sent.labels("sent").inc()
        self._sent[message.id] = sent_id
        if len(self._sent) == 1:
            self._spawn(self._mark_together())
        return None

    async def _deliver(self, outgoing: Outgoing) -> str:
        """Send, and return what the channel calls it; what cannot take the place of an older message comes as a new one."""
        channel = self._channel(outgoing.address.channel)
        try:
            return await channel.send(outgoing) or outgoing.update
        except Undeliverable:
            if not outgoing.update or not outgoing.reply_to:  # a card that is only kept true is not worth a new one
                raise
            return await channel.send(replace(outgoing, update=""))

    async def _bury(self, message: PendingMessage, reason: str) -> None:
        """It is a dead letter, to be looked at and replayed; nothing waits behind it."""
        self._metrics.sent.labels("undeliverable").inc()
        await self._settle(self._table.bury(message.id, self._clock(), reason))

    async def _postpone(self, message: PendingMessage, obstacle: TryLater) -> timedelta | None:
        now = self._clock()
        if now - message.created_at > GIVE_UP:
            log.error("message_given_up", message=message.id, reason=str(obstacle))
            await self._settle(self._table.bury(message.id, now, str(obstacle)))
            return None
        step = SCHEDULE[min(message.attempts, len(SCHEDULE) - 1)]
        asked = 0.0 if obstacle.after is None else min(max(obstacle.after, SHORTEST), SCHEDULE[-1])
        wait = asked or step * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
        self._metrics.sent.labels("postponed").inc()
        await self._settle(self._table.postpone(message.id, now + timedelta(seconds=wait), str(obstacle)))
        return timedelta(seconds=asked)

    async def _settle(self, writing: Awaitable[None]) -> None:
        """Write what became of a message. If that fails its lease runs out, and it is sent again: at least once, never lost."""
        try:
            await writing
        except Unavailable as away:
            log.warning("outbox_not_marked", reason=str(away))

    async def _mark_together(self) -> None:
        await asyncio.sleep(GROUP_SECONDS)
        await self._mark()

    async def _mark(self) -> None:
        arrived, self._sent = self._sent, {}
        if arrived:
            await self._settle(self._table.sent(arrived, self._clock()))

    async def _poll(self) -> None:
        while True:
            try:
                claimed = await self._table.claim(self._clock())
            except Exception as failure:  # noqa: BLE001 - whatever it was, the next poll may succeed, and nobody else would poll
                log.warning("outbox_unavailable", reason=type(failure).__name__)
                claimed = []
            for message in claimed:
                self._held.pop(message.stream, None)
            self.send_soon(claimed)
            if claimed:  # what stood behind them comes at once, not a poll later
                await asyncio.wait(set(self._tasks), timeout=POLL_SECONDS)
                await self._mark()
            else:
                await self._nap()

    async def _nap(self) -> None:
        """Rest for a poll's length, or until somebody lines up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._wake.wait()
        self._wake.clear()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
