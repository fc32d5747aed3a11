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
CASES = PEOPLE * CASES_EACH
KILLS = 20  # at as many moments, by how much has been done: a fast machine has as many as a slow one


async def test_a_thousand_turns_and_kills_at_random(database_url: str, tmp_path: Path) -> None:
    async with World(tmp_path, database_url) as world:
        chats = [await world.teams.personal(world.teams.person(f"Person {number}")) for number in range(PEOPLE)]
        await world.start()

        opened: list[str] = []
        killed: list[int] = []
        luck = random.Random(1)

        async def work(number: int) -> None:
            for case in range(CASES_EACH):
                text = f"the SharePoint site {number}-{case} is broken for everybody"
                await world.open_case(chats[number], text)
                opened.append(text)

        async def kill() -> None:
            for when in sorted(luck.sample(range(CASES), KILLS)):
                while len(opened) < when or not (world.serving and world.alive):
                    await asyncio.sleep(0.01)
                await asyncio.sleep(luck.uniform(0.0, 0.5))  # in the midst of whatever is under way then
                if world.bot is not None:
                    world.bot.kill()
                    await world.bot.wait()
                    killed.append(when)

        async with world.revived():
            killer = asyncio.create_task(kill())
            await asyncio.gather(*(work(number) for number in range(PEOPLE)))
            await killer
            await world.settled(600)

        cases = await world.store.newest_cases(10_000)
        tickets = world.tickets()
        print(f"\n{CASES * 2} turns, {len(killed)} kills, {len(cases)} cases, {len(tickets)} tickets")
        assert len(cases) == len({case.description for case in cases}) == CASES
        assert set(tickets) == {case.number for case in cases}
        assert len(killed) == KILLS
