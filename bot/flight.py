"""One run at a time: whoever asks while it runs shares its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Flight(Generic[T]):
    """A piece of asynchronous work that is never done twice at once."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._work = work
        self._task: asyncio.Task[T] | None = None

    def start(self) -> asyncio.Task[T]:
        """Return the run that is under way, or begin one."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return self._task

    async def join(self) -> T:
        """Start, and wait for the outcome. One who gives up waiting does not end the run for the others."""
        return await asyncio.shield(self.start())

    async def settle(self) -> None:
        """Wait until no run is under way; begin none."""
        if self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def cancel(self) -> None:
        """End the run, if one is under way."""
        if self._task is not None:
            self._task.cancel()
            await self.settle()
