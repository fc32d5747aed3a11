"""The other side of the comparison: the SDK's own echo sample, on its own adapter, as one would write it."""

from __future__ import annotations

import sys
import traceback

from aiohttp import web
from aiohttp.web import Request, Response
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.core.integration import aiohttp_error_middleware
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication


class DefaultConfig:
    """The sample's settings, for a bot without a registration."""

    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"
    APP_TENANTID = ""


class EchoBot(ActivityHandler):  # type: ignore[misc]
    """Says what it hears."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Answer one message."""
        await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))


async def on_error(context: TurnContext, _error: Exception) -> None:
    """Print, and tell the person, as every sample does."""
    traceback.print_exc()
    await context.send_activity("The bot encountered an error or bug.")


def main(port: int) -> None:
    """Serve until a signal comes."""
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(DefaultConfig())), EchoBot()
    adapter.on_turn_error = on_error

    async def messages(request: Request) -> Response:
        answer: Response = await adapter.process(request, bot)
        return answer

    app = web.Application(middlewares=[aiohttp_error_middleware])
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
