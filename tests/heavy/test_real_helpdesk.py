"""The real django-helpdesk: the contract of desks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.desk.django_helpdesk import DUPLICATE, DjangoHelpdesk
from bot.desk.told import Wording
from tests.bot.desk.contract import DeskContract
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.helpdesk import PYTHON, Helpdesk, helpdesk
from tests.heavy.beyond import Beyond, beyond

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    assert PYTHON.exists(), "`make handoff` installs django-helpdesk"
    with helpdesk(tmp_path_factory.mktemp("helpdesk") / "site") as running:
        yield running


@dataclass
class Office:
    """The desk, and the tickets on the other side."""

    there: Beyond
    desk: DjangoHelpdesk

    async def tickets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.there.ask("GET", "/tickets/?page_size=1000"))["results"]
        return found

    async def threads(self) -> list[list[str]]:
        return [
            [f"{one['title']}\n{one['description']}", *_comments(one)]
            for one in await self.tickets()
            if one["status"] != DUPLICATE
        ]

    async def lose_a_reply(self) -> None:
        await self.there.lose_a_reply()

    async def refuse(self) -> None:
        self.desk._queue = 999

    async def go_away(self) -> None:
        self.desk._base = "http://127.0.0.1:1/api"


def _comments(ticket: dict[str, Any]) -> list[str]:
    """What was told; django-helpdesk writes follow-ups of its own, without a comment, for changes."""
    return [one["comment"] for one in ticket["followup_set"] if "-desk)" in (one["comment"] or "")]


@pytest.fixture
async def office(server: Helpdesk) -> AsyncIterator[Office]:
    async with beyond(f"{server.url}/api", f"Token {server.token}", b"POST /helpdesk/api/") as there:
        wording = Wording(knowledge().words, "en")
        desk = DjangoHelpdesk(f"{there.url}/helpdesk", server.queue, server.token, wording, there.web)
        made = Office(there, desk)
        yield made
        for ticket in await made.tickets():
            await there.ask("DELETE", f"/tickets/{ticket['id']}/")


class TestRealDjangoHelpdesk(DeskContract):
    @pytest.fixture
    async def place(self, office: Office) -> Office:
        return office
