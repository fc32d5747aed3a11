"""What people think of our proposals: the last thumb of each of them under each message, for the operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.payload import proposed_from_json
from bot.store.people import with_names
from bot.store.tables import feedback, outbox
from bot.store.transaction import transaction
from dialogs.values import Proposed
from handoff.effects import RecordFeedback

NAME_LENGTH = 255
MOST = 5000


@dataclass(frozen=True)
class Opinion:
    """A thumb: `reaction` as Teams calls it, what was written with it, and the name of who did."""

    reaction: str
    reason: str
    name: str


async def proposed(connection: AsyncConnection, stream: str, message: str) -> Proposed | None:
    """What was proposed with the message of this name in this conversation, if that is known still."""
    here = (outbox.c.stream == stream, outbox.c.sent_id == message)
    payload = await connection.scalar(select(outbox.c.payload).where(*here).order_by(outbox.c.id.desc()).limit(1))
    stored = (payload or {}).get("message", {}).get("proposed")
    return proposed_from_json(stored) if stored else None


async def record(connection: AsyncConnection, who: Mapping[str, Any], effect: RecordFeedback) -> None:
    """Keep a thumb; one that the same person gave the same message before is replaced."""
    row = {**who, **vars(effect), "message": effect.message[:NAME_LENGTH]}
    key = (feedback.c[column.name] == row[column.name] for column in feedback.primary_key)
    await connection.execute(delete(feedback).where(*key))
    await connection.execute(insert(feedback), row)


class Opinions:
    """The thumbs, for the operators."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def newest(self, limit: int) -> list[dict[str, Any]]:
        """The last ones, newest first. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            rows = await connection.execute(select(feedback).order_by(feedback.c.at.desc()).limit(limit))
            return [dict(row) for row in rows.mappings()]

    async def since(self, start: datetime) -> list[Opinion]:
        """All since then, newest first. Raises `Unavailable`."""
        asked = with_names(feedback, feedback.c.reaction, feedback.c.reason).where(feedback.c.at >= start)
        async with transaction(self._engine) as connection:
            rows = await connection.execute(asked.order_by(feedback.c.at.desc()).limit(MOST))
            return [Opinion(**row) for row in rows.mappings()]
