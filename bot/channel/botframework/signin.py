"""Sign-in, which the bot does not need: Teams says who acts in each activity. What is offered is declined as the protocol has it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from bot.channel.botframework.plain import as_text

EXCHANGE = "signin/tokenExchange"
VERIFY = "signin/verifyState"
FAILURE = "signin/failure"
NAMES = frozenset({EXCHANGE, VERIFY, FAILURE})


def sign_in(activity: Activity) -> InvokeResponse:
    """Answer a sign-in invoke: 412 declines a token, 200 ends a sign-in that the person went through, 400 is for neither."""
    value = activity.value if isinstance(activity.value, dict) else {}
    if activity.name == EXCHANGE:
        return _declined(value)
    if activity.name == VERIFY and not as_text(value.get("state")):
        return InvokeResponse(status=400, body=_error("BadRequest", "value.state is missing"))
    return InvokeResponse(status=200, body={})


def unknown(activity: Activity) -> InvokeResponse:
    """Answer an invoke that nobody here knows. Not 501, as the SDK has it: nothing of ours has failed."""
    name = as_text(activity.name)[:100]
    return InvokeResponse(
        status=400, body=_error("UnknownInvoke", f"{name or 'an invoke without a name'} is not served")
    )


def _declined(value: Mapping[str, Any]) -> InvokeResponse:
    """A token that nobody asked for: refused with the request's own id, so that the client knows which."""
    id_, connection = as_text(value.get("id")), as_text(value.get("connectionName"))
    if not (id_ and connection and as_text(value.get("token"))):
        return InvokeResponse(status=400, body=_error("BadRequest", "value has no id, connectionName and token"))
    body = {"id": id_, "connectionName": connection, "failureDetail": "This bot needs no sign-in."}
    return InvokeResponse(status=412, body=body)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
