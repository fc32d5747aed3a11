"""Whoever waits for the answer to an invoke has it in time: Teams gives five seconds, and a turn may take longer.

The turn goes on; what it answers is told afterwards (`bot.belated`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime

import structlog
from aiohttp import web

from bot.belated import in_place, may_stay, meanwhile, still_to_tell
from bot.bounds import within_bounds
from bot.envelope import Answer, Envelope, Outgoing, Take
from bot.metrics import Metrics
from bot.outbox import Relay
from bot.store import Conflict, SqlStore, Unavailable
from bot.store.outbox import stream_of
from dialogs.scene import Knowledge
from dialogs.words import Say

ANSWER_SECONDS = 4.0  # the client gives up after 5, and the way there and back takes time
STOP_SECONDS = 10.0

Key = tuple[str, str]

log = structlog.get_logger()


class Patience:
    """A `Take` around the turn. Messages pass through: they are acknowledged by their commit, and by nothing else."""

    def __init__(
        self,
        take: Take,
        store: SqlStore,
        relay: Relay,
        knowledge: Knowledge,
        clock: Callable[[], datetime],
        metrics: Metrics,
        seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._take = take
        self._store = store
        self._relay = relay
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics
        self._seconds = seconds
        self._turns: dict[Key, asyncio.Task[Answer]] = {}
        self._late: dict[Key, asyncio.Task[None]] = {}

    async def take(self, envelope: Envelope) -> Answer:
        """The turn's answer; or, where that takes too long, that it does. The turn is never given up."""
        if not envelope.invoke:
            return await self._take(envelope)
        envelope = within_bounds(envelope)
        turn = self._begun(envelope)
        try:
            await asyncio.wait([turn], timeout=self._seconds)
        except asyncio.CancelledError:  # the server stops, or has lost the caller: nobody hears an answer
            self._see_through(envelope, turn)
            raise
        if turn.done():
            return turn.result()
        self._see_through(envelope, turn)
        return Answer(meanwhile(envelope, self._say(envelope)))

    async def lifetime(self, _app: web.Application) -> AsyncIterator[None]:
        """Stop together with an application, before what the turns need is closed (an entry of its `cleanup_ctx`)."""
        yield
        await self.stop()

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Wait until no turn is under way and all has been told, for at most `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while under_way := [*self._turns.values(), *self._late.values()]:
                    await asyncio.wait(under_way)
        if self._turns or self._late:
            log.warning("late_turns_left", turns=len(self._turns), answers=len(self._late))

    def _begun(self, envelope: Envelope) -> asyncio.Task[Answer]:
        """The turn of this activity: the one that is under way, where Teams delivers it again."""
        key = _key(envelope)
        if key not in self._turns:
            self._turns[key] = turn = asyncio.ensure_future(self._take(envelope))
            turn.add_done_callback(lambda _: self._turns.pop(key))
        return self._turns[key]

    def _see_through(self, envelope: Envelope, turn: asyncio.Task[Answer]) -> None:
        """Tell afterwards what the turn answers; once, however many wait for it."""
        key = _key(envelope)
        if key not in self._late:
            self._metrics.late.inc()
            log.warning("invoke_late", activity=envelope.activity, kind=envelope.incoming.kind)
            self._late[key] = telling = asyncio.create_task(self._tell(envelope, turn))
            telling.add_done_callback(lambda _: self._late.pop(key))

    async def _tell(self, envelope: Envelope, turn: asyncio.Task[Answer]) -> None:
        try:
            outgoing = await self._outgoing(envelope, await turn)
        except Unavailable as away:
            log.warning("late_answer_untold", activity=envelope.activity, reason=str(away))
        except Exception:  # the turn answers for its own failures: what comes here is a bug, and nobody waits for it
            log.exception("late_turn_failed", activity=envelope.activity)
        else:
            if outgoing is not None:
                await self._send(outgoing)

    async def _outgoing(self, envelope: Envelope, answer: Answer) -> Outgoing | None:
        """The answer on its way: to where the button is, to the person's own chat, or nowhere. Raises `Unavailable`."""
        message = still_to_tell(envelope.incoming, answer, self._say(envelope))
        if message is None:
            return None
        if may_stay(envelope, message, self._knowledge):
            return in_place(envelope, message)
        own = await self._store.personal_chat(envelope.address.tenant, envelope.sender.id)
        return Outgoing(own, message) if own is not None else None

    def _say(self, envelope: Envelope) -> Say:
        return self._knowledge.words.voice(envelope.incoming.client_language)

    async def _send(self, outgoing: Outgoing) -> None:
        """By way of the outbox, so that it survives from now on; if that cannot be written, once, directly."""
        try:
            async with self._store.ringing() as transaction:
                pending = await transaction.put([outgoing], self._clock())
        except (Unavailable, Conflict):
            await self._relay.send_unrecorded(outgoing)
        else:
            self._relay.send_soon(pending)


def _key(envelope: Envelope) -> Key:
    return stream_of(envelope.address), envelope.activity
