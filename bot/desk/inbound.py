"""`POST /desks/{desk}/events`: what a desk says of a case, signed as Standard Webhooks has it. Nothing malformed gets further."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bot.envelope import Deed, DeskEvent, Hear
from handoff.case import as_number

LIMIT_BYTES = 64 * 1024
LONGEST_ID = 255


class _Said(BaseModel):
    """The body of an event, as docs/desks.md describes it; fields that are not known are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    type: str = Field(max_length=64)
    case: str = Field(max_length=64)
    author: str = Field("", max_length=255)
    text: str = Field("", max_length=20_000)
    tenant: str = Field("", max_length=64)


def desk_routes(secrets: Mapping[str, Sequence[str]], hear: Hear) -> list[web.RouteDef]:
    """The route; `secrets` are those of each desk that may say something: all of them are valid."""
    signers = {desk: [Webhook(secret) for secret in theirs] for desk, theirs in secrets.items()}

    async def events(request: web.Request) -> web.Response:
        desk = request.match_info["desk"]
        if desk not in signers:
            return _refusal(404, "no such desk")
        if (request.content_length or 0) > LIMIT_BYTES:
            return _refusal(413, f"at most {LIMIT_BYTES} bytes")
        body = await request.content.read(LIMIT_BYTES + 1)
        while len(body) <= LIMIT_BYTES and (more := await request.content.read(LIMIT_BYTES + 1 - len(body))):
            body += more
        if len(body) > LIMIT_BYTES:
            return _refusal(413, f"at most {LIMIT_BYTES} bytes")
        if not any(_signed(signer, body, request.headers) for signer in signers[desk]):
            return _refusal(401, "the signature does not fit, or is older than five minutes")
        event = event_of(desk, request.headers["webhook-id"], body)
        if isinstance(event, str):
            return _refusal(400, event)
        status, answer = await hear(event)
        return web.json_response(answer, status=status)

    return [web.post("/desks/{desk}/events", events)]


def event_of(desk: str, id_: str, body: bytes) -> DeskEvent | str:
    """The event that a body holds, or what is wrong with it."""
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable():
        return f"webhook-id has to be 1 to {LONGEST_ID} printable characters"
    try:
        said = _Said.model_validate_json(body)
    except ValidationError as wrong:
        error = wrong.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(str(one) for one in error['loc']) or 'body'}: {error['msg']}"
    except (ValueError, RecursionError):
        return "body: not JSON"
    number, verb = as_number(said.case), said.type.removeprefix("case.")
    if not number:
        return "case: no case number, such as T-7KM-2Q4X"
    if verb not in list(Deed):
        return f"type: one of {', '.join(f'case.{one}' for one in Deed)}"
    words = {name: getattr(said, name).replace("\0", "") for name in ("author", "text", "tenant")}
    return DeskEvent(f"{id_}", desk, number, Deed(verb), words["text"], words["author"], words["tenant"])


def _signed(signer: Webhook, body: bytes, headers: Mapping[str, str]) -> bool:
    try:
        signer.verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError, OverflowError):  # what cannot be read is not signed either
        return False
    return True


def _refusal(status: int, why: str) -> web.Response:
    content: dict[str, Any] = {"error": why}
    return web.Response(status=status, body=json.dumps(content).encode(), content_type="application/json")
