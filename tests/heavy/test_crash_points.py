"""A process that dies at each named point, and comes back: one case, one ticket, everything told, nothing told twice to the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heavy.server import POINTS
from tests.heavy.world import World

pytestmark = pytest.mark.timeout(600)

ALWAYS = "after the desk's 201, before it is read back"  # one runs with the fast tests, so that the suite cannot break unseen


@pytest.mark.parametrize(
    "point", [pytest.param(one, marks=[] if one == ALWAYS else pytest.mark.heavy) for one in POINTS]
)
async def test_one_case_one_ticket_whatever_the_moment(point: str, database_url: str, tmp_path: Path) -> None:
    async with World(tmp_path, database_url) as world:
        chat = await world.teams.personal(world.teams.person("Ugo"))
        await world.start(CRASH_AT=point)
        async with world.revived():
            await world.open_case(chat, "nobody can open the HR SharePoint site since this morning")
            [case] = await world.store.newest_cases(10)
            await world.settled()
            await world.say_at_the_desk(case.number, "evt-1", "Please restart the laptop")
            await world.settled()

        assert world.lives == 2, "it was to die once"
        assert list(world.tickets()) == [case.number]
        assert len(world.rt.tickets) == 1
        [told] = {sent.id for sent in chat.heard if "Please restart the laptop" in sent.says} or {""}
        assert told or point.startswith("before a message")
