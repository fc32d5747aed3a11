"""Follows the registry while the bot runs: another champion takes over between two turns, a shadow begins or ends.

Every replica looks for itself. What fails verification, start or the smoke test does not serve: the champion of before goes on,
and operators are told by log, metric and an event of the registry.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.metrics import Metrics
from bot.minds import Mind, Minds
from bot.models.keys import trust_of
from bot.models.served import adopt, fetch, point, tidy
from bot.models.shadow import Overheard, Shadow
from bot.models.smoke import Unfit, smoke
from bot.reader import CannotRead, Reader, WorkerReader
from bot.settings import Settings
from bot.store import Conflict, SqlStore, Unavailable
from bot.store.models import event
from bot.store.registry_values import Serving
from classifier.errors import ClassifierError
from classifier.manifest import read_manifest
from dialogs.values import Reading
from dialogs.weigh import Thresholds

POLL_SECONDS = 1.0
TIDY = 30  # looks between two tidyings of var/models
AGAIN = timedelta(seconds=60)  # after which a model that was not fit is tried again: the machine may have been too busy
REPLICA = "replica"  # who refuses a model that operators have promoted

log = structlog.get_logger()


class Watch:
    """One replica's eye on the registry."""

    def __init__(
        self,
        settings: Settings,
        store: SqlStore,
        minds: Minds,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._minds = minds
        self._metrics = metrics
        self._clock = clock
        self._epoch = 0
        self._rejected: dict[tuple[str, int], datetime] = {}  # model and epoch: when to try again
        self._shadow: Shadow | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._poller: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take in the model under var/model, if the registry has none, and begin to look."""
        await adopt(self._settings, self._store, self._clock())
        first = self._minds.now
        self._minds.swap(replace(first, reader=Overheard(first.reader, self._overhear)))
        self._poller = asyncio.create_task(self._poll())

    async def stop(self) -> None:
        """Stop looking; see out the shadow, the mind that serves, and those that still leave."""
        if self._poller:
            self._poller.cancel()
            with suppress(asyncio.CancelledError):
                await self._poller
        if self._shadow:
            await self._shadow.close()
        if self._leaving:
            await asyncio.wait(self._leaving)
        await self._minds.now.reader.close()

    async def look(self) -> None:
        """Follow the registry as it is now. Raises `Unavailable` and `Conflict`."""
        serving = await self._store.models.serving()
        if serving.epoch < self._epoch:
            log.error("model_registry_went_back", epoch=serving.epoch, known=self._epoch)
            return
        self._epoch = serving.epoch
        if serving.champion and serving.champion != self._minds.now.version:
            await self._follow(serving.champion)
        await self._follow_shadow(serving)

    async def _poll(self) -> None:
        for number in itertools.count():
            try:
                await self.look()
                if number % TIDY == 0:
                    await tidy(self._settings, self._store)
            except (Unavailable, Conflict) as away:
                log.warning("model_registry_unavailable", reason=str(away))
            except Exception:  # whatever it was, the next look may succeed
                log.exception("model_watch_failed")
            await asyncio.sleep(POLL_SECONDS)

    async def _follow(self, version: str) -> None:
        """Start the new champion beside the one that serves, and let it take over when it has shown that it reads."""
        made = await self._made(version, low=False)
        if made is None:
            return
        mind, folder = made
        before = self._minds.swap(replace(mind, reader=Overheard(mind.reader, self._overhear)))
        self._metrics.serves(mind.version)
        log.info("model_serves", version=mind.version, before=before.version)
        self._leave(before)
        await asyncio.to_thread(point, self._settings, folder)

    async def _follow_shadow(self, serving: Serving) -> None:
        running = self._shadow.mind.version if self._shadow else None
        if serving.shadow == running:
            return
        if self._shadow:
            shadow, self._shadow = self._shadow, None
            await shadow.close()
        made = await self._made(serving.shadow, low=True) if serving.shadow else None
        if made:
            self._shadow = Shadow(made[0], self._store, self._metrics, self._clock)
            log.info("model_shadows", version=serving.shadow)

    def _overhear(self, reading: Reading) -> None:
        now = self._minds.now
        if self._shadow and reading.model == now.version:
            self._shadow.offer(now, reading)

    async def _made(self, version: str, *, low: bool) -> tuple[Mind, Path] | None:
        """A mind of this model, started and tried; None, and everybody told, where it is not fit to serve."""
        if self._rejected.get((version, self._epoch), self._clock()) > self._clock():
            return None
        reader: Reader | None = None
        try:
            folder = await fetch(self._settings, self._store, version)
            trust = trust_of(self._settings)
            manifest = await asyncio.to_thread(read_manifest, folder, trust)
            reader = WorkerReader(folder, trust, low=low)
            await reader.start()
            await smoke(reader, version, self._minds.now.knowledge.rules.categories)
        except (ClassifierError, CannotRead, Unfit) as unfit:
            if reader:
                await reader.close()
            await self._reject(version, str(unfit))
            return None
        knowledge = replace(self._minds.now.knowledge, thresholds=Thresholds(**manifest.thresholds))
        return Mind(reader, knowledge, version), folder

    async def _reject(self, version: str, reason: str) -> None:
        """Say once that a model does not serve here, and go on with the one that does; it is tried again later."""
        told = (version, self._epoch) in self._rejected
        self._rejected[version, self._epoch] = self._clock() + AGAIN
        if told:
            return
        log.error("model_rejected", version=version, reason=reason, serves=self._minds.now.version)
        self._metrics.models_rejected.inc()
        facts = {"reason": reason, "serves": self._minds.now.version}
        await self._store.models.note(event(self._clock(), REPLICA, "rejected", version, **facts))

    def _leave(self, mind: Mind) -> None:
        task = asyncio.create_task(self._left(mind))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _left(self, mind: Mind) -> None:
        """End the reader of a mind when the last turn that took it is over."""
        await self._minds.unused(mind)
        await mind.reader.close()
