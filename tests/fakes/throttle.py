"""Teams' limits, enforced: so many messages in a conversation, so many requests in a tenant."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from aiohttp import web

CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
TENANT = ((50, 1.0),)


@dataclass
class Throttle:
    """Counts what was let through, and says how long to wait where that is too much."""

    sent: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def seconds_to_wait(self, request: web.Request) -> float:
        if request.method not in ("POST", "PUT") or "/activities" not in request.path:
            return 0.0
        now = time.monotonic()
        places = (
            (f"conversation {request.match_info['conversation']}", CONVERSATION),
            (f"tenant {request.match_info['tenant']}", TENANT),
        )
        wait = max(_wait(self.sent[place], limits, now) for place, limits in places)
        if not wait:
            for place, _ in places:
                self.sent[place].append(now)
        return wait


def _wait(times: deque[float], limits: tuple[tuple[int, float], ...], now: float) -> float:
    over = [times[-count] + seconds - now for count, seconds in limits if len(times) >= count]
    return max([0.0, *over])
