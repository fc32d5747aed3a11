"""The cards of a case that were sent: which of them are still looked at, and in which chat."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.contract import Copy
from bot.store.payload import outgoing_from_json
from bot.store.tables import outbox

MOST = 200  # cards of one case; those who have more get no older ones mended


async def live(connection: AsyncConnection, case: str) -> list[Copy]:
    """The cards of this case in personal chats, oldest first: each message once, as it was sent last."""
    here = (outbox.c.case == case, outbox.c.desk == "", outbox.c.sent_id.is_not(None), outbox.c.sent_id != "")
    each = (
        select(
            outbox.c.stream, outbox.c.sent_id, func.min(outbox.c.id).label("first"), func.max(outbox.c.id).label("last")
        )
        .where(*here)
        .group_by(outbox.c.stream, outbox.c.sent_id)
        .order_by(func.min(outbox.c.id).desc())
        .limit(MOST)
        .subquery()
    )
    asked = select(each.c.stream, each.c.sent_id, outbox.c.payload).join(outbox, outbox.c.id == each.c.last)
    rows = (await connection.execute(asked.order_by(each.c.first))).all()
    found = [(row.stream, row.sent_id, outgoing_from_json(row.payload)) for row in rows]
    return [
        Copy(stream, sent_id, outgoing.address, outgoing.message)
        for stream, sent_id, outgoing in found
        if not outgoing.address.group
    ]


async def retire(connection: AsyncConnection, copies: Sequence[Copy]) -> None:
    """These are not looked at any more."""
    for copy in copies:
        await shows(connection, copy.stream, copy.id, "")


async def shows(connection: AsyncConnection, stream: str, sent_id: str, case: str) -> None:
    """What this message shows now: another card has taken the place of its own."""
    here = (outbox.c.stream == stream, outbox.c.sent_id == sent_id)
    await connection.execute(update(outbox).where(*here).values(case=case))
