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

    The interrupt comes by the process's processor time, and Python handles it in the main thread, which is the event loop's.
    Where that thread is found waiting for news, others compute: the sample is dropped.
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
        self._running, self._begin = True, _threads()
        signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_code.co_filename.endswith("/selectors.py"):
            return
        while frame is not None:
            part = _part(frame.f_code.co_filename)
            if part:
                self._parts[part] += 1
                self._functions[f"{part}: {frame.f_code.co_qualname}"] += 1
                return
            frame = frame.f_back
        self._parts["other"] += 1

    def _write(self) -> None:
        used = {name: seconds - self._begin.get(name, 0.0) for name, seconds in _threads().items()}
        a_sample = used[threading.main_thread().name] / max(1, self._parts.total())
        report = {
            "threads": used,
            "parts": {part: a_sample * samples for part, samples in self._parts.items()},
            "functions": {name: a_sample * samples for name, samples in self._functions.most_common(25)},
        }
        partial = self._report.with_suffix(".partial")
        partial.write_text(json.dumps(report), encoding="utf-8")
        partial.rename(self._report)


def _part(filename: str) -> str | None:
    return next((part for folder, part in PARTS if folder in filename), None)


def _threads() -> dict[str, float]:
    """Processor seconds of each thread until now, by its name."""
    clocks = {one.name: time.pthread_getcpuclockid(one.ident) for one in threading.enumerate() if one.ident}
    return {name: time.clock_gettime(clock) for name, clock in clocks.items()}
