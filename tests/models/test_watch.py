"""A running bot follows the registry: on every replica, within seconds, without a failed turn; what is not fit never serves."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.models import Models as Service
from bot.settings import read_settings
from bot.store import open_store
from bot.store.registry_values import Agreement, Event
from bot.store.tables import model_blobs, models, shadow_readings
from bot.store.transaction import transaction
from classifier.model import Model
from tests import databases
from tests.models.conftest import Registry
from tests.models.replicas import Replicas

Models = tuple[Model, Model, Model]
SECONDS = 10.0 * max(
    1.0, os.getloadavg()[0] / (os.cpu_count() or 1)
)  # within 10, on a machine that has nothing else to do
PAUSE_SECONDS = 0.2  # between two messages of the person who talks to each replica all the while


async def until_served(replicas: Replicas, version: str, seconds: float = 60.0) -> float:
    """Wait until every replica serves this model; how long that took."""
    begun = time.monotonic()
    while set(await replicas.serve()) != {version}:
        assert time.monotonic() - begun < seconds, await replicas.serve()
        await asyncio.sleep(0.1)
    return time.monotonic() - begun


@pytest.fixture
async def three(postgres: databases.Postgres, tmp_path: Path) -> AsyncIterator[tuple[Registry, str]]:
    """A registry that three replicas can share."""
    url = postgres.new_database()
    settings = read_settings(var=tmp_path / "operator", database_url=url)
    store = open_store(url, settings.plan)
    await store.start()
    yield Registry(settings, store), url
    await store.close()


async def test_three_replicas_follow_a_promotion_and_a_rollback_under_load_without_a_failed_turn(
    three: tuple[Registry, str], tmp_path: Path, small_models: Models
) -> None:
    registry, url = three
    first = await registry.reign(small_models[0])
    second = await registry.put(small_models[1])
    async with Replicas(url, tmp_path, 3) as replicas:
        assert await replicas.serve() == [first] * 3
        statuses: list[int] = []
        over = asyncio.Event()
        people = [asyncio.create_task(talk(replicas, at, over, statuses)) for at in range(3)]
        await asyncio.sleep(0.5)

        await registry.models.promote(second, "olga")
        promoted = await until_served(replicas, second)
        await registry.models.roll_back("olga")
        back = await until_served(replicas, first)

        over.set()
        await asyncio.gather(*people)
        counted = await replicas.metrics()
    assert promoted <= SECONDS, promoted
    assert back <= SECONDS, back
    assert statuses
    assert set(statuses) == {200}
    for one in counted:
        assert f'triage_model_info{{version="{first}"}} 1.0' in one
        assert second not in one
        assert 'triage_turns_total{outcome="failed"}' not in one


async def talk(replicas: Replicas, place: int, over: asyncio.Event, statuses: list[int]) -> None:
    """One person who describes problems again and again, each answered with what was understood."""
    teams = replicas.teams[place % len(replicas.teams)]
    chat = await teams.personal(teams.person(f"Person {place}"))
    while not over.is_set():
        turn = await chat.say("Nobody in the company receives mail since this morning")
        statuses.append(turn.status)
        assert "not recorded" not in turn.says.lower(), turn.says
        await asyncio.sleep(PAUSE_SECONDS)


async def test_every_case_names_the_model_that_judged_it_and_on_which_words(
    registry: Registry, tmp_path: Path, small_models: Models
) -> None:
    first = await registry.reign(small_models[0])
    async with Replicas(registry.settings.database, tmp_path, 1) as replicas:
        teams = replicas.teams[0]
        chat = await teams.personal(teams.person("Alice"))
        await chat.press(await chat.say("Nobody in the company receives mail since this morning"), "Talk to a person")
    [case] = await registry.store.newest_cases(9)
    assert case.judgement["model"] == first
    assert case.judgement["evidence"]


async def test_a_model_that_was_tampered_with_does_not_serve_and_everybody_is_told(
    registry: Registry, tmp_path: Path, small_models: Models
) -> None:
    first = await registry.reign(small_models[0])
    second = await registry.put(small_models[1])
    async with transaction(registry.store._engine) as connection:
        stored = await connection.scalar(
            select(model_blobs.c.content)
            .join(models, models.c.sha256 == model_blobs.c.sha256)
            .where(models.c.version == second)
        )
        assert stored is not None
        spoilt = bytes([stored[0] ^ 1]) + stored[1:]
        await connection.execute(update(model_blobs).where(model_blobs.c.content == stored).values(content=spoilt))
    async with Replicas(registry.settings.database, tmp_path, 1) as replicas:
        await registry.models.promote(second, "olga")
        rejected = await until_rejected(registry.models, second)
        teams = replicas.teams[0]
        turn = await (await teams.personal(teams.person("Alice"))).say("Nobody receives mail since this morning")
        [counted] = await replicas.metrics()
        assert await replicas.serve() == [first]
    assert turn.status == 200
    assert rejected.facts["serves"] == first
    assert "SHA-256 differs" in rejected.facts["reason"]
    assert "triage_models_rejected_total 1.0" in counted


async def test_an_older_model_in_the_place_of_a_newer_one_does_not_serve(
    registry: Registry, tmp_path: Path, small_models: Models
) -> None:
    first = await registry.reign(small_models[0])
    champion = await registry.reign(small_models[1])
    third = await registry.put(small_models[2])
    async with transaction(
        registry.store._engine
    ) as connection:  # the first one's files, properly signed, as the third's
        row = (await connection.execute(select(models).where(models.c.version == first))).mappings().one()
        replayed = {name: row[name] for name in ("manifest", "signature", "sha256")}
        await connection.execute(update(models).where(models.c.version == third).values(**replayed))
    async with Replicas(registry.settings.database, tmp_path, 1) as replicas:
        await registry.models.promote(third, "olga")
        rejected = await until_rejected(registry.models, third)
        assert await replicas.serve() == [champion]
    assert f"its files are those of model {first} (number 1, not 3)" in rejected.facts["reason"]


async def until_rejected(service: Service, version: str) -> Event:
    for _ in range(300):
        rejected = [one for one in await service.events(version=version) if one.verb == "rejected"]
        if rejected:
            assert len(rejected) == 1
            return rejected[0]
        await asyncio.sleep(0.1)
    raise AssertionError("nobody was told")


async def test_a_shadow_reads_along_says_nothing_and_is_compared(
    registry: Registry, tmp_path: Path, small_models: Models
) -> None:
    champion = await registry.reign(small_models[0])
    shadow = await registry.put(small_models[1])
    async with Replicas(registry.settings.database, tmp_path, 1) as replicas:
        await registry.models.shadow(shadow, "olga")
        teams = replicas.teams[0]
        chat = await teams.personal(teams.person("Alice"))
        found: list[Agreement] = []
        for number in range(60):
            turn = await chat.say(f"Nobody receives mail since this morning, report {number}")
            assert turn.status == 200
            found = await registry.models.agreement(shadow)
            if found:
                break
            await asyncio.sleep(0.3)
        assert await replicas.serve() == [champion]
    assert found
    assert (found[0].champion, found[0].shadow) == (champion, shadow)
    assert 0 <= found[0].same_category <= found[0].messages
    async with transaction(registry.store._engine) as connection:
        rows = (await connection.execute(select(shadow_readings))).mappings().all()
    assert {row["text"] for row in rows} == {None}
    assert {row["champion_category"] for row in rows} <= {"exchange", "network", "billing"}
