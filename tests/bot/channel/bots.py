"""The same small bot twice: on our adapter and on the SDK's own, each served from a thread of its own.

In a thread, because the stock adapter blocks its event loop, and the fake Teams has to live on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from botbuilder.core import MessageFactory, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import AdaptiveCardInvokeResponse, Entity
from botframework.connector.auth import (
    AuthenticationConstants,
    BotFrameworkAuthenticationFactory,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.bot_framework_sdk_client_async import BotFrameworkConnectorConfiguration

from bot.channel.botframework import BotFramework
from bot.channel.botframework.adapter import Adapter
from bot.envelope import Answer, Envelope, Outgoing, TryLater
from dialogs.values import Message
from tests.fakes.connector import FakeTeams

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "done"}]}
BEAT_SECONDS = 0.01


@dataclass
class RunningBot:
    """A bot under test. `sdk_url` is where an SDK handler answers; `longest_stop` is how long its loop stood still."""

    url: str = ""
    sdk_url: str = ""
    seconds_passed: float = 0.0
    longest_stop: float = 0.0
    thread: str = "bot"
    stop: Callable[[], None] = field(default=lambda: None)

    async def beat(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self.longest_stop = max(self.longest_stop, loop.time() - last - BEAT_SECONDS)
            last = loop.time()


class SdkBot(TeamsActivityHandler):
    """What one writes with the SDK's documentation at hand."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        match turn_context.activity.text:
            case "boom":
                raise LookupError("a bug")
            case "tenant":
                await turn_context.send_activity(f"tenant {turn_context.activity.conversation.tenant_id}")
            case "label":
                message = MessageFactory.text("labelled")
                label = Entity(type="https://schema.org/Message")
                label.additional_properties["additionalType"] = ["AIGeneratedContent"]
                message.entities = [label]
                await turn_context.send_activity(message)
            case text:
                await turn_context.send_activity(f"you said {text}")

    async def on_adaptive_card_invoke(self, turn_context: TurnContext, invoke_value: Any) -> AdaptiveCardInvokeResponse:
        return AdaptiveCardInvokeResponse(status_code=200, type="application/vnd.microsoft.card.adaptive", value=CARD)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity("welcome")

    async def on_teams_members_added(self, teams_members_added: Any, team_info: Any, turn_context: TurnContext) -> None:
        for _ in teams_members_added:
            await turn_context.send_activity("welcome")


def ours(teams: FakeTeams, running: RunningBot) -> web.Application:
    """Serve the bot on our adapter."""
    app_id = teams.signer.app_id if teams.signer else ""
    channel = BotFramework.build(
        app_id=app_id,
        app_password="secret" if app_id else "",
        service_hosts=("127.0.0.1",),
        openid_metadata_url=teams.openid_metadata_url,
        clock=lambda: 1_000_000.0 + running.seconds_passed,
    )

    async def take(envelope: Envelope) -> Answer:
        if envelope.incoming.kind == "action":
            return Answer(Message(card=CARD))
        outgoing = Outgoing(envelope.address, Message(reply_to(envelope)), reply_to=envelope.activity)
        try:
            await channel.connector.send(outgoing)
        except TryLater as later:
            await asyncio.sleep(later.after or 0)
            await channel.connector.send(outgoing)
        return Answer()

    application = web.Application()
    application.add_routes(channel.routes(take))
    application.router.add_post("/api/sdk", Adapter(channel.doorkeeper, channel.connector, SdkBot()).process)
    application.cleanup_ctx.append(channel.lifetime)
    return application


def reply_to(envelope: Envelope) -> str:
    """Return what our bot says; the same as `SdkBot`."""
    match envelope.incoming.kind, envelope.incoming.text:
        case "arrival", _:
            return "welcome"
        case _, "boom":
            raise LookupError("a bug")
        case _, "tenant":
            return f"tenant {envelope.address.tenant}"
        case _, text:
            return f"you said {text}"


def stock(teams: FakeTeams, running: RunningBot, *, client_configuration: bool = False) -> web.Application:
    """Serve the bot on the SDK's `CloudAdapter`."""
    app_id = teams.signer.app_id if teams.signer else ""
    credentials = PasswordServiceClientCredentialFactory(app_id, "secret" if app_id else "")
    anonymous = MicrosoftAppCredentials.empty()
    configuration = BotFrameworkConnectorConfiguration(anonymous, teams.service_url) if client_configuration else None
    authentication = BotFrameworkAuthenticationFactory.create(
        credential_factory=credentials, connector_client_configuration=configuration
    )
    adapter = CloudAdapter(authentication)

    async def on_turn_error(_context: TurnContext, _error: Exception) -> None:
        """Every sample has one that prints; the answer's status is the adapter's business."""

    adapter.on_turn_error = on_turn_error

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, SdkBot())

    application = web.Application()
    application.router.add_post("/api/messages", messages)
    application.router.add_post("/api/sdk", messages)
    return application


Build = Callable[[FakeTeams, RunningBot], web.Application]


@contextmanager
def running(build: Build, teams: FakeTeams) -> Iterator[RunningBot]:
    """Serve a bot from its own thread, and make it the one that `teams` talks to."""
    bot, ready = RunningBot(), threading.Event()

    async def serve() -> None:
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()
        runner = web.AppRunner(build(teams, bot), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        bot.url, bot.sdk_url = f"{base}/api/messages", f"{base}/api/sdk"
        bot.stop = lambda: loop.call_soon_threadsafe(stopped.set) and None
        beat = asyncio.create_task(bot.beat())
        ready.set()
        await stopped.wait()
        beat.cancel()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name=bot.thread)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("the bot did not start")
    teams.bot_url = bot.url
    try:
        yield bot
    finally:
        bot.stop()
        thread.join(10)


def trust(teams: FakeTeams, monkeypatch: Any) -> None:
    """Let the stock SDK take its keys from `teams`; ours has an argument for it."""
    name = "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL"
    monkeypatch.setattr(AuthenticationConstants, name, teams.openid_metadata_url)
