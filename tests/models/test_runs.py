"""Trainings take turns: one runs, the next waits, and one that crashed makes room when its lease has expired."""

from __future__ import annotations

from datetime import timedelta

from bot.models import Run, RunState
from bot.store.runs import LEASE
from tests.models.conftest import Registry, now


async def asked(registry: Registry, id_: str) -> Run:
    run = Run(id_, "olga", now(), RunState.WAITING)
    await registry.store.runs.add(run)
    return run


async def test_the_second_waits_until_the_first_has_ended(registry: Registry) -> None:
    runs = registry.store.runs
    await asked(registry, "one")
    await asked(registry, "two")

    assert await runs.begin("one", now())
    assert not await runs.begin("two", now())
    await runs.end("one", RunState.FINISHED, now(), version="v")
    assert await runs.begin("two", now())

    states = {run.id: run.state for run in await runs.newest(9)}
    assert states == {"one": RunState.FINISHED, "two": RunState.RUNNING}


async def test_one_that_crashed_is_called_failed_and_the_next_begins(registry: Registry) -> None:
    runs = registry.store.runs
    await asked(registry, "one")
    assert await runs.begin("one", now())
    later = now() + LEASE + timedelta(seconds=1)
    await registry.store.runs.add(Run("two", "olga", later, RunState.WAITING))

    assert await runs.begin("two", later)

    first = await runs.find("one")
    assert first is not None
    assert (first.state, first.reason) == (RunState.FAILED, "its process ended without a word")
    assert not await runs.renew("one", later), "a training that was taken for dead must learn of it"


async def test_a_lease_that_is_renewed_is_kept(registry: Registry) -> None:
    runs = registry.store.runs
    await asked(registry, "one")
    await asked(registry, "two")
    assert await runs.begin("one", now())
    soon = now() + LEASE - timedelta(seconds=1)
    assert await runs.renew("one", soon, stage="features", done=2, total=11)
    assert await runs.renew("two", soon)

    assert not await runs.begin("two", soon + timedelta(seconds=30))

    run = await runs.find("one")
    assert run is not None
    assert (run.state, run.stage, run.done, run.total) == (RunState.RUNNING, "features", 2, 11)


async def test_a_process_that_never_showed_itself_is_called_failed(registry: Registry) -> None:
    await asked(registry, "one")
    await registry.store.runs.bury(now() + LEASE + timedelta(seconds=1))
    run = await registry.models.run("one")
    assert run is not None
    assert run.over
