"""A sampling profiler in one file: which thread used the processor, and in which package the event loop's thread did."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

SAMPLE_SECONDS = 0.002  # of the whole process's processor time

# The innermost frame that is of one of these names the part; a frame of none of them counts for its caller.
PARTS = (
    ("/classifier/", "classifier"),
    ("/dialogs/", "dialogs and cards"),
    ("/handoff/", "rules and cases"),
    ("/fluent/", "texts (Fluent)"),
    ("/babel/", "texts (Fluent)"),
    ("/bot/store/", "our SQL"),
    ("/bot/channel/", "our adapter"),
    ("/bot/", "turn and outbox"),
    ("/sqlalchemy/", "SQLAlchemy"),
    ("/greenlet/", "SQLAlchemy"),
    ("/aiosqlite/", "aiosqlite"),
    ("/botbuilder/", "Bot Framework SDK"),
    ("/msrest/", "Bot Framework SDK"),
    ("/botframework/", "Bot Framework SDK"),
    ("/aiohttp/", "aiohttp"),
    ("/yarl/", "aiohttp"),
    ("/multidict/", "aiohttp"),
    ("/prometheus_client/", "metrics"),
    ("/asyncio/", "event loop"),
)


class Sampler:
    """Begins at the first SIGUSR1 and writes to `report` at the second.

    The interrupt comes by the process's processor time, and each sample weighs what this thread has used since the last
    one: a thread that waits while others compute is not counted. Python runs signal handlers in the main thread, which is
    the event loop's.
    """

    def __init__(self, report: Path) -> None:
        self._report = report
        self._running = False
        self._parts: Counter[str] = Counter()
        self._functions: Counter[str] = Counter()

    def install(self) -> None:
        """Wait for the signal."""
        signal.signal(signal.SIGUSR1, self._toggle)
        signal.signal(signal.SIGPROF, self._sample)

    def _toggle(self, *_: object) -> None:
        if self._running:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._write()
            return
        self._running, self._begin, self._last = True, _threads(), time.thread_time()
        signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        now = time.thread_time()
        used, self._last = now - self._last, now
        while frame is not None:
            part = _part(frame.f_code.co_filename)
            if part:
                self._parts[part] += used
                self._functions[f"{part}: {frame.f_code.co_qualname}"] += used
                return
            frame = frame.f_back
        self._parts["other"] += used

    def _write(self) -> None:
        used = {name: seconds - self._begin.get(name, 0.0) for name, seconds in _threads().items()}
        report = {"threads": used, "parts": self._parts, "functions": dict(self._functions.most_common(25))}
        partial = self._report.with_suffix(".partial")
        partial.write_text(json.dumps(report), encoding="utf-8")
        partial.rename(self._report)


def _part(filename: str) -> str | None:
    return next((part for folder, part in PARTS if folder in filename), None)


def _threads() -> dict[str, float]:
    """Processor seconds of each thread until now, by its name."""
    clocks = {one.name: time.pthread_getcpuclockid(one.ident) for one in threading.enumerate() if one.ident}
    return {name: time.clock_gettime(clock) for name, clock in clocks.items()}
