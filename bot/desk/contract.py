"""What a desk is told, and what it has to be able to do. `bot.outbox` delivers; nothing here knows how a desk is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dialogs.values import Message
from handoff.case import Case
from handoff.life import Event
from handoff.people import Tenant


@dataclass(frozen=True)
class Handover:
    """One thing that happened to a case, on its way to one desk.

    `key` is stable over every retry: the desk's idempotency key. `case` is the case as it was when this happened to it, `event` what
    happened (its verb is `opened` for a new one). `message` is the card for desks that show cards, made when it was committed;
    None where the desk shows none.
    """

    key: str
    desk: str
    case: Case
    tenant: Tenant
    event: Event
    message: Message | None = None


class Desk(Protocol):
    """A place where cases are worked. Each kind is one small class, and passes `tests/bot/desk/contract.py`."""

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Tell the desk, and return how it calls the case (a ticket's number, a message's id), or empty if it has no name for it.

        `reference` is what an earlier delivery of the same case returned, or empty. Called at least once for each handover, in order
        within a case; what was delivered already must not be delivered twice: search before create, read back after.

        Raises `bot.envelope.TryLater` or `bot.envelope.Undeliverable`; nothing else.
        """
        ...
