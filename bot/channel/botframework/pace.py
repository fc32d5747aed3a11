"""How fast Teams lets a bot speak: so often in one conversation, so often in one tenant. Who would be too fast waits here.

A reply never stands in its tenant's line: somebody waits for it, and people write more slowly than Teams allows. What the bot says of
itself (notices, cards kept true) does, and leaves the replies half of what the tenant has.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.envelope import Address, TryLater

Limits = Sequence[tuple[int, float]]  # at most so many in so many seconds

CONVERSATION: Limits = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
TENANT: Limits = ((5, 0.2), (25, 1.0))  # of the 50 that Teams allows, and a burst is spread
MARGIN = 1.1  # what leaves here evenly may arrive there in a bunch
PATIENCE = 20.0  # seconds that a message waits here; for longer it goes back to the outbox
FORGET_ABOVE = 10_000  # conversations remembered before the silent ones are forgotten


class Lane:
    """One conversation, or one tenant: who wants to speak stands in line, and goes when every limit allows it."""

    def __init__(self, limits: Limits, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._times: deque[float] = deque(maxlen=max(count for count, _ in limits))
        self._lock = asyncio.Lock()
        self._waiting = 0

    def wait(self) -> float:
        """About how many seconds somebody who comes now would wait."""
        rate = min(count / (seconds * MARGIN) for count, seconds in self._limits[-1:])
        return max(0.0, self._earliest() - self._clock()) + self._waiting / rate

    @property
    def silent(self) -> bool:
        """Whether nobody has spoken here for so long that it can be forgotten."""
        longest = max(seconds for _, seconds in self._limits) * MARGIN
        return not self._waiting and (not self._times or self._times[-1] < self._clock() - longest)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Within the block it is one's turn; what leaves counts from its end."""
        self._waiting += 1
        try:
            async with self._lock:
                while (early := self._earliest() - self._clock()) > 0:
                    await self._sleep(early)
                yield
                self._times.append(self._clock())
        finally:
            self._waiting -= 1

    def _earliest(self) -> float:
        """The first moment at which one more is within every limit."""
        over = (self._times[-count] + seconds * MARGIN for count, seconds in self._limits if len(self._times) >= count)
        return max(over, default=float("-inf"))


class Pace:
    """Counts for one process; replicas do not know of one another, and obey the 429s that come of it."""

    def __init__(
        self,
        conversation: Limits = CONVERSATION,
        tenant: Limits = TENANT,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._conversation = conversation
        self._tenant = tenant
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[tuple[str, str, str], Lane] = {}

    async def wait(self, address: Address, *, reply: bool = False) -> None:
        """Return when a message may go there. Raises `TryLater` when that is too long to wait here."""
        self._forget()
        lanes = [self._lane((address.service_url, address.tenant, address.conversation), self._conversation)]
        if not reply:
            lanes.append(self._lane((address.service_url, address.tenant, ""), self._tenant))
        long = max(lane.wait() for lane in lanes)
        if long > PATIENCE:
            raise TryLater("as fast as Teams allows", long)
        async with AsyncExitStack() as line:
            for lane in lanes:
                await line.enter_async_context(lane.turn())

    def _lane(self, key: tuple[str, str, str], limits: Limits) -> Lane:
        return self._lanes.setdefault(key, Lane(limits, self._clock, self._sleep))

    def _forget(self) -> None:
        if len(self._lanes) > FORGET_ABOVE:
            self._lanes = {key: lane for key, lane in self._lanes.items() if not lane.silent}
