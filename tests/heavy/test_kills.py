"""kill -9 at random while twenty people open five hundred cases in a thousand turns: none lost, none doubled, each at the desk once."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest

from tests.heavy.world import World

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]

PEOPLE, CASES_EACH = 20, int(os.environ.get("HANDOFF_CASES_EACH", "25"))


async def test_a_thousand_turns_and_kills_at_random(database_url: str, tmp_path: Path) -> None:
    async with World(tmp_path, database_url) as world:
        chats = [await world.teams.personal(world.teams.person(f"Person {number}")) for number in range(PEOPLE)]
        await world.start()

        async def work(number: int) -> None:
            for case in range(CASES_EACH):
                await world.open_case(chats[number], f"the SharePoint site {number}-{case} is broken for everybody")

        async def kill() -> None:
            luck = random.Random(1)
            while True:
                await asyncio.sleep(luck.uniform(2.0, 10.0))
                if world.serving and world.alive and world.bot is not None:
                    world.bot.kill()

        async with world.revived():
            killer = asyncio.create_task(kill())
            await asyncio.gather(*(work(number) for number in range(PEOPLE)))
            killer.cancel()
            await asyncio.wait([killer])
            await world.settled(600)

        cases = await world.store.newest_cases(10_000)
        tickets = world.tickets()
        print(f"\n{PEOPLE * CASES_EACH * 2} turns, {world.lives - 1} kills, {len(cases)} cases, {len(tickets)} tickets")
        assert len(cases) == len({case.description for case in cases}) == PEOPLE * CASES_EACH
        assert set(tickets) == {case.number for case in cases}
        assert world.lives > 5
