"""Trainings in the database: one runs at a time, and one that crashed makes room when its lease has expired."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.registry_values import Run, RunState
from bot.store.tables import training_runs
from bot.store.transaction import transaction

LEASE = timedelta(seconds=60)  # renewed every few seconds by the process that trains
RUNNING, WAITING, FAILED = RunState.RUNNING.value, RunState.WAITING.value, RunState.FAILED.value


class RunTable:
    """Trainings by id."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, run: Run) -> None:
        """A training that somebody asked for; its process has a lease's time to show itself."""
        row = {**vars(run), "state": run.state.value, "lease_until": run.asked_at + LEASE, "findings": None}
        async with transaction(self._engine) as connection:
            await connection.execute(insert(training_runs), row)

    async def bury(self, now: datetime) -> None:
        """Call failed what has crashed: its lease has expired."""
        async with transaction(self._engine) as connection:
            await _bury(connection, now)

    async def find(self, id_: str) -> Run | None:
        """One training, or None."""
        found = await self._select(select(training_runs).where(training_runs.c.id == id_))
        return found[0] if found else None

    async def newest(self, limit: int) -> list[Run]:
        """The trainings asked for last, newest first."""
        return await self._select(select(training_runs).order_by(training_runs.c.asked_at.desc()).limit(limit))

    async def begin(self, id_: str, now: datetime) -> bool:
        """Begin this training, unless another one runs: then it waits. What has crashed is called failed first."""
        async with transaction(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('triage training', 0))"))
            here = training_runs.c
            await _bury(connection, now)
            if await connection.scalar(select(here.id).where(here.state == RUNNING).limit(1)):
                return False
            begun = await connection.execute(
                update(training_runs)
                .where(here.id == id_, here.state == WAITING)
                .values(state=RUNNING, lease_until=now + LEASE)
            )
            return begun.rowcount == 1

    async def renew(self, id_: str, now: datetime, **progress: Any) -> bool:
        """Keep the lease, and tell of progress; False when the training was taken for dead meanwhile."""
        here = (training_runs.c.id == id_, training_runs.c.state.in_((WAITING, RUNNING)))
        async with transaction(self._engine) as connection:
            kept = await connection.execute(
                update(training_runs).where(*here).values(lease_until=now + LEASE, **progress)
            )
            return kept.rowcount == 1

    async def end(self, id_: str, state: RunState, now: datetime, **more: Any) -> None:
        """This training is over; `more` are its `reason`, `version` and `findings`."""
        ended = {"state": state.value, "ended_at": now, **more}
        async with transaction(self._engine) as connection:
            await connection.execute(update(training_runs).where(training_runs.c.id == id_).values(**ended))

    async def _select(self, asked: Any) -> list[Run]:
        async with transaction(self._engine) as connection:
            rows = await connection.execute(asked)
            return [
                Run(**{**row, "state": RunState(row["state"]), "findings": tuple(row["findings"] or ())})
                for row in rows.mappings()
            ]


async def _bury(connection: AsyncConnection, now: datetime) -> None:
    here = training_runs.c
    await connection.execute(
        update(training_runs)
        .where(here.state.in_((WAITING, RUNNING)), or_(here.lease_until.is_(None), here.lease_until <= now))
        .values(state=FAILED, ended_at=now, reason="its process ended without a word")
    )
