"""Files as rows: kept when they are sent, given to a case when there is one, forgotten when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.tables import cases, files
from bot.store.transaction import transaction
from handoff.effects import KeepFiles
from handoff.file import File

COLUMNS = tuple(files.c[name] for name in File.__annotations__)


async def keep(connection: AsyncConnection, who: Mapping[str, Any], effect: KeepFiles) -> None:
    """Write down what was sent, and give it, and what the same person sent before, to the case."""
    if effect.new:
        rows = [{**who, **vars(one), "case": effect.case, "place": place} for place, one in enumerate(effect.new)]
        await connection.execute(insert(files), rows)
    if effect.held and effect.case:
        ids = [one.id for one in effect.held]
        mine = (files.c.tenant == who["tenant"], files.c.person == who["person"], files.c.case == "")
        await connection.execute(update(files).where(files.c.id.in_(ids), *mine).values(case=effect.case))


async def of_case(connection: AsyncConnection, number: str) -> tuple[File, ...]:
    """The files of a case, in the order they were sent."""
    rows = await connection.execute(_of_case(number))
    return tuple(File(**row) for row in rows.mappings())


class FileTable:
    """What is on record of files, for whoever is not in a turn: desks, retention, erasure."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of_case(self, number: str) -> tuple[File, ...]:
        """The files of a case, in the order they were sent. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            return await of_case(connection, number)

    async def purge(self, waiting_before: datetime, closed_before: datetime | None) -> int:
        """Forget those that wait for a case since before then, and those of cases closed before then; return how many."""
        async with transaction(self._engine) as connection:
            waiting = delete(files).where(files.c.case == "", files.c.at < waiting_before)
            forgotten = (await connection.execute(waiting)).rowcount
            if closed_before is not None:
                closed = select(cases.c.number).where(cases.c.closed_at < closed_before)
                forgotten += (await connection.execute(delete(files).where(files.c.case.in_(closed)))).rowcount
            return forgotten

    async def hashes(self) -> frozenset[str]:
        """All that must stay on the shelf."""
        async with transaction(self._engine) as connection:
            return frozenset(await connection.scalars(select(files.c.sha256).distinct()))


def _of_case(number: str) -> Select[Any]:
    return select(*COLUMNS).where(files.c.case == number).order_by(files.c.at, files.c.place, files.c.id)
