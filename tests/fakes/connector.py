"""A Teams of our own for tests: the connector that the bot calls, and the people who talk to the bot.

    async with FakeTeams(bot_url) as teams:
        alice = teams.person("Alice", locale="fr-FR")
        chat = await teams.personal(alice, install=True)
        turn = await chat.say("Outlook ne marche plus")       # turn.text, turn.cards, turn.status, turn.says
        turn = await chat.press(turn, "Oui", {"note": "..."})  # turn.card takes the pressed card's place
        await chat.deliver_again(turn)
        teams.faults.append(Fault("POST .*/activities", 503))

Everything goes over HTTP on 127.0.0.1, as it does in Teams: nothing of the bot is patched.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid4, uuid5

import aiohttp
from aiohttp import web

from tests.fakes.chat import Chat, message_ids
from tests.fakes.drive import CONSENT, INFO, Drive, attached
from tests.fakes.signing import Signer
from tests.fakes.throttle import Throttle
from tests.fakes.values import ADAPTIVE, Call, Fault, Person, Sent, Turn

__all__ = ["Call", "Chat", "FakeTeams", "Fault", "Person", "Sent", "Signer", "Turn"]

LIMIT_BYTES = 102_400  # as UTF-16
METADATA = "/v1/.well-known/openidconfiguration"
KEYS = "/v1/.well-known/keys"
INVOKE_SECONDS = 5.0  # then a client says that the app cannot be reached
TOO_LATE = "408 InvokeNotAnswered"


class FakeTeams:
    """Teams, as far as a bot can tell. With `app_id` it signs what it delivers and publishes its keys.

    `bot_url` may be set after start, when the bot needs `openid_metadata_url` first. `patience` is in seconds.
    """

    def __init__(self, bot_url: str = "", *, app_id: str = "", tenant: str = "", patience: float = 10.0) -> None:
        self.bot_url = bot_url
        self.signer = Signer(app_id) if app_id else None
        self.tenant = tenant or str(uuid4())
        self.patience = patience
        self.bot_id = f"28:{app_id or uuid4()}"
        self.bot_name = "Support"
        self.chats: dict[str, Chat] = {}
        self.threads: dict[str, list[Chat]] = {}  # those that the bot has begun, by their channel
        self.faults: list[Fault] = []
        self.throttle: Throttle | None = None  # set, it refuses what is too fast, as Teams does
        self.invoke_seconds: float | None = None  # set (to INVOKE_SECONDS), it gives up on an invoke, as clients do
        self.calls: list[Call] = []  # everything that the bot called, in order
        self.refused: list[str] = []  # what Teams would not have taken either
        self.contents: dict[str, bytes] = {}  # what people send along, by its id
        self.drive = Drive()

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.service_url = f"{self.base_url}/emea/{self.tenant}/"
        self.openid_metadata_url = self.base_url + METADATA
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self._runner.cleanup()

    # people and places

    def person(self, name: str, locale: str = "en-GB") -> Person:
        """Return the person of that name in this tenant: always the same."""
        directory_id = str(uuid5(NAMESPACE_URL, f"{self.tenant}/{name}"))
        return Person(name, f"29:1{directory_id}", directory_id, locale)

    async def personal(self, who: Person, *, install: bool = False) -> Chat:
        """Open the one-to-one chat of a person with the bot."""
        return await self._chat(f"a:1{who.directory_id}", "personal", [who], install)

    async def group(self, people: Iterable[Person], *, install: bool = False) -> Chat:
        """Open a group chat; the first acts unless another is named."""
        return await self._chat(f"19:{uuid4().hex}@thread.v2", "groupChat", people, install)

    async def channel(self, people: Iterable[Person], *, install: bool = False) -> Chat:
        """Open a new thread in a new channel; its root is known to the connector as well."""
        root = f"19:{uuid4().hex}@thread.tacv2"
        chat = await self._chat(f"{root};messageid={next(message_ids)}", "channel", people, install)
        self.chats[root] = chat
        return chat

    async def _chat(self, conversation: str, kind: str, people: Iterable[Person], install: bool) -> Chat:
        chat = self.chats.setdefault(conversation, Chat(self, conversation, kind, people))
        if install:
            await chat.install()
        return chat

    # the way to the bot

    async def deliver(self, activity: Any, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """POST any JSON to the bot, signed if there is an app id; return the status and the body.

        Raises TimeoutError for an invoke that is not answered in time, where that is asked for.
        """
        if headers is None:
            headers = {"Authorization": f"Bearer {self.signer.token(self.service_url)}"} if self.signer else {}
        waits = isinstance(activity, dict) and activity.get("type") == "invoke"
        try:
            async with asyncio.timeout(self.invoke_seconds if waits else None):
                return await self.post(json.dumps(activity).encode(), {"Content-Type": "application/json", **headers})
        except TimeoutError:
            if waits:
                self.refused.append(TOO_LATE)
            raise

    async def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, Any]:
        """POST any bytes with any headers to the bot."""
        skip = ["Content-Type"]
        async with self._client.post(self.bot_url, data=body, headers=headers, skip_auto_headers=skip) as response:
            raw = await response.read()
        try:
            return response.status, json.loads(raw)
        except ValueError:
            return response.status, raw.decode(errors="replace")

    # the way back

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=2**24, middlewares=[self._misbehave])
        conversations = "/emea/{tenant}/v3/conversations"
        activities = conversations + "/{conversation}/activities"
        application.add_routes(
            [
                web.post(conversations, self._create),
                web.get(conversations + "/{conversation}/members", self._members),
                web.get(conversations + "/{conversation}/pagedmembers", self._paged_members),
                web.get(conversations + "/{conversation}/members/{member}", self._member),
                web.post(activities, self._send),
                web.post(activities + "/{activity}", self._send),
                web.put(activities + "/{activity}", self._update),
                web.delete(activities + "/{activity}", self._delete),
                web.get("/emea/{tenant}/v3/attachments/{id}/views/original", self._content),
                web.get("/download/{id}", self._content),
                web.put("/upload/{id}", self.drive.put),
                web.get(METADATA, self._metadata),
                web.get(KEYS, self._keys),
            ]
        )
        return application

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Any) -> web.StreamResponse:
        authorization = request.headers.get("Authorization", "")
        wait = self.throttle.seconds_to_wait(request) if self.throttle else 0
        if wait:
            self.calls.append(Call(request.method, request.path, 429, authorization))
            answer = {"error": {"code": "TooManyRequests", "message": "slower"}}
            return web.json_response(answer, status=429, headers={"Retry-After": f"{math.ceil(wait)}"})
        fault = self._next_fault(f"{request.method} {request.path}")
        if fault is None:
            response: web.StreamResponse = await handler(request)
            self.calls.append(Call(request.method, request.path, response.status, authorization))
            return response
        await asyncio.sleep(fault.delay)
        if fault.lost_ack:
            await handler(request)
        self.calls.append(Call(request.method, request.path, fault.status, authorization))
        if fault.status == 0 and request.transport is not None:
            request.transport.abort()
        return web.json_response(dict(fault.body), status=fault.status or 500, headers=fault.headers)

    def _next_fault(self, call: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and re.search(fault.match, call):
                fault.times -= 1
                return fault
        return None

    async def _send(self, request: web.Request) -> web.Response:
        chat, activity, refusal = await self._read(request)
        if chat is None:
            return refusal
        if activity.get("type") == "typing":
            chat.signs.append(len(chat.heard))
            return web.json_response({"id": ""}, status=201)
        sent = Sent(str(next(message_ids)), activity, request.match_info.get("activity", ""))
        await chat.hear(sent)
        return web.json_response({"id": sent.id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        chat, activity, refusal = await self._read(request)
        if chat is None:
            return refusal
        old = chat.messages.get(request.match_info["activity"])
        if old is None:
            return self._refuse(404, "ActivityNotFoundInConversation")
        await chat.hear(Sent(old.id, activity, old.answers, updated=True))
        return web.json_response({"id": old.id})

    async def _delete(self, request: web.Request) -> web.Response:
        chat = self.chats.get(request.match_info["conversation"])
        if chat is None or chat.messages.pop(request.match_info["activity"], None) is None:
            return self._refuse(404, "ActivityNotFoundInConversation")
        return web.json_response({})

    async def _create(self, request: web.Request) -> web.Response:
        parameters = await request.json()
        if channel := (parameters.get("channelData") or {}).get("channel"):
            return await self._begin_thread(channel["id"], parameters.get("activity") or {})
        members = {member["id"] for member in parameters.get("members") or ()}
        for chat in self.chats.values():
            if chat.kind == "personal" and members & {chat.people[0].id, chat.people[0].directory_id}:
                return web.json_response({"id": chat.id, "serviceUrl": self.service_url}, status=201)
        return self._refuse(403, "ForbiddenOperationException")  # nobody who has the app

    async def _begin_thread(self, channel: str, activity: dict[str, Any]) -> web.Response:
        """A message in a channel begins a thread, which is a conversation of its own: what is said in it stands there."""
        known = self.chats.get(channel)
        refusal = (404, "ConversationNotFound") if known is None else _fault_of(activity, "channel")
        if known is None or refusal:
            return self._refuse(*(refusal or (404, "ConversationNotFound")))
        sent = Sent(str(next(message_ids)), activity)
        thread = Chat(self, f"{channel};messageid={sent.id}", "channel", known.people)
        self.chats[thread.id] = thread
        self.threads.setdefault(channel, []).append(thread)
        await thread.hear(sent)
        return web.json_response({"id": thread.id, "activityId": sent.id}, status=201)

    async def _paged_members(self, request: web.Request) -> web.Response:
        chat = self.chats.get(request.match_info["conversation"])
        if chat is None:
            return self._refuse(404, "ConversationNotFound")
        return web.json_response({"members": [person.account() for person in chat.people]})

    async def _members(self, request: web.Request) -> web.Response:
        chat = self.chats.get(request.match_info["conversation"])
        if chat is None:
            return self._refuse(404, "ConversationNotFound")
        return web.json_response([{**person.account(), "objectId": person.directory_id} for person in chat.people])

    async def _member(self, request: web.Request) -> web.Response:
        chat = self.chats.get(request.match_info["conversation"])
        people = {one.id: one for one in chat.people} if chat else {}
        person = people.get(request.match_info["member"])
        return web.json_response(person.account()) if person else self._refuse(404, "MemberNotFoundInConversation")

    async def _content(self, request: web.Request) -> web.Response:
        content = self.contents.get(request.match_info["id"])
        return self._refuse(404, "NotFound") if content is None else web.Response(body=content)

    async def _metadata(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": self.base_url + KEYS})

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self.signer.jwks() if self.signer else {"keys": []})

    async def _read(self, request: web.Request) -> tuple[Chat | None, dict[str, Any], web.Response]:
        """Return the chat and the activity, or what Teams refuses it with."""
        activity = await request.json()
        chat = self.chats.get(request.match_info["conversation"])
        refusal = (404, "ConversationNotFound") if chat is None else _fault_of(activity, chat.kind)
        if refusal:
            return None, {}, self._refuse(*refusal)
        return chat, activity, web.Response()

    def _refuse(self, status: int, code: str) -> web.Response:
        self.refused.append(f"{status} {code}")
        return web.json_response({"error": {"code": code, "message": "refused"}}, status=status)


def _fault_of(activity: dict[str, Any], place: str) -> tuple[int, str] | None:
    attachments = activity.get("attachments") or []
    adaptive = [attachment["content"] for attachment in attachments if attachment["contentType"] == ADAPTIVE]
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) > LIMIT_BYTES:
        return 413, "MessageSizeTooBig"
    if activity.get("type") == "typing":
        return None
    if not (activity.get("type") and (activity.get("text") or attachments or activity.get("suggestedActions"))):
        return 400, "BadSyntax"
    if place != "personal" and (attached(activity, CONSENT) or attached(activity, INFO)):
        return 400, "BadArgument"  # files are for personal chats
    if any(card.get("type") != "AdaptiveCard" or not card.get("version") for card in adaptive):
        return 400, "BadSyntax"
    return None
