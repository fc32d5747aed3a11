"""The model that judges, with its thresholds and its version, as one value: a turn takes it once and keeps it to its end.

So a newer one can take its place between two turns, and the older one ends when the last turn that took it has.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.reader import Reader
from dialogs.scene import Knowledge


@dataclass(frozen=True, eq=False)
class Mind:
    """Who reads, and what every turn knows: the thresholds in `knowledge` are those of this very model."""

    reader: Reader
    knowledge: Knowledge
    version: str


class Minds:
    """The mind that serves now, and those that turns still use."""

    def __init__(self, first: Mind) -> None:
        self._now = first
        self._used: Counter[Mind] = Counter()
        self._left = asyncio.Event()

    @property
    def now(self) -> Mind:
        """The one that the next turn takes."""
        return self._now

    @contextmanager
    def use(self) -> Iterator[Mind]:
        """The mind that serves now, for one turn."""
        mind = self._now
        self._used[mind] += 1
        try:
            yield mind
        finally:
            self._used[mind] -= 1
            if not self._used[mind]:
                del self._used[mind]
                self._left.set()

    def swap(self, mind: Mind) -> Mind:
        """Let this one serve from the next turn on; the one that served before."""
        before, self._now = self._now, mind
        return before

    async def unused(self, mind: Mind) -> None:
        """Wait until no turn uses this one any more."""
        while self._used[mind]:
            self._left.clear()
            await self._left.wait()
