"""The real django-helpdesk: the contract of desks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.desk.django_helpdesk import DUPLICATE, DjangoHelpdesk
from bot.desk.told import Wording
from bot.desk.web import Web
from tests.bot.desk.contract import DeskContract
from tests.dialogs.cards.scenes import knowledge
from tests.fakes.helpdesk import PYTHON, Helpdesk, helpdesk
from tests.heavy.proxy import CuttingProxy

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpdesk]:
    assert PYTHON.exists(), "`make handoff` installs django-helpdesk"
    with helpdesk(tmp_path_factory.mktemp("helpdesk") / "site") as running:
        yield running


@dataclass
class Office:
    """The desk through a proxy that can cut, and the tickets on the other side."""

    server: Helpdesk
    proxy: CuttingProxy
    desk: DjangoHelpdesk = field(init=False)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Token {self.server.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        url = f"{self.server.url}/api{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, data=data, headers=headers) as reply,
        ):
            assert reply.status < 300, await reply.text()
            return await reply.json() if reply.status != 204 else None

    async def tickets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.ask("GET", "/tickets/?page_size=1000"))["results"]
        return found

    async def threads(self) -> list[list[str]]:
        return [
            [f"{one['title']}\n{one['description']}", *_comments(one)]
            for one in await self.tickets()
            if one["status"] != DUPLICATE
        ]

    async def lose_a_reply(self) -> None:
        before, self.proxy.share = self.proxy.cut, 1.0

        async def once() -> None:
            while self.proxy.cut == before:
                await asyncio.sleep(0.001)
            self.proxy.share = 0.0

        self._once = asyncio.create_task(once())

    async def refuse(self) -> None:
        self.desk._queue = 999

    async def go_away(self) -> None:
        self.desk._base = "http://127.0.0.1:1/api"


def _comments(ticket: dict[str, Any]) -> list[str]:
    """What was told; django-helpdesk writes follow-ups of its own, without a comment, for changes."""
    return [one["comment"] for one in ticket["followup_set"] if "-desk)" in (one["comment"] or "")]


@pytest.fixture
async def office(server: Helpdesk) -> AsyncIterator[Office]:
    parts = urlsplit(server.url)
    proxy = CuttingProxy(str(parts.hostname), int(parts.port or 0), b"POST /helpdesk/api/", 0.0)
    outside = Web(["127.0.0.1"])
    async with proxy.running() as url:
        made = Office(server, proxy)
        wording = Wording(knowledge().words, "en")
        made.desk = DjangoHelpdesk(f"{url}/helpdesk", server.queue, server.token, wording, outside)
        yield made
        for ticket in await made.tickets():
            await made.ask("DELETE", f"/tickets/{ticket['id']}/")
    await outside.close()


class TestRealDjangoHelpdesk(DeskContract):
    @pytest.fixture
    async def place(self, office: Office) -> Office:
        return office
