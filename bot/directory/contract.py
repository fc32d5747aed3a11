"""What a turn asks a directory, and what a directory needs of the store."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.standing import Standing


class Directory(Protocol):
    """Who is an administrator. Asked before the transaction: a lock is no place to wait for an answer from elsewhere."""

    async def administers(self, tenant: str, person: str) -> bool | None:
        """Whether this person administers this tenant; None where it cannot say, and the tenant's own list decides.

        Answers within about two seconds. Raises `bot.store.Unavailable` where its memory is the store's.
        """
        ...

    async def start(self) -> None:
        """Begin what runs beside the turns, in the running loop."""
        ...

    async def close(self) -> None:
        """End it, and let go of all connections."""
        ...


class Memory(Protocol):
    """Where answers are kept, for every replica. Implemented by `bot.store.directory`."""

    async def find(self, tenant: str, person: str) -> Standing | None:
        """The last answer."""
        ...

    async def keep(self, tenant: str, person: str, standing: Standing) -> None:
        """Write the newest answer down."""
        ...

    async def older(self, tenant: str, than: datetime) -> list[str]:
        """The administrators of a tenant whose answer is older: those who may have to be told of a case."""
        ...
