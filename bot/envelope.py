"""What travels between the rooms of the edge: where a conversation is, what came from it, what is answered at once.

No SDK type appears here, so that a channel can be replaced without touching the turn, the store or the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dialogs.values import Incoming, Message


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
    """Who acted. `id` is stable over conversations: the directory's object id where the channel gives it."""

    id: str
    name: str


@dataclass(frozen=True)
class Offer:
    """A file that came with a message, and where it can be fetched. `ours` says that it lies with the channel, which asks who we are."""

    name: str
    url: str
    ours: bool


class CannotFetch(Exception):
    """An offer cannot be fetched; the text is the id of the reason: `elsewhere`, a place that is not allowed, or `unreachable`."""


@dataclass(frozen=True)
class Envelope:
    """One activity, as the turn takes it.

    `activity` is the channel's id of it (the deduplication key with the address). `card` is the id of the sent message whose
    button was pressed, if any. `invoke` says that the caller waits for an `Answer` in the response. `offers` came with a message.
    """

    activity: str
    address: Address
    sender: Sender
    incoming: Incoming
    card: str = ""
    invoke: bool = False
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What an invoke is answered with, in the response itself: the card that takes the pressed card's place, or a text.

    `results` are what a search has found; there may be none.
    """

    message: Message | None = None
    results: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """A message on its way.

    `update` is the id of the sent message it takes the place of, or empty for a new one; `reply_to` is the activity that it
    answers, or empty when the bot speaks first.
    """

    address: Address
    message: Message
    update: str = ""
    reply_to: str = ""


class Undeliverable(Exception):
    """The channel refuses this message for good (blocked bot, unknown conversation, too large): trying again is useless."""


class TryLater(Exception):
    """The channel cannot take the message now. `after` is its own wish in seconds, or None."""

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


class Take(Protocol):
    """The turn, as a channel sees it: `bot.turn.Turns.take`."""

    async def __call__(self, envelope: Envelope) -> Answer:
        """Do all that the activity asks for; return only when it is committed."""
        ...
