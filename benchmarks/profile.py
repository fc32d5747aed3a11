"""Where one turn's processor time goes, as tables."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import dataclass

from rich.table import Table

from benchmarks.bots import Running


@dataclass(frozen=True)
class Profile:
    """What the sampler wrote: seconds by thread, and those of the event loop's thread by part and by function."""

    threads: Mapping[str, float]
    parts: Mapping[str, float]
    functions: Mapping[str, float]

    def by_thread(self, turns: int) -> Table:
        """Exact, by the system's clocks."""
        return _table("Processor time of each thread", self.threads, turns)

    def by_part(self, turns: int) -> Table:
        """Sampled."""
        return _table("In the event loop's thread, by package", self.parts, turns)

    def by_function(self, turns: int) -> Table:
        """Sampled; what a function calls in the standard library counts for it."""
        return _table("In the event loop's thread, by function", self.functions, turns)


def toggle(bot: Running) -> None:
    """Have the bot begin its profile, or write it."""
    bot.process.send_signal(signal.SIGUSR1)


def _table(title: str, seconds: Mapping[str, float], turns: int) -> Table:
    sheet = Table("", "ms a turn", "share", title=title)
    total = sum(seconds.values()) or 1.0
    for name, used in sorted(seconds.items(), key=lambda item: -item[1]):
        sheet.add_row(name, f"{1000 * used / turns:.3f}", f"{used / total:.0%}")
    return sheet
