"""Desks that cannot call us are listened to: looked at now and then, and what was done there is heard like any event."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import structlog

from bot.envelope import DeskEvent, Hear, TryLater, Undeliverable

LOOK_SECONDS = 60.0  # longest that one look may take
STOP_SECONDS = 5.0

log = structlog.get_logger()


class Watch(Protocol):
    """A place where something may have happened: a queue of tickets, a mailbox."""

    async def hear(self, now: datetime) -> list[DeskEvent]:
        """What has happened since `done`, oldest first. Raises `TryLater` and `Undeliverable`."""
        ...

    async def done(self, refused: Collection[str]) -> None:
        """All that was heard is recorded, but for the events of these ids, which will never be. Raises the same."""
        ...


class Listener:
    """Looks at one place every few seconds."""

    def __init__(self, id_: str, watch: Watch, hear: Hear, clock: Callable[[], datetime], every: float) -> None:
        self._id = id_
        self._watch = watch
        self._hear = hear
        self._clock = clock
        self._every = every
        self._stopping = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop looking; what was not recorded is seen at the next start."""
        self._stopping.set()
        if self._worker:
            _, late = await asyncio.wait([self._worker], timeout=STOP_SECONDS)
            for one in late:
                one.cancel()
                await asyncio.wait([one])

    async def look(self) -> int:
        """Look once; return how many events were heard. Raises what `Watch.hear` raises, and TimeoutError."""
        async with asyncio.timeout(LOOK_SECONDS):
            events = await self._watch.hear(self._clock())
        refused = []
        for event in events:
            status, answer = await self._hear(event)
            if status >= 500:  # not recorded: the next look sees it again
                return 0
            if status >= 400:
                refused.append(event.id)
                log.warning(
                    "desk_event_refused", desk=self._id, case=event.case, status=status, reason=answer.get("error")
                )
        async with asyncio.timeout(LOOK_SECONDS):
            await self._watch.done(refused)
        return len(events)

    async def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.look()
            except (TryLater, Undeliverable, TimeoutError) as away:
                log.warning("desk_not_heard", desk=self._id, reason=str(away) or type(away).__name__)
            except Exception:  # whatever it was, the next look may succeed, and nobody else would look
                log.exception("listening_failed", desk=self._id)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stopping.wait()
