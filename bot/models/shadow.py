"""A challenger that reads what the champion reads, at low priority, and says nothing: what both made of it is kept and counted."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.metrics import Metrics
from bot.minds import Mind
from bot.reader import CannotRead, Reader
from bot.store import SqlStore, Unavailable
from bot.store.registry_values import ShadowReading
from dialogs.values import Reading
from dialogs.weigh import Proposal, weigh

WAITING = 500  # texts that may wait; later ones are let go, for conversations come first
TOGETHER = 50  # readings that are written at once
PAUSE_SECONDS = 1.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Heard:
    """A text that the champion has read, and what it made of it."""

    champion: Mind
    reading: Reading


class Shadow:
    """One challenger beside the champion. `offer` never waits and never fails."""

    def __init__(self, mind: Mind, store: SqlStore, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self.mind = mind
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._heard: deque[Heard] = deque(maxlen=WAITING)
        self._task = asyncio.create_task(self._listen())

    def offer(self, champion: Mind, reading: Reading) -> None:
        """Something was read; the shadow reads it when it has time."""
        self._heard.append(Heard(champion, reading))

    async def close(self) -> None:
        """Let what was read be written, and end the reader."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        with suppress(CannotRead, Unavailable):
            await self._write()
        await self.mind.reader.close()

    async def _listen(self) -> None:
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            try:
                while self._heard:
                    await self._write()
            except (CannotRead, Unavailable) as away:
                log.warning("shadow_lost_readings", reason=str(away))
            except Exception:  # a shadow must not end by what nobody thought of
                log.exception("shadow_failed")

    async def _write(self) -> None:
        """Read what waits, and keep both readings; what cannot be read or kept is lost, it is only a shadow's."""
        some = list(self._taken())
        read = [await self.mind.reader.read(one.reading.text) for one in some]
        rows = [self._row(one, own) for one, own in zip(some, read, strict=True)]
        await self._store.shadows.add(rows)
        for row in rows:
            agrees = row.champion_category == row.shadow_category
            self._metrics.shadow.labels("same" if agrees else "different").inc()

    def _taken(self) -> Iterator[Heard]:
        for _ in range(min(TOGETHER, len(self._heard))):
            yield self._heard.popleft()

    def _row(self, heard: Heard, own: Reading) -> ShadowReading:
        said, shadowed = _weighed(heard.champion, heard.reading), _weighed(self.mind, own)
        return ShadowReading(
            at=self._clock(),
            champion=heard.champion.version,
            shadow=self.mind.version,
            text_sha256=hashlib.sha256(heard.reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
            language=heard.reading.language,
            champion_category=said.category,
            champion_severity=said.severity.value,
            champion_decision=said.decision.value,
            champion_confidence=said.confidence,
            shadow_category=shadowed.category,
            shadow_severity=shadowed.severity.value,
            shadow_decision=shadowed.decision.value,
            shadow_confidence=shadowed.confidence,
        )


class Overheard:
    """A reader whose readings a shadow hears of."""

    def __init__(self, reader: Reader, heard: Callable[[Reading], None]) -> None:
        self._reader = reader
        self._heard = heard

    async def start(self) -> None:
        """Be ready."""
        await self._reader.start()

    async def read(self, text: str) -> Reading:
        """Read one text, and tell of it."""
        reading = await self._reader.read(text)
        self._heard(reading)
        return reading

    async def close(self) -> None:
        """Let go of everything."""
        await self._reader.close()


def _weighed(mind: Mind, reading: Reading) -> Proposal:
    return weigh(reading, mind.knowledge.thresholds, mind.knowledge.rules)
