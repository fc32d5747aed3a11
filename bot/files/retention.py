"""Files that are kept no longer: those that no case ever came of, those of cases long closed, those of a person who is to be forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from bot.files.shelf import Shelf

GRACE = timedelta(days=1)  # bytes that are not on record yet may be on their way there


class Records(Protocol):
    """What is on record of files: `bot.store.files.FileTable`."""

    async def purge(self, waiting_before: datetime, closed_before: datetime | None) -> int:
        """Forget those that wait for a case since before then, and those of cases closed before then; return how many."""
        ...

    async def hashes(self) -> frozenset[str]:
        """All that must stay on the shelf."""
        ...


async def purge(
    records: Records, shelf: Shelf, now: datetime, days: int, closed_days: int | None = None
) -> tuple[int, int]:
    """Forget what has waited `days` for a case and, if asked for, what is with cases closed for `closed_days`.

    Returns how many files are no longer on record, and how many pieces of bytes went with them. Raises `Unavailable`.
    """
    closed = now - timedelta(days=closed_days) if closed_days is not None else None
    forgotten = await records.purge(now - timedelta(days=days), closed)
    return forgotten, await _swept(records, shelf, now)


async def erase(records: Records, shelf: Shelf, hashes: Collection[str]) -> int:
    """Take away at once the bytes of files that are on record no more; those that somebody else has sent as well stay.

    Returns how many pieces of bytes there were. Raises `Unavailable`.
    """
    return await shelf.drop(frozenset(hashes) - await records.hashes())


async def _swept(records: Records, shelf: Shelf, now: datetime) -> int:
    known = await records.hashes()
    return await shelf.sweep(known, (now - GRACE).timestamp())
