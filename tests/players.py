"""Three ways to hold the same conversation: the pure step, the terminal, and Teams over HTTP."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from rich.console import Console

from bot.channel.terminal import Terminal, _buttons
from bot.outbox import Relay
from bot.turn import Turns
from classifier.predict import Predictor
from dialogs.lookup import Found, Wanted, wanted
from dialogs.parts import Joints
from dialogs.scene import Knowledge, Scene
from dialogs.step import step
from dialogs.understand import Readings, texts_to_judge
from dialogs.values import Card, Incoming, Message, Reading, State
from handoff.case import Case, number_from
from handoff.effects import ChangeCase, Effect, OpenCase, RecordSurvey
from handoff.life import Event
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Status
from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, Turn


def all_read(state: State, incoming: Incoming, joints: Joints, reading: Callable[[str], Reading]) -> Readings:
    """The readings that a step asks for."""
    read: dict[str, Reading] = {}
    while texts := texts_to_judge(state, incoming, read, joints):
        read |= {text: reading(text) for text in texts}
    return read


@dataclass
class Shelf:
    """Cases and what became of them, as a store keeps them: fed with effects, asked for what a step has to see."""

    tenants: Mapping[str, Tenant]
    administrators: tuple[Person, ...] = ()
    cases: dict[str, Case] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    done: set[tuple[str, str]] = field(default_factory=set)
    rated: set[tuple[str, int]] = field(default_factory=set)
    agents: tuple[Person, ...] = ()

    def keep(self, effect: Effect) -> None:
        """Store an effect; a case that was changed meanwhile, or opened twice, is not stored."""
        if isinstance(effect, OpenCase):
            case = effect.case
            assert case.number not in self.cases
            assert case.key not in {one.key for one in self.cases.values()}, "one card opened two cases"
            opened = Event(case.number, "opened", case.requester, case.opened_at, Status.NEW)
            self.cases[case.number], self.events = case, [*self.events, opened, *effect.also]
        elif isinstance(effect, ChangeCase):
            case = effect.change.case
            assert case.revision == self.cases[case.number].revision + 1, "a change was lost"
            assert (case.number, effect.key) not in self.done, "one button did two things"
            self.cases[case.number], self.events = case, [*self.events, effect.change.event]
            self.done |= {(case.number, effect.key)} if effect.key else set()
        elif isinstance(effect, RecordSurvey):
            assert (effect.case, effect.round) not in self.rated, "a resolution was rated twice"
            self.rated.add((effect.case, effect.round))

    def opened(self, person: Person, token: str) -> str:
        """The number of the case that the button with this token has opened, or empty."""
        mine = (one for one in self.cases.values() if one.requester.id == person.id)
        return next((one.number for one in mine if token and one.key == token), "")

    def found(self, asked: Wanted, person: Person, tenant: Tenant, token: str) -> Found:
        """What a step has to see."""
        case = self.cases.get(asked.case)
        if case is None:
            people = self.administrators if asked.people else ()
            named = tuple(one.id for one in people)
            return Found(cases=tuple(self._listed(asked.cases, person, tenant)), people=people, administrators=named)
        return Found(
            case=case,
            tenant=self.tenants[case.tenant],
            events=tuple(event for event in self.events if event.case == case.number),
            done=(case.number, token) in self.done,
            rated=(case.number, case.round) in self.rated,
            agents=self.agents if case.with_support else (),
        )

    def _listed(self, which: str, person: Person, tenant: Tenant) -> Iterator[Case]:
        administers = person.role is not Role.END_USER
        for case in self.cases.values():
            mine = case.requester.id == person.id and case.tenant == tenant.id
            theirs = mine or (administers and case.tenant == tenant.id)
            first_line = not case.with_support and case.status is not Status.CLOSED and theirs
            request = case.with_support and (theirs or person.agent)
            if {"mine": mine, "first_line": first_line, "requests": request}.get(which):
                yield case


class StepPlayer:
    """Drives `step` itself: no server, no database, no SDK. Its state goes through JSON between turns, as it does in life."""

    def __init__(self, classifier: Predictor, knowledge: Knowledge, locale: str) -> None:
        self.classifier = classifier
        self.knowledge = knowledge
        self.locale = locale
        self.state = State()
        self.person = Person("alice", "Alice")
        self.tenant = Tenant("contoso", "enterprise_e3")
        self.shelf = Shelf({self.tenant.id: self.tenant})
        self.card: Card = {}

    async def say(self, text: str) -> str:
        return self.take(Incoming("message", text=text, locale=self.locale))

    async def press(self, title: str, values: dict[str, str]) -> str:
        return self.take(pressed(self.card, title, values, self.locale))

    async def cases(self) -> int:
        return len(self.shelf.cases)

    def take(self, incoming: Incoming) -> str:
        read = all_read(
            self.state,
            incoming,
            self.knowledge.joints,
            lambda text: Reading(**vars(self.classifier.predict(text))),
        )
        turn = step(self.state, incoming, read, self.scene(incoming))
        self.state = State.from_json(turn.state.to_json())
        for effect in turn.effects:
            self.shelf.keep(effect)
        for message in turn.messages:
            self.card = message.card or self.card
        return "\n".join(said(message) for message in turn.messages)

    def scene(self, incoming: Incoming) -> Scene:
        asked = wanted(incoming, self.knowledge.commands)
        return Scene(
            knowledge=self.knowledge,
            person=self.person,
            tenant=self.tenant,
            now=datetime.now(UTC),
            token=secrets.token_urlsafe(8),
            number=number_from(secrets.randbits(64)),
            opened=self.shelf.opened(self.person, incoming.token),
            found=self.shelf.found(asked, self.person, self.tenant, incoming.token),
        )


class TerminalPlayer:
    """Types into the terminal channel, over the real turn and database."""

    def __init__(self, bot: Bot, locale: str) -> None:
        self.bot = bot
        parts = self.parts = replace(bot.parts(), metrics=bot.metrics)
        self.screen = io.StringIO()
        self.terminal = Terminal(Console(file=self.screen, width=2000), locale, tenant=bot.teams.tenant)
        self.relay: Relay = parts.relay(lambda _name: self.terminal)
        self.turns: Turns = parts.turns(self.relay, parts.minds(), self.terminal)

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
