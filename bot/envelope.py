"""What travels between the rooms of the edge: where a conversation is, what came from it, what is answered at once.

No SDK type appears here, so that a channel can be replaced without touching the turn, the store or the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from dialogs.values import Incoming, Lost, Message, Place
from handoff.case import Case
from handoff.file import File
from handoff.life import Event
from handoff.people import Tenant


@dataclass(frozen=True)
class Address:
    """Where a conversation is: all that is needed to write into it later, from another process, after a restart.

    `tenant` is the Microsoft 365 tenant id (empty when the channel names none). `conversation` is the channel's id, which in
    a Teams channel carries the thread. `service_url` is the connector to call. `bot` is the bot's id in the conversation.
    """

    channel: str
    tenant: str
    conversation: str
    service_url: str
    bot: str
    group: bool = False


@dataclass(frozen=True)
class Sender:
    """Who acted. `id` is stable over conversations: the directory's object id where the channel gives it.

    `account` is what the channel itself calls them, to mention them or to open a chat with them; empty where it gave none.
    """

    id: str
    name: str
    account: str = ""


@dataclass(frozen=True)
class Offer:
    """A file that came with a message, and where it can be fetched. `ours` says that it lies with the channel, which asks who we are."""

    name: str
    url: str
    ours: bool


@dataclass(frozen=True)
class Upload:
    """Where somebody lets us put a file that they were offered: their own place, by an address that is good for some minutes.

    `shown` is where they will find it, `id` and `kind` are how the channel calls it there, and `name` is its name there.
    """

    url: str
    shown: str
    id: str
    kind: str
    name: str


class CannotFetch(Exception):
    """An offer cannot be fetched; the text is the id of the reason: `elsewhere`, a place that is not allowed, or `unreachable`."""


@dataclass(frozen=True)
class Envelope:
    """One activity, as the turn takes it.

    `activity` is the channel's id of it (the deduplication key with the address). `card` is the id of the sent message whose
    button was pressed, if any. `invoke` says that the caller waits for an `Answer` in the response. `place` is where the step is
    taken: `bot.aside` sets it for what was said in a group. `offers` came with a message. `upload` is where to put the file that was
    accepted; `silent` says that an invoke's response has no room for an answer, which is a message then.
    """

    activity: str
    address: Address
    sender: Sender
    incoming: Incoming
    card: str = ""
    invoke: bool = False
    place: Place = Place.PERSONAL
    offers: tuple[Offer, ...] = ()
    upload: Upload | None = None
    silent: bool = False

    @property
    def answered(self) -> bool:
        """Whether the caller reads an `Answer` in the response."""
        return self.invoke and not self.silent

    @property
    def answers(self) -> str:
        """The activity that what is said is a reply to: none, where it is said elsewhere."""
        return "" if self.place is Place.MOVED else self.activity


@dataclass(frozen=True)
class Answer:
    """What an invoke is answered with, in the response itself: the card that takes the pressed card's place, or a text.

    `results` are what a search has found; there may be none. `again` says that the activity was seen before, and this is what an
    earlier turn answered.
    """

    message: Message | None = None
    results: tuple[Message, ...] = ()
    again: bool = False


@dataclass(frozen=True)
class Outgoing:
    """A message on its way.

    `update` is the id of the sent message it takes the place of, or empty for a new one; `reply_to` is the activity that it
    answers, or empty when the bot speaks first. What goes over a `bridge` is sent while that holds. Its file is put to `upload` first, if
    there is one. Where either cannot be, `instead` is sent, if there is anything to be said. `previews` are its pictures, made small as it
    is sent (`data:` addresses).
    """

    address: Address
    message: Message
    update: str = ""
    reply_to: str = ""
    bridge: str = ""
    instead: Outgoing | None = None
    upload: Upload | None = None
    previews: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handover:
    """One thing that happened to a case, on its way to one desk.

    `key` is stable over every retry: the desk's idempotency key. `case` is the case as it was when this happened to it, `event` what
    happened (its verb is `opened` for a new one). `message` is the card for desks that show cards, made when it was committed;
    None where the desk shows none. `because` says why the desk that comes before this one in the route does not have the case, or is
    empty. `files` are those that the desk has not seen yet: their bytes are read when it is delivered.
    """

    key: str
    desk: str
    case: Case
    tenant: Tenant
    event: Event
    message: Message | None = None
    because: str = ""
    files: tuple[File, ...] = ()


class Deed(StrEnum):
    """What a desk may say that it did with a case."""

    COMMENT = "comment"
    ASK = "ask"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


@dataclass(frozen=True)
class DeskEvent:
    """One thing that somebody at a desk did to a case. `id` is the desk's own, the same when it is said again.

    `author` is who did it, as the desk calls them; `tenant` is that of the case, where the desk says it. `files` came with it and are
    kept; `lost` are not.
    """

    id: str
    desk: str
    case: str
    deed: Deed
    words: str = ""
    author: str = ""
    tenant: str = ""
    files: tuple[File, ...] = ()
    lost: tuple[Lost, ...] = ()


ROOT = ";messageid="  # what a thread's id has between its channel and the message that it began with


def thread_reference(conversation: str, card: str = "") -> str:
    """How a desk in a channel calls a case: the thread's id and the card's, by which it began. Empty for what is no thread."""
    root = card or conversation.partition(ROOT)[2]
    return f"{conversation} {root}" if root else ""


class Undeliverable(Exception):
    """The other side refuses this for good (blocked bot, unknown conversation, too large): trying again is useless."""


class Unwanted(Undeliverable):
    """The other side refuses this one thing, as it is; it may well take the next."""


class Closed(Undeliverable):
    """The other side asks not to be called any more at all."""


class TryLater(Exception):
    """The other side cannot take this now. `after` is its own wish in seconds, or None."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Channel(Protocol):
    """A way to people. Implemented by `bot.channel.botframework` and `bot.channel.terminal`."""

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver one message and return the id the channel gave it (or empty).

        Raises `Undeliverable` or `TryLater`; nothing else.
        """
        ...


class Etiquette(Protocol):
    """What a channel does besides delivering messages. Implemented by `bot.channel.botframework` and `bot.channel.terminal`."""

    async def show_typing(self, address: Address) -> None:
        """Show that the bot is at work, where that can be shown. Never fails: it is a courtesy."""
        ...

    async def open_chat(self, address: Address, sender: Sender) -> Address:
        """The personal chat with somebody met at this address, opened if need be.

        Raises `Undeliverable` (the person does not have the bot) or `TryLater`; nothing else.
        """
        ...

    async def name_of(self, address: Address, sender: Sender) -> str:
        """What somebody in this conversation is called, or empty. Raises `Undeliverable` or `TryLater`; nothing else."""
        ...


class Take(Protocol):
    """The turn, as a channel sees it: `bot.turn.Turns.take`."""

    async def __call__(self, envelope: Envelope) -> Answer:
        """Do all that the activity asks for; return only when it is committed."""
        ...


class Hear(Protocol):
    """What desks say, as those who listen to them see it: `bot.hearing.Hearing.take`."""

    async def __call__(self, event: DeskEvent) -> tuple[int, dict[str, Any]]:
        """Do what the event says; return an HTTP status and its body when it is committed."""
        ...
