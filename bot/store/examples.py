"""The examples that people have accepted, as the trainer reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import examples
from bot.store.transaction import transaction

ACCEPTED = "accepted"


@dataclass(frozen=True)
class Accepted:
    """One accepted example; `person` is who wrote the message, if that is known."""

    id: int
    at: datetime
    text: str
    language: str
    category: str | None
    severity: str | None
    source: str
    accepted_by: str
    tenant: str = ""
    person: str = ""
    origin: str = ""


class ExampleTable:
    """Accepted examples, oldest first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, accepted: Sequence[Accepted]) -> None:
        """Take these in as accepted; their ids are given here."""
        rows = [{name: value for name, value in vars(one).items() if name != "id"} for one in accepted]
        if rows:
            async with transaction(self._engine) as connection:
                await connection.execute(insert(examples), rows)

    async def accepted(self) -> list[Accepted]:
        """All that may be learned from."""
        columns = [examples.c[name] for name in Accepted.__annotations__]
        asked = select(*columns).where(examples.c.status == ACCEPTED).order_by(examples.c.id)
        async with transaction(self._engine) as connection:
            return [Accepted(**row) for row in (await connection.execute(asked)).mappings()]
