"""An HTTP request, read as an activity or refused: everything a stranger can send ends here with a 4xx."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from botbuilder.schema import Activity

from bot.channel.botframework.errors import Malformed, NotJson, TooLarge

LIMIT_BYTES = 256 * 1024
TAKEN = frozenset({"message", "messageUpdate", "invoke", "installationUpdate"})

_TEXTS = (
    "id",
    "name",
    "text",
    "textFormat",
    "locale",
    "action",
    "replyToId",
    "serviceUrl",
    "channelId",
    "deliveryMode",
)
_ACCOUNTS = ("from", "recipient", "conversation")


async def read_json(request: web.Request) -> dict[str, Any]:
    """Return the body's JSON object, whose `type` is a string. Raises `NotJson`, `TooLarge` or `Malformed`."""
    if request.content_type != "application/json":
        raise NotJson("another content type")
    try:
        body = json.loads((await _read_body(request)).decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise Malformed("not an activity")
    return body


def to_sdk(body: dict[str, Any]) -> Activity:
    """Return the SDK's activity, with all that we shall read in place and of its type. Raises `Malformed`."""
    _check(body)
    try:
        activity = Activity().deserialize(body)
    except Exception as error:  # noqa: BLE001 -- msrest raises half the built-in errors, each for another absurdity
        raise Malformed(type(error).__name__) from None
    activity.delivery_mode = None  # Teams never asks for its replies in the response; nobody else should
    return activity


async def _read_body(request: web.Request) -> bytes:
    """Read at most the limit, however much is announced or sent."""
    body = bytearray()
    try:
        async for chunk in request.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > LIMIT_BYTES:
                raise TooLarge(f"more than {LIMIT_BYTES} bytes")
    except web.RequestPayloadError:
        raise Malformed("the body is broken") from None
    return bytes(body)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def _check(body: dict[str, Any]) -> None:
    for key in _TEXTS:
        if not isinstance(body.get(key), str | None):
            raise Malformed(f"{key} is not a string")
    for key in _ACCOUNTS:
        if key in body and not _is_account(body[key]):
            raise Malformed(f"{key} is not an account")
    if body["type"] in TAKEN and not {"from", "conversation"} <= body.keys():
        raise Malformed("nobody said this, or nowhere")


def _is_account(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str) and bool(value["id"])
