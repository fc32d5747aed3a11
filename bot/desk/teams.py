"""A desk in a channel of Teams: one card for each case, which begins a thread and stays true; what is said about it goes into the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.desk.contract import Closed, Handover, TryLater, Undeliverable
from bot.envelope import Address, Outgoing, thread_reference
from dialogs.values import Message

__all__ = ["TeamsDesk", "Threads", "TryLater"]

REMINDERS = frozenset({"unclaimed", "warning", "missed"})
SAID = frozenset({"comment", "answer", "dispute", "reopen", "ask", "resolve"})  # what is told in the thread, beside the card
BLOCKED = ("BotNotInConversationRoster", "BotDisabledByAdmin", "ConversationBlockedByUser")


class Threads(Protocol):
    """What the desk needs of Teams; `bot.channel.botframework.Connector` has it."""

    async def send(self, outgoing: Outgoing) -> str:
        """Post a message, or replace one, and return its id."""
        ...

    async def start_thread(self, address: Address, message: Message) -> tuple[str, str]:
        """Post a message as a new thread of a channel, and return the ids of the thread and of the message."""
        ...


@dataclass(frozen=True)
class TeamsDesk:
    """One channel. A case is called by its thread and the message that began it, which is its card."""

    threads: Threads
    channel: Address

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Show the card as it is, and say in the thread what was said. Teams cannot be asked whether a message is there already: an
        answer that is lost on the way back may leave a second card, whose buttons work like the first one's.
        """
        if handover.message is None:
            raise Undeliverable("there is no card to show")
        reference = await self._show(handover.message, reference)
        for message in _thread_messages(handover):
            await self.threads.send(Outgoing(self._thread(reference), message))
        return reference

    async def _show(self, card: Message, reference: str) -> str:
        """Replace the card of the case; begin its thread, where there is none or somebody has deleted it."""
        thread, _, shown = reference.rpartition(" ")
        if shown:
            try:
                await self.threads.send(Outgoing(self._thread(reference), card, update=shown))
            except Undeliverable as gone:
                if "404" not in str(gone):
                    raise
            else:
                return thread_reference(thread, shown)
        return thread_reference(*await self.threads.start_thread(self.channel, card))

    def _thread(self, reference: str) -> Address:
        return replace(self.channel, conversation=reference.rpartition(" ")[0])
