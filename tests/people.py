"""Simulated people: each writes, taps, hesitates and double-clicks as people do, and keeps the case numbers they were told."""

from __future__ import annotations

import asyncio
import copy
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from handoff.rules import Rules
from tests.fakes import cards
from tests.fakes.connector import Chat, Turn

NUMBER = re.compile(r"T-[2-9A-Z]{3}-[2-9A-Z]{4}")
SHORT = {
    "en": {
        "vague": ("it does not work", "there is a problem", "asdf qwer", "\U0001f600", "why again"),
        "help": ("help", "what can you do"),
        "cancel": ("cancel", "never mind"),
        "person": ("talk to a person", "agent"),
        "thank": ("thanks", "hello"),
    },
    "fr": {
        "vague": ("ça marche pas", "il y a un souci", "qsdf wxcv", "\U0001f600", "encore"),
        "help": ("aide", "que sais-tu faire"),
        "cancel": ("annuler", "laisse tomber"),
        "person": ("parler à une personne", "un humain"),
        "thank": ("merci", "bonjour"),
    },
}


@dataclass
class SimulatedPerson:
    """Somebody in a personal chat. `opened` are the numbers of the cases they opened; `did` counts what they did."""

    chat: Chat
    language: str
    problems: Mapping[str, Sequence[str]]
    rules: Rules
    random: Random
    opened: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    last: Turn | None = None

    async def live(self, turns: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(turns):
            deed = self.random.choice(self.wishes())
            self.did[deed.__name__] += 1
            await deed()

    def wishes(self) -> list[Callable[[], Awaitable[None]]]:
        """What one may do now; what stands here more often is done more often."""
        verbs = {button["data"]["verb"] for button in self.buttons()} - {"person", "cancel"}
        wishes = [self.describe, self.vague, self.help, self.cancel, self.person, self.thank, self.deliver_twice]
        if "open" in verbs:
            wishes += [self.open] * 5 + [self.correct, self.double_click] * 3
        elif "wrong" in verbs:
            wishes += [self.say_wrong] * 6
        elif verbs:
            wishes += [self.tap] * 12
        else:
            wishes += [self.describe] * 12
        return wishes

    # what is written

    async def describe(self) -> None:
        await self.write(self.problem())

    async def vague(self) -> None:
        await self.write(self.short("vague"))

    async def help(self) -> None:
        await self.write(self.short("help"))

    async def cancel(self) -> None:
        await self.write(self.short("cancel"))

    async def person(self) -> None:
        await self.write(self.short("person"), most=1)

    async def thank(self) -> None:
        await self.write(self.short("thank"))

    async def deliver_twice(self) -> None:
        """Write, and Teams delivers it twice at the same time: it is done and answered once."""
        activity = self.chat.activity("message", text=self.random.choice([self.problem(), self.short("person")]))
        first, again = await asyncio.gather(
            self.chat.post(activity, expect=1), self.chat.post(copy.deepcopy(activity), expect=1)
        )
        self.hear(first, again, new=(0, 1))
        said = [sent.says for sent in self.chat.heard if sent.answers == activity["id"]]
        assert len(said) == len(set(said)), f"answered twice: {said}"

    async def write(self, text: str, most: int = 0) -> None:
        self.hear(await self.chat.say(text), new=(0, most))

    # what is tapped

    async def open(self) -> None:
        await self.send({})

    async def correct(self) -> None:
        """Change category and severity on the card, then send it; what is not support's to solve opens nothing."""
        await self.send(
            {"category": self.random.choice(list(self.rules.categories)), "severity": self.random.choice("ABC")}
        )

    async def double_click(self) -> None:
        """Two clicks at the same time open one case, and both are told its number."""
        title = self.button("open")["title"]
        first, second = await asyncio.gather(self.press(title), self.press(title))
        self.hear(first, second, new=(1, 1))
        assert set(NUMBER.findall(first.says)) == set(NUMBER.findall(second.says)), (first.says, second.says)
        self.last = None

    async def say_wrong(self) -> None:
        self.hear(await self.press(self.button("wrong")["title"]), new=(1, 1))

    async def tap(self) -> None:
        """Answer a question, or choose a category."""
        button = self.random.choice([one for one in self.buttons() if one["data"]["verb"] not in ("person", "cancel")])
        lists = cards.fields(self.card())
        values = {
            name: self.random.choice(one["choices"])["value"] if "choices" in one else self.random.choice(["", "ok"])
            for name, one in lists.items()
        }
        self.hear(await self.press(button["title"], values), new=(0, 0))

    async def send(self, values: dict[str, str]) -> None:
        category = values.get("category") or cards.fields(self.card())["category"]["value"]
        cases = int(self.rules.in_scope(category))
        self.hear(await self.press(self.button("open")["title"], values), new=(cases, cases))

    async def press(self, title: str, values: Mapping[str, str] | None = None) -> Turn:
        assert self.last is not None
        return await self.chat.press(self.last, title, values)

    # what is seen

    def hear(self, *turns: Turn, new: tuple[int, int]) -> None:
        """Take in what came of one deed: accepted, answered, and between `new` cases that were not there before."""
        for turn in turns:
            assert turn.accepted, (turn.status, turn.body)
            assert turn.says, f"no answer to {turn.activity}"
        told = {number for turn in turns for number in NUMBER.findall(turn.says)}
        fresh = sorted(told - set(self.opened))
        assert new[0] <= len(fresh) <= new[1], f"{len(fresh)} new cases, not {new}: {[turn.says for turn in turns]}"
        self.opened += fresh
        self.last = turns[0]

    def card(self) -> dict[str, Any]:
        """The card on the table, or an empty one."""
        if self.last is None:
            return {}
        return self.last.card or next(reversed(self.last.cards), {})

    def buttons(self) -> list[dict[str, Any]]:
        return [button for button in cards.buttons(self.card()) if button["type"] == "Action.Execute"]

    def button(self, verb: str) -> dict[str, Any]:
        return next(button for button in self.buttons() if button["data"]["verb"] == verb)

    def problem(self) -> str:
        """A problem in the person's language; one in ten in the other one."""
        other = self.random.random() < 0.1
        languages = [one for one in self.problems if (one != self.language) == other]
        return self.random.choice(self.problems[languages[0]])

    def short(self, meaning: str) -> str:
        return self.random.choice(SHORT[self.language][meaning])
