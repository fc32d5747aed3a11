"""Three ways to hold the same conversation: the pure step, the terminal, and Teams over HTTP."""

from __future__ import annotations

import io
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from rich.console import Console

from bot.channel.terminal import Terminal, _buttons
from bot.outbox import Relay
from bot.turn import Turns
from classifier.predict import Predictor
from dialogs.scene import Knowledge, Scene
from dialogs.step import step
from dialogs.understand import texts_to_judge
from dialogs.values import Card, Incoming, Message, Reading, State
from handoff.case import Case, number_from
from handoff.effects import OpenCase
from handoff.people import Person, Tenant
from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, Turn


class StepPlayer:
    """Drives `step` itself: no server, no database, no SDK. Its state goes through JSON between turns, as it does in life."""

    def __init__(self, classifier: Predictor, knowledge: Knowledge, locale: str) -> None:
        self.classifier = classifier
        self.knowledge = knowledge
        self.locale = locale
        self.state = State()
        self.opened: list[Case] = []
        self.card: Card = {}

    async def say(self, text: str) -> str:
        return self.take(Incoming("message", text=text, locale=self.locale))

    async def press(self, title: str, values: dict[str, str]) -> str:
        return self.take(pressed(self.card, title, values, self.locale))

    async def cases(self) -> int:
        return len(self.opened)

    def take(self, incoming: Incoming) -> str:
        readings = tuple(
            Reading(**vars(self.classifier.predict(text)))
            for text in texts_to_judge(self.state, incoming, self.knowledge.joints)
        )
        turn = step(self.state, incoming, readings, self.scene(incoming.token))
        self.state = State.from_json(turn.state.to_json())
        self.opened += [effect.case for effect in turn.effects if isinstance(effect, OpenCase)]
        for message in turn.messages:
            self.card = message.card or self.card
        return "\n".join(said(message) for message in turn.messages)

    def scene(self, token: str) -> Scene:
        opened = {case.key: case.number for case in self.opened}
        return Scene(
            knowledge=self.knowledge,
            person=Person("alice", "Alice"),
            tenant=Tenant("contoso", "enterprise_e3"),
            now=datetime.now(UTC),
            token=secrets.token_urlsafe(8),
            number=number_from(secrets.randbits(64)),
            opened=opened.get(token, ""),
        )


class TerminalPlayer:
    """Types into the terminal channel, over the real turn and database."""

    def __init__(self, bot: Bot, locale: str) -> None:
        self.bot = bot
        parts = self.parts = replace(bot.parts(), metrics=bot.metrics)
        self.screen = io.StringIO()
        self.terminal = Terminal(Console(file=self.screen, width=2000), locale, tenant=bot.teams.tenant)
        self.relay: Relay = parts.relay(lambda _name: self.terminal)
        self.turns: Turns = parts.turns(self.relay)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.relay.stop()
        await self.parts.store.close()

    async def say(self, text: str) -> str:
        return await self.type(text)

    async def press(self, title: str, values: dict[str, str]) -> str:
        for name, value in values.items():
            assert await self.type(f"{name}={value}") == ""
        titles = [button["title"] for button in _buttons(self.terminal._card)]
        return await self.type(str(titles.index(title) + 1))

    async def cases(self) -> int:
        return len(await self.bot.cases())

    async def type(self, line: str) -> str:
        self.screen.truncate(0)
        self.screen.seek(0)
        envelope = self.terminal.hear(line)
        if envelope is not None:
            await self.turns.take(envelope)
            await self.relay.idle()
        return self.screen.getvalue()


class TeamsPlayer:
    """Writes and taps in a personal chat of the fake Teams, over real HTTP."""

    def __init__(self, bot: Bot, chat: Chat) -> None:
        self.bot = bot
        self.chat = chat
        self.last: Turn | None = None

    async def say(self, text: str) -> str:
        return self.heard(await self.chat.say(text))

    async def press(self, title: str, values: dict[str, str]) -> str:
        assert self.last is not None
        return self.heard(await self.chat.press(self.last, title, values))

    async def cases(self) -> int:
        return len(await self.bot.cases())

    def heard(self, turn: Turn) -> str:
        assert turn.accepted, turn.body
        self.last = turn
        return turn.says


def said(message: Message) -> str:
    """All that a person can read of a message."""
    return "\n".join([*cards.texts(message.card)]) if message.card else message.text


def pressed(card: Card, title: str, values: dict[str, str], locale: str = "en") -> Incoming:
    """A button of a card, pressed as a client presses it: with the card's lists filled in."""
    found: list[dict[str, Any]] = [button for button in cards.buttons(card) if button["title"] == title]
    assert found, f"no button {title!r}; there are {[button['title'] for button in cards.buttons(card)]}"
    data = {**found[-1]["data"], **cards.fill(card, values)}
    return Incoming("action", verb=data.pop("verb"), token=data.pop("token"), values=data, locale=locale)
