"""Forgets by the clock what has been kept long enough. Every replica may do it: deleting twice deletes once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.files.retention import purge
from bot.files.shelf import Shelf
from bot.store import Conflict, SqlStore, Unavailable

PAUSE_SECONDS = 3600.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Keep:
    """For how many `days` things are kept, where 0 keeps everything; a file that no case came of, for `waiting` days at most."""

    days: int
    waiting: int


class Retention:
    """Deletes what is older than it may be, and the files with it."""

    def __init__(self, store: SqlStore, shelf: Shelf, keep: Keep, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._shelf = shelf
        self._days = keep.days
        self._waiting = min(keep.days, keep.waiting)
        self._clock = clock
        self._keeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to forget, if anything is to be forgotten."""
        if self._days:
            self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Stop; what is being deleted is deleted or left as a whole."""
        if self._keeper:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])

    async def purge(self) -> dict[str, int]:
        """Forget what is too old now. Raises `Unavailable`."""
        now = self._clock()
        gone = await self._store.retention.purge(now - timedelta(days=self._days))
        files, blobs = await purge(self._store.files, self._shelf, now, self._waiting, self._days)
        return {**gone, "files": files, "blobs": blobs}

    async def _keep(self) -> None:
        while True:
            try:
                gone = await self.purge()
                log.info("forgotten", **gone)
            except (Unavailable, Conflict) as away:
                log.warning("retention_unavailable", reason=str(away))
            except Exception:  # whatever it was, the next hour may succeed, and nobody else would try
                log.exception("retention_failed")
            await asyncio.sleep(PAUSE_SECONDS)
