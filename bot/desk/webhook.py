"""A desk that is told by signed webhooks, as Standard Webhooks has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from standardwebhooks.webhooks import Webhook

from bot.desk.contract import Closed, Handover, TryLater, Undeliverable, Unwanted
from bot.desk.told import LONGEST, as_data
from bot.desk.web import Reply, Web

LIMIT_BYTES = 20_000
NOT_THIS = {413, 422}  # too large, or refused for what it says: the same bytes would be refused again, others may not


class WebhookDesk:
    """Posts what happens to `url`, signed with each of `secrets`: while one is replaced by another, both are valid."""

    def __init__(self, url: str, secrets: Sequence[str], web: Web, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._signers = [Webhook(secret) for secret in secrets]
        self._web = web
        self._clock = clock

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Post it under its key, by which the other side knows a repetition. Raises what a desk raises."""
        _judge(await self._post(handover.key, _body(handover)))
        return reference

    async def reach(self) -> str:
        """Post a test, which names no case."""
        body = json.dumps({"type": "test", "timestamp": self._clock().isoformat(), "data": {}})
        reply = await self._post(f"test-{self._clock().timestamp():.0f}", body)
        _judge(reply)
        return f"{reply.status}"

    async def _post(self, id_: str, body: str) -> Reply:
        now = self._clock()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": id_,
            "webhook-timestamp": f"{int(now.timestamp())}",
            "webhook-signature": " ".join(signer.sign(id_, now, body) for signer in self._signers),
        }
        return await self._web.call("POST", self._url, headers, body.encode())


def _body(handover: Handover) -> str:
    """The JSON, with its texts cut until it is as small as a webhook has to be."""
    longest = LONGEST
    while True:
        body = json.dumps(as_data(handover, longest), ensure_ascii=False, separators=(",", ":"))
        if len(body.encode()) < LIMIT_BYTES or longest < 10:
            return body
        longest //= 2


def _judge(reply: Reply) -> None:
    """Return for a success. A redirect is none, nor is 404: the address has to be mended, and until then it is tried again."""
    if reply.well:
        return
    if reply.status == 410:
        raise Closed("410: the webhook is not wanted any more")
    if reply.status in NOT_THIS:
        raise Unwanted(f"{reply.status}")
    if reply.status == 403:
        raise Undeliverable("403")
    raise TryLater(f"{reply.status}", reply.after)
