"""Between HTTP and the SDK: what the SDK's own `CloudAdapter` should have been.

It keeps the SDK's pipeline (`TurnContext`, `ActivityHandler`, middleware) and replaces what is around it: reading,
authentication, sending and serialisation, each in its own file here.
"""

from __future__ import annotations

import traceback
from typing import Any

import structlog
from aiohttp import web
from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.channel.botframework.connector import Connector, activities_path
from bot.channel.botframework.errors import Refused
from bot.channel.botframework.request import read_json, to_sdk
from bot.channel.botframework.serialise import to_json
from bot.channel.botframework.tokens import Doorkeeper

log = structlog.get_logger(__name__)


class Adapter(BotAdapter):  # type: ignore[misc] # the SDK has no types
    """Receives activities over HTTP, hands them to `handler`, and sends what the SDK's `TurnContext` is told to."""

    def __init__(self, doorkeeper: Doorkeeper, connector: Connector, handler: ActivityHandler) -> None:
        super().__init__()
        self._doorkeeper = doorkeeper
        self._connector = connector
        self._handler = handler

    async def process(self, request: web.Request) -> web.Response:
        """Answer one POST of the channel. Nothing is raised: whatever is sent has its status."""
        try:
            body = await read_json(request)
            await self._doorkeeper.admit(request.headers.get("Authorization", ""), body)
            activity = to_sdk(body)
        except Refused as refused:
            return _refusal(refused)
        return await self._turn(activity)

    async def _turn(self, activity: Activity) -> web.Response:
        context = TurnContext(self, activity)
        try:
            await self.run_pipeline(context, self._handler.on_turn)
        except Exception as error:  # noqa: BLE001 -- the turn answers for its own failures: what comes here is a bug
            log.error("turn_raised", activity_type=activity.type, reason=type(error).__name__, where=_where(error))
            return _error(500, "ServiceError")
        if activity.type != "invoke":
            return web.json_response({})
        response: InvokeResponse = context.turn_state[self._INVOKE_RESPONSE_KEY].value
        if response.body is None:  # not the word "null": where Teams wants nothing, it takes nothing else
            return web.Response(status=int(response.status))
        return web.json_response(to_json(response.body), status=int(response.status))

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Send what the SDK wants sent. The answer to an invoke is kept for `process`; traces are for the Emulator."""
        return [ResourceResponse(id=await self._send(context, activity)) for activity in activities]

    async def update_activity(self, _context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace a message that was sent before."""
        return ResourceResponse(id=await self._call("PUT", activity, activity.id, to_json(activity)))

    async def delete_activity(self, _context: TurnContext, reference: ConversationReference) -> None:
        """Take back a message that was sent before."""
        await self._call("DELETE", reference, reference.activity_id)

    async def _send(self, context: TurnContext, activity: Activity) -> str:
        if activity.type == "invokeResponse":
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ""
        if activity.type == "trace":
            return ""
        return await self._call("POST", activity, activity.reply_to_id, to_json(activity))

    async def _call(self, method: str, where: Any, target: str | None, body: dict[str, Any] | None = None) -> str:
        path = activities_path(where.conversation.id, target or "")
        return await self._connector.call(method, where.service_url, path, body)


def _refusal(refused: Refused) -> web.Response:
    """Map a refusal to its status: the only place where that is done."""
    log.info("request_refused", status=refused.status, reason=str(refused))
    response = _error(refused.status, type(refused).__name__)
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code}}, status=status)


def _where(error: Exception) -> str:
    """Return the line that raised, and not the message: that may quote somebody."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename}:{frame.lineno}"
