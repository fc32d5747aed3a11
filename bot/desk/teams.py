"""A desk in a channel of Teams: one card for each case, which begins a thread and stays true; what is said goes into the thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.desk.contract import Handover, Undeliverable
from bot.envelope import Address, Outgoing, thread_reference
from dialogs.desk import reminder, thread_note
from dialogs.markdown import literal
from dialogs.values import Message
from dialogs.words import Say, Words
from handoff.desks import DeskRow, OnCall

CHANNEL = "msteams"
REMINDERS = frozenset({"unclaimed", "warning", "missed"})


class Threads(Protocol):
    """What the desk needs of Teams; `bot.channel.botframework.Connector` has it."""

    async def send(self, outgoing: Outgoing) -> str:
        """Post a message, or replace one, and return its id."""
        ...

    async def start_thread(self, address: Address, message: Message) -> tuple[str, str]:
        """Post a message as a new thread of a channel, and return the ids of the thread and of the message."""
        ...

    async def members(self, address: Address) -> int:
        """How many people, at least, are where the bot is."""
        ...


def teams_desks(rows: Mapping[str, DeskRow], threads: Threads, app_id: str, words: Words) -> dict[str, TeamsDesk]:
    """The desks of the table that are channels of Teams, where the bot of this `app_id` speaks."""
    bot = f"28:{app_id}" if app_id else ""
    return {
        id_: TeamsDesk(
            threads,
            Address(CHANNEL, row.tenant, row.channel, row.service_url, bot, group=True),
            words.voice(row.language),
            row.on_call,
        )
        for id_, row in rows.items()
        if row.kind == "teams"
    }


@dataclass(frozen=True)
class TeamsDesk:
    """One channel. A case is called by its thread and the message that began it, which is its card.

    Teams cannot be asked whether a message is there already: an answer that is lost on the way back may leave a second card, or a
    second remark in the thread. The buttons of both cards work; the newer one is kept true.
    """

    threads: Threads
    channel: Address
    say: Say
    on_call: tuple[OnCall, ...] = ()

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Show the case as it is on its card, and tell in the thread what was said, or that it waits for somebody."""
        if handover.message is None:
            raise Undeliverable("there is no card to show")
        reference = await self._show(handover.message, reference)
        for message in self._besides(handover):
            await self.threads.send(Outgoing(self._thread(reference), message))
        return reference

    async def reach(self) -> str:
        """See whether the bot is in the channel's team."""
        return f"{await self.threads.members(self.channel)} members"

    async def _show(self, card: Message, reference: str) -> str:
        """Replace the card of the case; begin its thread, where there is none or somebody has deleted it."""
        thread, _, shown = reference.rpartition(" ")
        if thread:
            try:
                await self.threads.send(Outgoing(self._thread(reference), card, update=shown))
            except Undeliverable as refusal:
                if not str(refusal).startswith("404"):
                    raise
            else:
                return reference
        return thread_reference(*await self.threads.start_thread(self.channel, card))

    def _thread(self, reference: str) -> Address:
        return replace(self.channel, conversation=reference.rpartition(" ")[0])

    def _besides(self, handover: Handover) -> Iterator[Message]:
        """What the thread is told besides the card, which tells nobody that it has changed."""
        card, event = handover.message, handover.event
        if handover.because:
            yield Message(self.say("desk-because", reason=literal(handover.because)))
        if card is not None and event.verb in REMINDERS:
            yield reminder(card.text, [(one.id, one.name) for one in self.on_call])
        elif card is not None and event.words and event.verb != "said":
            yield thread_note(card.text, event.words)
