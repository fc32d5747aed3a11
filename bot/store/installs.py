"""Where the bot is installed: each conversation is welcomed once, and again when the bot comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Envelope
from bot.store.tables import installs, people


async def known(connection: AsyncConnection, place: Mapping[str, str]) -> bool:
    """Whether the bot is in this conversation already."""
    here = [installs.c[name] == value for name, value in place.items()]
    return bool(await connection.scalar(select(exists().where(*here))))


async def arrived(connection: AsyncConnection, place: Mapping[str, str], now: datetime) -> None:
    """The bot has come here; somebody who notes the same meanwhile breaks the key, and takes their turn again."""
    if not await known(connection, place):
        await connection.execute(insert(installs), {**place, "at": now})


async def departed(connection: AsyncConnection, place: Mapping[str, str], envelope: Envelope) -> None:
    """The bot was removed: whoever removed it from their own chat cannot be written to there any more."""
    await connection.execute(delete(installs).where(*(installs.c[name] == value for name, value in place.items())))
    if not envelope.address.group:
        person = (people.c.tenant == envelope.address.tenant, people.c.id == envelope.sender.id)
        await connection.execute(update(people).where(*person).values(address=None))
