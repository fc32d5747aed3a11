"""A bot that dies and comes back, between a Teams and a desk that stay."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import aiohttp
from standardwebhooks.webhooks import Webhook

from bot.store import SqlStore, open_store
from tests.fakes.connector import Chat, FakeTeams, Sent, Turn
from tests.fakes.rt_stub import TrackerStub
from tests.fakes.server import serving

SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()
TABLE = """
[[desk]]
id = "rt"
kind = "rt"
url = "{url}"
queue = "Microsoft 365"
secret = "RT_TOKEN"
inbound_secret = "HOOK_IN"

[[route]]
desks = ["rt"]
"""


@dataclass
class World:
    """`rt` is the desk. `bot` is the process that serves, or None between two lives; `lives` counts them."""

    folder: Path
    database_url: str
    rt: TrackerStub = field(default_factory=TrackerStub)
    teams: FakeTeams = field(default_factory=lambda: FakeTeams(patience=120))
    bot: asyncio.subprocess.Process | None = None
    lives: int = 0
    serving: bool = False

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        await self._stack.enter_async_context(self.teams)
        url = await self._stack.enter_async_context(serving(self.rt.application()))
        (self.folder / "desks.toml").write_text(TABLE.format(url=url))
        self.store: SqlStore = open_store(self.database_url, "enterprise_e3")
        self._stack.push_async_callback(self.store.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()
        await self._stack.aclose()

    async def start(self, **crash: str) -> None:
        """A new life; `crash` says where it ends by itself."""
        environment = {
            **os.environ,
            "TRIAGE_VAR": str(self.folder / "var"),
            "TRIAGE_DATABASE_URL": self.database_url,
            "TRIAGE_DESKS": str(self.folder / "desks.toml"),
            "TRIAGE_DESK_HOSTS": '["127.0.0.1"]',
            "TRIAGE_SERVICE_HOSTS": '["127.0.0.1"]',
            "RT_TOKEN": "token",
            "HOOK_IN": SECRET,
            **crash,
        }
        with (self.folder / "server.log").open("a") as log:
            self.bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.heavy.server", env=environment, stdout=asyncio.subprocess.PIPE, stderr=log
            )
        assert self.bot.stdout is not None
        async with asyncio.timeout(120):
            self.url = (await self.bot.stdout.readline()).decode().strip()
        assert self.url, (self.folder / "server.log").read_text()
        self.teams.bot_url = f"{self.url}/api/messages"
        self.lives += 1
        self.serving = True

    async def kill(self) -> None:
        """kill -9, if it is alive."""
        self.serving = False
        if self.bot is not None and self.bot.returncode is None:
            self.bot.kill()
        if self.bot is not None:
            await self.bot.communicate()

    @property
    def alive(self) -> bool:
        return self.bot is not None and self.bot.returncode is None

    @asynccontextmanager
    async def revived(self) -> AsyncIterator[None]:
        """Within the block, a bot that has died comes back."""

        async def look() -> None:
            while True:
                if not self.alive:
                    await self.kill()
                    await self.start()
                await asyncio.sleep(0.05)

        task = asyncio.create_task(look())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled(), task.exception()

    async def insist(self, chat: Chat, activity: dict[str, Any]) -> Turn:
        """Deliver an activity until it is taken, as Teams does."""
        while True:
            turn = await chat.post(activity)
            if turn.accepted:
                return turn
            await asyncio.sleep(0.1)

    async def open_case(self, chat: Chat, text: str) -> None:
        """Describe a problem and open the case, however often it takes."""
        before = len(chat.messages)
        await self.insist(chat, chat.activity("message", text=text))
        proposal = await self._proposal(chat, before, text)
        data = next(a for c in proposal.cards for a in c["actions"] if a["title"] == "Open the case")["data"]
        value = {"action": {"type": "Action.Execute", "verb": data["verb"], "data": data}, "trigger": "manual"}
        press = chat.activity("invoke", name="adaptiveCard/action", value=value, replyToId=proposal.id)
        turn = await self.insist(chat, press)
        while "takes longer than usual" in turn.notice:
            turn = await self.insist(chat, press)
        assert turn.card is not None, turn.body

    async def _proposal(self, chat: Chat, before: int, text: str) -> Sent:
        """What was offered for this text: what was offered for an earlier one may arrive once more."""

        def offered() -> list[Sent]:
            return [
                sent
                for sent in list(chat.messages.values())[before:]
                if text in sent.says
                and any(a["title"] == "Open the case" for c in sent.cards for a in c.get("actions", ()))
            ]

        async with asyncio.timeout(120):
            while not offered():
                await asyncio.sleep(0.02)
        return offered()[0]

    async def say_at_the_desk(self, number: str, id_: str, words: str) -> dict[str, Any]:
        """Somebody at the desk comments; the desk says it until it is taken."""
        body = json.dumps({"type": "case.comment", "case": number, "author": "Ann", "text": words})
        while True:
            at = datetime.now(UTC)
            signature = Webhook(SECRET).sign(id_, at, body)
            headers = {
                "webhook-id": id_,
                "webhook-timestamp": f"{int(at.timestamp())}",
                "webhook-signature": signature,
            }
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.post(f"{self.url}/desks/rt/events", data=body, headers=headers) as reply,
                ):
                    if reply.status == 200:
                        answer: dict[str, Any] = await reply.json()
                        return answer
            except (aiohttp.ClientError, OSError):
                pass
            await asyncio.sleep(0.1)

    async def settled(self, seconds: float = 240) -> None:
        """Wait until nothing is on its way any more. A lease that a dead process held runs out after a minute or so."""
        async with asyncio.timeout(seconds):
            while (await self.store.outbox.waiting())[0]:
                await asyncio.sleep(0.2)
        assert await self.store.outbox.waiting() == (0, 0)

    def tickets(self) -> dict[str, list[str]]:
        """The case of each ticket that is not rejected, with what was told of it, in order."""
        found: dict[str, list[str]] = {}
        for number, ticket in self.rt.tickets.items():
            if ticket["Status"] != "rejected":
                [case] = ticket["CustomFields"][0]["values"]
                assert case not in found
                comments = [one for one in self.rt.transactions if one["ObjectId"] == str(number)]
                found[case] = [one["Data"].strip() for one in comments if one["Type"] == "Comment"]
        return found
