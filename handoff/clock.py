"""How much of a promised time has passed: business time between two instants, and the clock of a first response."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from handoff.calendar import Calendar, in_utc

NOTHING = timedelta()


def between(calendar: Calendar | None, start: datetime, end: datetime) -> timedelta:
    """The time from `start` to `end` that counts: all of it around the clock (None), else what lies in opening hours.

    Real seconds are counted, also over a change of the clocks. Nothing counts backwards: an `end` before `start` gives zero.
    """
    start, end = in_utc(start), in_utc(end)
    if calendar is None:
        return max(end - start, NOTHING)
    reached = takewhile(lambda window: window[0] < end, calendar.windows(start))
    return sum((max(min(closes, end) - max(opens, start), NOTHING) for opens, closes in reached), NOTHING)


def after(calendar: Calendar | None, start: datetime, amount: timedelta) -> datetime:
    """The first instant, in UTC, at which `amount` has counted since `start`: a full day's amount is reached as the doors close.

    Zero (or less) has counted at once: that is `start`, closed or not. Raises ValueError for a calendar that stays closed.
    """
    start, left = in_utc(start), max(amount, NOTHING)
    if calendar is None or not left:
        return start + left
    for opens, closes in calendar.windows(start):
        begins = max(opens, start)
        if closes - begins >= left:
            return begins + left
        left -= max(closes - begins, NOTHING)
    raise ValueError(f"{calendar} stays closed before {amount} has counted")


@dataclass(frozen=True)
class Clock:
    """A first-response clock: what has counted so far, and since when it runs (None: paused or stopped).

    A new one stands still until it is resumed. To pause a paused clock, to resume a running or an answered one, or to answer twice
    changes nothing, so that an event which comes twice does no harm.
    """

    elapsed: timedelta = NOTHING
    running_since: datetime | None = None
    answered_at: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.running_since, self.answered_at):
            if moment is not None:
                in_utc(moment)
        if self.running_since and self.answered_at:
            raise ValueError("a clock that was answered does not run")

    def pause(self, now: datetime, calendar: Calendar | None) -> Clock:
        """Settle what has counted by now, and stand still until resumed."""
        now = in_utc(now)
        if self.running_since is None:
            return self
        return replace(self, elapsed=self.elapsed + between(calendar, self.running_since, now), running_since=None)

    def resume(self, now: datetime) -> Clock:
        """Run from now on, unless it runs already or was answered."""
        now = in_utc(now)
        return self if self.running_since or self.answered_at else replace(self, running_since=now)

    def answer(self, now: datetime, calendar: Calendar | None) -> Clock:
        """Stop for good: a person has answered."""
        now = in_utc(now)
        return self if self.answered_at else replace(self.pause(now, calendar), answered_at=now)

    def change(self, now: datetime, calendar_before: Calendar | None) -> Clock:
        """Keep the time elapsed when severity or plan changes: settle it by the calendar so far, and go on from now."""
        now = in_utc(now)
        if self.running_since is None:
            return self
        return self.pause(now, calendar_before).resume(max(now, in_utc(self.running_since)))

    def due(self, target: timedelta | None, calendar: Calendar | None) -> datetime | None:
        """When `target` will have counted; None without a commitment, and while the clock stands still.

        A target that had been exceeded when the clock began to run again is due at that moment: the earliest that is known.
        """
        if target is None or self.running_since is None:
            return None
        return after(calendar, self.running_since, target - self.elapsed)
