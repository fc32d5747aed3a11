"""The bot with a channel of support agents, and everybody around a case that is worked there, over the fake Teams."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from dialogs.words import Say
from handoff.desks import DeskBook, DeskRow, OnCall, RouteRow
from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, Person, Sent, Turn

NUMBER = re.compile(r"T-[2-9A-Z]{3}-[2-9A-Z]{4}")
CHANNEL = "19:agents@thread.tacv2"
PROBLEM = {
    "en": "nobody in the company can open the SharePoint site, it is down and everything is blocked",
    "fr": "plus personne dans l'entreprise ne peut ouvrir le site SharePoint, il est en panne et tout est bloqué",
}


class DeskBot(Bot):
    """A bot whose service requests are worked in one channel."""

    language = "en"

    async def start(self) -> None:
        """Serve, with the channel in the route table: where it is reached is known when the fake Teams runs."""
        row = DeskRow(
            id="support",
            kind="teams",
            language=self.language,
            tenant=self.teams.tenant,
            channel=CHANNEL,
            service_url=self.teams.service_url,
            on_call=(OnCall(id="nia-id", name="Nia"),),
        )
        routes = (RouteRow(holder="support", desks=("support",)),)
        self.knowledge = replace(self.knowledge, desks=DeskBook({"support": row}, routes))
        await super().start()


@dataclass
class Office:
    """Who has a part: a user, their administrator, two agents, and somebody who reads the channel but works for nobody."""

    bot: Bot
    language: str
    ugo: Chat
    ada: Chat
    sam: Chat
    nia: Chat
    channel: Chat
    eve: Person

    @property
    def say(self) -> Say:
        return self.bot.knowledge.words.voice(self.language)

    @property
    def at_desk(self) -> Say:
        return self.bot.knowledge.words.voice(DeskBot.language)

    def who(self, chat: Chat) -> Person:
        return chat.people[0]

    async def thread(self, place: int = 0) -> Chat:
        """A thread that the bot has begun in the channel, and knows as that of its case: nobody writes there faster."""
        threads = self.bot.teams.threads
        await until(lambda: len(threads.get(CHANNEL, [])) > place, "a thread")
        for _ in range(1000):
            if await self.bot.count("desk_references") > place:
                return threads[CHANNEL][place]
            await asyncio.sleep(0.01)
        raise AssertionError("the thread was not written down")

    async def card(self, thread: Chat, shows: str = "") -> Sent:
        """The card at the head of a thread, once this can be read on it."""
        await until(lambda: shows in head(thread).says, f"{shows!r} on the card", thread)
        return head(thread)

    async def press(self, chat: Chat, on: Sent | Turn, title: str, who: Person | None = None, **inputs: str) -> Turn:
        turn = await chat.press(on, title, inputs, who)
        assert turn.accepted, turn.body
        return turn

    async def hears(self, chat: Chat, text: str, since: int = 0) -> Sent:
        """The last thing in this chat that says this."""
        await until(lambda: any(text in sent.says for sent in chat.heard[since:]), repr(text), chat)
        return next(sent for sent in reversed(chat.heard) if text in sent.says)

    async def request(self) -> str:
        """The administrator opens an outage, which goes to support at once; its number."""
        turn = await self.ada.say(PROBLEM[self.language])
        offered = {button["title"] for card in turn.cards for button in cards.buttons(card)}
        for id_ in ("category-sharepoint", "answer-people-everyone", "answer-work-blocked"):
            if self.say(id_) in offered:
                turn = await self.ada.press(turn, self.say(id_))
                card = turn.card or next(reversed(turn.cards))
                offered = {button["title"] for button in cards.buttons(card)}
        opened = await self.press(self.ada, turn, self.say("button-open"), severity="A")
        return next(iter(NUMBER.findall(opened.says)))

    async def wish(self) -> str:
        """The administrator asks for a person; the case's number."""
        turn = await self.ada.say(self.say("person-command"))
        return next(iter(NUMBER.findall(turn.says)))


async def connected(there: Office) -> tuple[str, Chat]:
    """Ada asked for a person, Sam took her case on in the channel; its number and thread."""
    number = await there.wish()
    thread = await there.thread()
    card = await there.card(thread, number)
    await there.press(thread, card, there.at_desk("do-acknowledge"), there.who(there.sam))
    await there.hears(there.ada, sam_of(there))
    await there.hears(there.sam, there.say("talk-how-to-end"))
    return number, thread


def sam_of(there: Office) -> str:
    """How Sam is called in a conversation."""
    return there.say("talk-support", name="Sam")


def head(thread: Chat) -> Sent:
    """The message that a thread began with, as it is now."""
    return next(iter(thread.messages.values()))


async def until(done: Callable[[], bool], what: str, chat: Chat | None = None) -> None:
    """Wait until this is so, at most ten seconds."""
    for _ in range(1000):
        if done():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"no {what}; last: {[sent.says[-300:] for sent in chat.heard[-3:]] if chat else ''}")


@asynccontextmanager
async def office(bot: Bot, language: str) -> AsyncIterator[Office]:
    """The people have talked to the bot once, in their language, and it knows what each of them is."""
    teams = bot.teams
    people = [teams.person(name, f"{language}-XX") for name in ("Ugo", "Ada", "Sam", "Nia", "Eve")]
    chats = [await teams.personal(one) for one in people[:4]]
    for chat in chats:
        await chat.say("english" if language == "en" else "français")
    tenant, *_ = await bot.store.tenant(teams.tenant)
    named = replace(tenant, name="Contoso", plan="enterprise_e3", zone="Europe/Paris", country="FR")
    await bot.store.describe_tenant(named, (people[1].directory_id,))
    await bot.store.agents([one.directory_id for one in people[2:4]])
    channel = Chat(teams, CHANNEL, "channel", people[2:])
    teams.chats[CHANNEL] = channel
    yield Office(bot, language, *chats, channel, people[4])
