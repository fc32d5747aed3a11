"""What a desk has to be able to do. `bot.courier` delivers; nothing here knows how a desk is reached."""

from __future__ import annotations

from typing import Protocol

from bot.envelope import Closed, Handover, TryLater, Undeliverable, Unwanted

__all__ = ["Closed", "Desk", "Handover", "TryLater", "Undeliverable", "Unwanted"]


class Desk(Protocol):
    """A place where cases are worked. Each kind is one small class, and passes `tests/bot/desk/contract.py`."""

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Tell the desk, and return how it calls the case (a ticket's number, a message's id), or empty if it has no name for it.

        `reference` is what an earlier delivery of the same case returned, or empty. Called at least once for each handover, in order
        within a case; what was delivered already must not be delivered twice: search before create, read back after.

        Raises `TryLater`; `Undeliverable` for a case that the desk does not take, `Unwanted` for this one thing, `Closed` when the desk is
        never to be called again; nothing else.
        """
        ...

    async def reach(self) -> str:
        """See whether the desk can be reached and knows us, without telling it of any case; return what answered, in a few words.

        Raises `TryLater` or `Undeliverable` saying what is wrong.
        """
        ...
