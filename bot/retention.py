"""Forgets by the clock what has been kept long enough. Every replica may do it: deleting twice deletes once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.store import Conflict, SqlStore, Unavailable

PAUSE_SECONDS = 3600.0

log = structlog.get_logger()


class Retention:
    """Deletes what is older than `days`; 0 keeps everything."""

    def __init__(self, store: SqlStore, days: int, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._days = days
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
        return await self._store.retention.purge(self._clock() - timedelta(days=self._days))

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
