"""Our adapter on loopback, in a fake Teams, with a turn that does as a test tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.channel.botframework import BotFramework
from bot.envelope import Answer, Envelope, Outgoing
from dialogs.values import Message
from tests.fakes.connector import Chat, FakeTeams
from tests.fakes.server import serving

Do = Callable[[Envelope], Awaitable[Answer]]


class Stage:
    """The adapter on loopback with a turn that does as told; `taken` is what reached it."""

    def __init__(self, teams: FakeTeams, channel: BotFramework) -> None:
        self.teams = teams
        self.channel = channel
        self.taken: list[Envelope] = []
        self.do: Do = self.echo

    async def take(self, envelope: Envelope) -> Answer:
        self.taken.append(envelope)
        return await self.do(envelope)

    async def echo(self, envelope: Envelope) -> Answer:
        await self.channel.connector.send(
            Outgoing(envelope.address, Message(envelope.incoming.text), reply_to=envelope.activity)
        )
        return Answer()

    async def chat(self) -> Chat:
        return await self.teams.personal(self.teams.person("Alice", locale="fr-FR"))


@asynccontextmanager
async def on_stage(app_id: str = "", **settings: Any) -> AsyncIterator[Stage]:
    async with FakeTeams(app_id=app_id, patience=2) as teams:
        channel = BotFramework.build(
            app_id=app_id, service_hosts=["127.0.0.1"], openid_metadata_url=teams.openid_metadata_url, **settings
        )
        stage = Stage(teams, channel)
        application = web.Application()
        application.add_routes(channel.routes(stage.take))
        application.cleanup_ctx.append(channel.lifetime)
        async with serving(application) as url:
            teams.bot_url = f"{url}/api/messages"
            yield stage
