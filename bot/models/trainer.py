"""The process that trains: `python -m bot.models.trainer RUN`. It waits for its turn, keeps its lease, and leaves a challenger
or a reason. Whatever happens to it, the champion stays."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.knowledge import read_knowledge
from bot.models.enrol import Trained, enrol
from bot.models.keys import signer_of, trust_of
from bot.models.lessons import Material, gather
from bot.models.retrain import Champion, Learn, Outcome, Retraining
from bot.models.served import adopt
from bot.report.comparison import comparison_page
from bot.settings import Settings, read_settings
from bot.store import SqlStore, open_store
from bot.store.registry_values import Run, RunState, Status
from classifier.errors import ClassifierError
from classifier.files import open_model
from classifier.gate import refused
from classifier.limits import load_limits
from classifier.manifest import Stored
from classifier.memory import load_memory, remembering
from classifier.train import STAGES, learn
from dialogs.scene import Knowledge

NICE = 10
POLL_SECONDS = 2.0
RENEW_SECONDS = 5.0
TOTAL = STAGES + 3  # stages told of: those of the trainer, and what comes before and after
VECTORS = "cache/vectors.npz"

ANY_LINES = {"act": 1.0, "confirm": 1.0, "clarity": 1.0}


@dataclass
class Progress:
    """How far the work is; written by its thread, read by the one that keeps the lease."""

    stage: str = ""
    done: int = 0

    def __call__(self, stage: str) -> None:
        """One more stage is behind it."""
        self.stage, self.done = stage, self.done + 1


@dataclass
class Trainer:
    """Does one run."""

    settings: Settings
    store: SqlStore
    clock: Callable[[], datetime]
    progress: Progress = field(default_factory=Progress)

    async def do(self, id_: str) -> None:
        """Wait for the run's turn, and do it; what goes wrong is written into its row."""
        if not await self._turn(id_):
            return
        run = await self.store.runs.find(id_)
        assert run is not None  # noqa: S101 - it has begun
        lease = asyncio.create_task(self._keep(id_))
        try:
            await self._train(run)
        except ClassifierError as refusal:
            await self.store.runs.end(id_, RunState.FAILED, self.clock(), reason=str(refusal))
        except Exception as broken:  # noqa: BLE001 - whatever it was, whoever asked has to learn of it
            traceback.print_exc()
            reason = f"{type(broken).__name__}: {broken}"
            await self.store.runs.end(id_, RunState.FAILED, self.clock(), reason=reason)
        finally:
            lease.cancel()
            with suppress(asyncio.CancelledError):
                await lease

    async def _turn(self, id_: str) -> bool:
        """Wait until no other training runs; False where this one was taken for dead meanwhile."""
        while not await self.store.runs.begin(id_, self.clock()):
            if not await self.store.runs.renew(id_, self.clock()):
                return False
            await asyncio.sleep(POLL_SECONDS)
        return True

    async def _keep(self, id_: str) -> None:
        while True:
            told = {"stage": self.progress.stage, "done": self.progress.done, "total": TOTAL}
            await self.store.runs.renew(id_, self.clock(), **told)
            await asyncio.sleep(RENEW_SECONDS if self.progress.done > 1 else 1.0)

    async def _train(self, run: Run) -> None:
        knowledge = read_knowledge(self.settings.data, ANY_LINES)
        material = gather(self.settings.data, knowledge.rules, await self.store.examples.accepted())
        champion = await self._champion()
        outcome = await asyncio.to_thread(self._learn, material, champion, knowledge)
        if not await self.store.runs.renew(run.id, self.clock()):
            return  # taken for dead: another one may have begun
        findings = [one.to_json() for one in refused(outcome.findings)]
        version = await self._enrol(run, outcome, material, knowledge) if outcome.learned else None
        state = RunState.FINISHED if outcome.passed else RunState.REFUSED
        await self.store.runs.end(run.id, state, self.clock(), version=version, findings=findings)

    def _learn(self, material: Material, champion: Champion | None, knowledge: Knowledge) -> Outcome:
        limits = load_limits(self.settings.data / "rules" / "gate.toml")
        memory = load_memory(self.settings.var / VECTORS)
        with remembering(memory):
            outcome = Retraining(material, champion, knowledge, limits, self._learner(knowledge)).run(self.progress)
        memory.save(self.settings.var / VECTORS)
        return outcome

    def _learner(self, knowledge: Knowledge) -> Learn:
        categories = list(knowledge.rules.categories)
        return lambda examples, progress: learn(self.settings.data, examples, categories, progress)

    async def _champion(self) -> Champion | None:
        """The model that serves, opened. Raises `ModelRejected` where it is not what it should be."""
        serving = await adopt(self.settings, self.store, self.clock())
        files = await self.store.models.files(serving.champion) if serving.champion else None
        if files is None or serving.champion is None:
            return None
        stored = Stored(files.manifest, files.signature, files.content, f"model {serving.champion}")
        model, manifest = open_model(stored, trust_of(self.settings))
        return Champion(serving.champion, model, manifest.examples)

    async def _enrol(self, run: Run, outcome: Outcome, material: Material, knowledge: Knowledge) -> str:
        assert outcome.learned is not None  # noqa: S101 - asked before
        assert outcome.comparison is not None  # noqa: S101
        trained = Trained(
            model=outcome.learned.model,
            summary=dict(outcome.summary or {}),
            report=dict(outcome.report or {}),
            by=run.asked_by,
            now=self.clock(),
            run=run.id,
            comparison=outcome.comparison,
            page=comparison_page(outcome.comparison, knowledge.words.voice("en")),
            taught=material.taught,
        )
        status = Status.CHALLENGER if outcome.passed else Status.REFUSED
        return await enrol(self.store, signer_of(self.settings), trained, status)


def _now() -> datetime:
    return datetime.now(UTC)


async def _main(id_: str) -> None:
    settings = read_settings()
    store: Any = open_store(settings.database, settings.plan)
    try:
        await store.start()
        await Trainer(settings, store, _now).do(id_)
    finally:
        await store.close()


if __name__ == "__main__":
    os.nice(NICE)
    asyncio.run(_main(sys.argv[1]))
