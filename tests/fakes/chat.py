"""A conversation as its people see it: they write, press buttons, install the bot, and Teams delivers what they did."""

from __future__ import annotations

import asyncio
import copy
import itertools
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp

from tests.fakes import cards
from tests.fakes.values import Person, Sent, Turn

if TYPE_CHECKING:
    from tests.fakes.connector import FakeTeams

QUIET_SECONDS = 0.05
message_ids = itertools.count(int(time.time() * 1000))  # Teams numbers messages by the millisecond


class Chat:
    """One conversation: `kind` is `personal`, `groupChat` or `channel`. `who` acts; the first member by default."""

    def __init__(self, teams: FakeTeams, conversation: str, kind: str, people: Iterable[Person]) -> None:
        self.teams = teams
        self.id = conversation
        self.kind = kind
        self.people = list(people)
        self.heard: list[Sent] = []  # every message and every update of the bot's, in order
        self.messages: dict[str, Sent] = {}  # each message in its present form
        self.signs: list[int] = []  # for each sign that the bot is at work: how much had been heard before it
        self._arrival = asyncio.Condition()

    # what people do

    async def say(self, text: str, who: Person | None = None, *, expect: int | None = None, **fields: Any) -> Turn:
        """Write a message (in a group, mentioning the bot) and wait for `expect` replies; by default for the first."""
        activity = self.activity("message", who, text=text, textFormat="plain", **fields)
        if self.kind != "personal":
            self._mention(activity)
        return await self.post(activity, expect=1 if expect is None else expect)

    async def install(self, who: Person | None = None, *, expect: int = 0) -> Turn:
        """Add the bot. Teams tells of it twice: as an installation and as a new member."""
        installation = self.activity("installationUpdate", who, action="add")
        installation["from"].pop("name")  # Teams does not tell the name here
        arrival = asyncio.create_task(self.post(installation, expect=expect))
        await self.post(self.activity("conversationUpdate", who, membersAdded=[{"id": self.teams.bot_id}]), expect=0)
        return await arrival

    async def uninstall(self, who: Person | None = None, *, expect: int = 0) -> Turn:
        """Remove the bot."""
        return await self.post(self.activity("installationUpdate", who, action="remove"), expect=expect)

    async def edit(self, turn: Turn, text: str, *, expect: int = 0) -> Turn:
        """Change a message that was written before."""
        data = {**turn.activity["channelData"], "eventType": "editMessage"}
        return await self.post(
            {**turn.activity, "type": "messageUpdate", "text": text, "channelData": data}, expect=expect
        )

    async def press(
        self,
        on: Sent | Turn,
        title: str,
        inputs: Mapping[str, str] | None = None,
        who: Person | None = None,
        *,
        expect: int | None = None,
        as_submit: bool = False,
    ) -> Turn:
        """Press a button of a card, with its fields filled in, or a suggested answer.

        `as_submit` is a client that knows no `Action.Execute` and takes its fallback. A suggested answer is said.
        """
        sent, card, button = self._find(on, title)
        if card is None:
            return await self.say(sent.suggestions[title], who, expect=expect)
        button = button["fallback"] if as_submit and button["type"] == "Action.Execute" else button
        data = {**(button.get("data") or {}), **cards.fill(card, inputs or {})}
        if button["type"] == "Action.Execute":
            turn = await self.invoke(sent, button.get("verb"), data, who, expect=expect or 0)
        elif button["type"] == "Action.Submit":
            activity = self.activity("message", who, value=data, replyToId=sent.id)
            turn = await self.post(activity, expect=1 if expect is None else expect)
        else:
            raise AssertionError(f"pressing {title!r}, a {button['type']}, sends nothing to the bot")
        turn.pressed = self.messages.get(sent.id, sent)
        return turn

    async def invoke(self, on: Sent, verb: Any, data: Any, who: Person | None = None, *, expect: int = 0) -> Turn:
        """Send an `adaptiveCard/action` for a message, whatever it holds, and show the card it is answered with."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        value = {"action": action, "trigger": "manual"}
        activity = self.activity("invoke", who, name="adaptiveCard/action", value=value, replyToId=on.id)
        turn = await self.post(activity, expect=expect)
        if turn.card is not None:
            self.messages[on.id] = self.messages.get(on.id, on).with_card(turn.card)
        return turn

    async def answer_offer(self, on: Sent, action: str = "accept", *, expect: int = 0, **fields: Any) -> Turn:
        """Allow a file that the bot has offered, or not (`decline`); `fields` replace what Teams tells the bot about it."""
        assert on.offer is not None, f"no file is offered, but {on.says!r}"
        name, content = on.offer["name"], on.offer["content"]
        value = {"type": "fileUpload", "action": action, "context": content[f"{action}Context"]}
        if action == "accept":
            value["uploadInfo"] = self.teams.drive.open(self.teams.base_url, name)
        activity = self.activity("invoke", name="fileConsent/invoke", value={**value, **fields}, replyToId=on.id)
        return await self.post(activity, expect=expect)

    # what Teams does

    async def deliver_again(self, turn: Turn, times: int = 2, *, overlapping: bool = True) -> list[Turn]:
        """Deliver the same activity again, all at once or one after the other, as Teams does when an answer is late."""
        posts = [self.post(copy.deepcopy(turn.activity), expect=0) for _ in range(times)]
        return list(await asyncio.gather(*posts)) if overlapping else [await post for post in posts]

    async def redeliver_with_new_id(self, turn: Turn, *, expect: int = 0) -> Turn:
        """Deliver what was done again under another id, which Teams has been seen to do about 30 s later."""
        return await self.post({**copy.deepcopy(turn.activity), "id": _new_id(), "timestamp": _now()}, expect=expect)

    def activity(self, kind: str, who: Person | None = None, **fields: Any) -> dict[str, Any]:
        """Return an activity as Teams writes it, with `fields` added or replaced."""
        who = who or self.people[0]
        conversation = {"id": self.id, "conversationType": self.kind, "tenantId": self.teams.tenant}
        return {
            "type": kind,
            "id": _new_id() if kind == "message" else f"f:{uuid4()}",
            "timestamp": _now(),
            "localTimezone": "Europe/Paris",
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": who.account(),
            "recipient": {"id": self.teams.bot_id, "name": self.teams.bot_name},
            "conversation": conversation if self.kind == "personal" else {**conversation, "isGroup": True},
            "channelData": {"tenant": {"id": self.teams.tenant}},
            "entities": [{"type": "clientInfo", "locale": who.locale, "country": who.locale[-2:], "platform": "Web"}],
            "locale": who.locale,
            **fields,
        }

    async def post(self, activity: Any, *, expect: int = 0, headers: Mapping[str, str] | None = None) -> Turn:
        """Post any JSON to the bot. If it is accepted, wait for `expect` replies and a short silence."""
        mark, turn = len(self.heard), Turn(activity)
        try:
            turn.status, turn.body = await self.teams.deliver(activity, headers)
        except (aiohttp.ClientError, TimeoutError) as error:
            turn.body = repr(error)
        if turn.accepted:
            await self._listen(mark, activity["id"], expect)
        news = self.heard[mark:]
        turn.updates = [sent for sent in news if sent.updated]
        turn.replies = [sent for sent in news if not sent.updated and sent.answers == activity.get("id")]
        return turn

    async def wait(self, count: int = 1, since: int = 0) -> list[Sent]:
        """Wait until the bot has sent `count` messages or updates after the first `since`, and return them."""
        await self._until(lambda: len(self.heard) - since >= count, f"{count} messages")
        return self.heard[since:]

    async def wait_for(self, text: str) -> list[Sent]:
        """Wait until the bot has said this, and return what says it."""
        await self._until(lambda: any(text in sent.says for sent in self.heard), repr(text))
        return [sent for sent in self.messages.values() if text in sent.says]

    # what the connector hears

    async def hear(self, sent: Sent) -> None:
        """Take in what the bot sent."""
        self.heard.append(sent)
        self.messages[sent.id] = sent
        async with self._arrival:
            self._arrival.notify_all()

    async def _listen(self, mark: int, activity: str, expect: int) -> None:
        def replies() -> int:
            return sum(sent.answers == activity and not sent.updated for sent in self.heard[mark:])

        await self._until(lambda: replies() >= expect, f"{expect} replies")
        before = -1
        while before != len(self.heard):
            before = len(self.heard)
            await asyncio.sleep(QUIET_SECONDS)

    async def _until(self, done: Any, what: str) -> None:
        try:
            async with asyncio.timeout(self.teams.patience), self._arrival:
                await self._arrival.wait_for(done)
        except TimeoutError:
            texts = [sent.says for sent in self.heard[-3:]]
            raise AssertionError(f"no {what} within {self.teams.patience} s; last heard: {texts}") from None

    def _find(self, on: Sent | Turn, title: str) -> tuple[Sent, dict[str, Any] | None, dict[str, Any]]:
        sents = [on] if isinstance(on, Sent) else [*on.replies, *([on.pressed] if on.pressed else ())]
        current = [self.messages.get(sent.id, sent) for sent in sents]
        for sent in reversed(current):
            for card in sent.cards:
                for button in cards.buttons(card):
                    if button.get("title") == title:
                        return sent, card, button
            if title in sent.suggestions:
                return sent, None, {}
        titles = [button.get("title") for sent in current for card in sent.cards for button in cards.buttons(card)]
        raise AssertionError(
            f"no button {title!r}; there are {titles + [t for sent in current for t in sent.suggestions]}"
        )

    def _mention(self, activity: dict[str, Any]) -> None:
        tag = f"<at>{self.teams.bot_name}</at>"
        activity["text"] = f"{tag} {activity['text']}"
        mentioned = {"id": self.teams.bot_id, "name": self.teams.bot_name}
        activity["entities"].append({"type": "mention", "text": tag, "mentioned": mentioned})


def _new_id() -> str:
    return str(next(message_ids))


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "0Z")  # seven digits, as .NET writes them
