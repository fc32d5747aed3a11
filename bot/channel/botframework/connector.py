"""Sends to Teams: the `Channel` and the `Etiquette` of the Bot Framework, and the one place where a call to the connector is made."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.access import NoAccess
from bot.channel.botframework.credentials import Credentials
from bot.channel.botframework.hosts import is_allowed
from bot.channel.botframework.outgoing import to_activity
from bot.channel.botframework.pace import Pace
from bot.channel.botframework.session import Session
from bot.envelope import ROOT, Address, Outgoing, Sender, TryLater, Undeliverable
from bot.waits import seconds
from dialogs.values import Message

CALL_SECONDS = 10.0
CONVERSATIONS = "/v3/conversations"


class Connector:
    """Calls the connector named by each address, if it is one of `hosts`; `seconds` bounds a whole call."""

    def __init__(
        self,
        session: Session,
        credentials: Credentials,
        hosts: Collection[str],
        seconds: float = CALL_SECONDS,
        pace: Pace | None = None,
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._hosts = hosts
        self._seconds = seconds
        self._pace = pace or Pace()

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver one message and return the id Teams gave it (or empty). Raises `Undeliverable` or `TryLater`."""
        address, target = outgoing.address, outgoing.update or outgoing.reply_to
        method = "PUT" if outgoing.update else "POST"
        path = activities_path(address.conversation, target)
        activity = to_activity(outgoing)
        await self._pace.wait(address, reply=bool(outgoing.reply_to))
        return await self.call(method, address.service_url, path, activity)

    async def start_thread(self, address: Address, message: Message) -> tuple[str, str]:
        """Post a message as a new thread of a channel; return the ids of the thread and of the message. Raises as `send` does."""
        tenant = {"id": address.tenant}
        body = {
            "isGroup": True,
            "tenantId": address.tenant,
            "channelData": {"channel": {"id": address.conversation}, "tenant": tenant},
            "activity": to_activity(Outgoing(address, message)),
            **({"bot": {"id": address.bot}} if address.bot else {}),
        }
        await self._pace.wait(address)
        answer = await self._ask("POST", address.service_url, "/v3/conversations", body)
        thread, activity = str(answer.get("id") or ""), str(answer.get("activityId") or "")
        if not thread:
            raise Undeliverable("the channel named no thread")
        return thread, activity or thread.partition(ROOT)[2]

    async def members(self, address: Address) -> int:
        """How many people, at least, are where the bot is. Raises as `send` does."""
        path = f"/v3/conversations/{quote(address.conversation, safe='')}/pagedmembers?pageSize=50"
        return len((await self._ask("GET", address.service_url, path)).get("members") or ())

    async def show_typing(self, address: Address) -> None:
        """Show that the bot is at work; whether that succeeds matters to nobody."""
        sign = {"type": "typing", "conversation": {"id": address.conversation}, "from": {"id": address.bot}}
        with suppress(TryLater, Undeliverable):
            await self.call("POST", address.service_url, activities_path(address.conversation), sign)

    async def open_chat(self, address: Address, sender: Sender) -> Address:
        """The personal chat with somebody met at this address. Raises `Undeliverable` or `TryLater`."""
        wish = {
            "isGroup": False,
            "bot": {"id": address.bot},
            "members": [{"id": sender.account or sender.id}],
            "tenantId": address.tenant,
            "channelData": {"tenant": {"id": address.tenant}},
        }
        chat = await self.call("POST", address.service_url, CONVERSATIONS, wish)
        if not chat:
            raise Undeliverable("no conversation was named")
        return replace(address, conversation=chat, group=False)

    async def name_of(self, address: Address, sender: Sender) -> str:
        """What a member of the conversation is called, or empty. Raises `Undeliverable` or `TryLater`."""
        member = f"{CONVERSATIONS}/{_quoted(address.conversation)}/members/{_quoted(sender.account or sender.id)}"
        return str((await self._ask("GET", address.service_url, member)).get("name") or "")

    async def call(self, method: str, service_url: str, path: str, activity: Mapping[str, Any] | None = None) -> str:
        """Make one call and return the `id` in its answer (or empty). Raises `Undeliverable` or `TryLater`."""
        return str((await self._ask(method, service_url, path, activity)).get("id") or "")

    async def _ask(
        self, method: str, service_url: str, path: str, activity: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        if not is_allowed(service_url, self._hosts):
            raise Undeliverable("the service URL is not of a connector")
        url = URL(service_url.rstrip("/") + path, encoded=True)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._request(method, url, _encode(activity))
        except NoAccess as error:
            raise TryLater(f"no access token: {error}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(type(error).__name__) from error

    async def _request(self, method: str, url: URL, body: bytes | None) -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json"}
        if token := await self._credentials.token():
            headers["Authorization"] = f"Bearer {token}"
        request = self._session.open().request(method, url, data=body, headers=headers, allow_redirects=False)
        async with request as response:
            answer = _parse(await response.read())
            if response.status == 401:
                self._credentials.drop()
            _judge(response.status, response.headers.get("Retry-After", ""), answer)
        return answer


def activities_path(conversation: str, activity: str = "") -> str:
    """Return the path of a conversation's activities, or of one of them. Ids may hold any character."""
    path = f"{CONVERSATIONS}/{_quoted(conversation)}/activities"
    return f"{path}/{_quoted(activity)}" if activity else path


def _quoted(id_: str) -> str:
    return quote(id_, safe="", errors="replace")


def _judge(status: int, retry_after: str, answer: Mapping[str, Any]) -> None:
    """Return for a success; raise what the other statuses mean.

    Only what may succeed later is tried again: being throttled, a collision (412), a server in trouble, our token.
    """
    if 200 <= status < 300:
        return
    reason = f"{status} {_code(answer)}".strip()
    if status in {401, 408, 412, 429} or status >= 500:
        raise TryLater(reason, seconds(retry_after))
    raise Undeliverable(reason)


def _encode(activity: Mapping[str, Any] | None) -> bytes | None:
    try:
        return None if activity is None else json.dumps(activity, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Undeliverable(f"not JSON: {type(error).__name__}") from error


def _parse(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _code(answer: Mapping[str, Any]) -> str:
    """Return Teams' own words for a failure, such as `Forbidden MessageWritesBlocked`; never its message."""
    error = answer.get("error")
    levels = [error, answer] if isinstance(error, dict) else [answer]
    codes = [str(level[key])[:60] for level in levels for key in ("code", "subCode") if level.get(key)]
    return " ".join(codes)
