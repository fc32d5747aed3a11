"""A breaker: after a few failures in a row the other side is left alone, and asked now and then whether it is back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 3  # in a row, of any case: one that fails alone is its own fault
PROBE = timedelta(seconds=30)  # between two questions whether it is back


@dataclass
class Breaker:
    """`since` is when the other side stopped answering, while the breaker is open; `probe_at` when it may be asked again."""

    failures: int = 0
    since: datetime | None = None
    probe_at: datetime | None = None
    told: bool = False

    def may_probe(self, now: datetime) -> bool:
        """Whether it is time to ask; having asked counts, whatever the answer."""
        if self.probe_at is not None and now < self.probe_at:
            return False
        self.probe_at = now + PROBE
        return True

    def failed(self, now: datetime, after: float | None) -> None:
        """It did not take something; `after` is for how many seconds it wants to be left alone, if it said so."""
        self.failures += 1
        if self.failures >= FAILURES:
            self.since = self.since or now
            self.probe_at = now + max(PROBE, timedelta(seconds=after or 0))

    def answered(self) -> bool:
        """It answered. True when it had been away."""
        away = self.since is not None
        self.failures, self.since, self.probe_at, self.told = 0, None, None, False
        return away
