"""A desk of our own for tests: it writes down what it is told, and can be away, slow, or unwilling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.envelope import Handover


@dataclass
class FakeDesk:
    """`told` is what it has taken, in order. `trouble`, asked before each delivery, may return what to raise, or None."""

    told: list[Handover] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    trouble: Callable[[Handover], Exception | None] = lambda _handover: None
    seconds: float = 0.0
    reachable: Exception | None = None

    async def deliver(self, handover: Handover, reference: str) -> str:
        self.calls.append(handover.key)
        if problem := self.trouble(handover):
            raise problem
        await asyncio.sleep(self.seconds)
        if handover.key not in [one.key for one in self.told]:
            self.told.append(handover)
        return reference or f"ticket of {handover.case.number}"

    async def reach(self) -> str:
        if self.reachable:
            raise self.reachable
        return "here"

    def verbs(self, case: str) -> list[str]:
        return [one.event.verb for one in self.told if one.case.number == case]
