"""What operators look at: counts of messages, the queue, answers to surveys, requests with their clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.cases import case_of
from bot.store.tables import cases, readings, surveys
from bot.store.tenants import find
from bot.store.transaction import transaction
from handoff.case import Case
from handoff.people import Tenant
from handoff.rulebook import Status

SUPERSEDED = ("more", "several")  # read again, with more words or part by part: they are not counted twice
MOST = 5000
FILTERS = ("language", "proposed", "category", "outcome", "decision")


@dataclass(frozen=True)
class Tally:
    """So many messages that were understood in one way and became one thing."""

    language: str
    decision: str
    outcome: str
    proposed: str | None
    category: str | None
    many: int


@dataclass(frozen=True)
class Judged:
    """A message of which a person has said, or let stand, what it is about."""

    confidence: float
    proposed: str | None
    category: str


@dataclass(frozen=True)
class Message:
    """A message as a list shows it; its text is scrubbed."""

    id: int
    at: datetime
    text: str
    language: str
    decision: str
    outcome: str
    proposed: str | None
    category: str | None
    severity: str | None
    confidence: float
    case: str


class FigureTable:
    """Questions over all tenants: only operators ask them."""

    def __init__(self, engine: AsyncEngine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    async def tallies(self, start: datetime, end: datetime) -> list[Tally]:
        """The messages of a span of time, counted."""
        columns = [readings.c[name] for name in ("language", "decision", "outcome", "proposed", "category")]
        asked = select(*columns, func.count().label("many")).where(*_between(start, end)).group_by(*columns)
        return [Tally(**row) for row in await self._rows(asked)]

    async def judged(self, start: datetime, end: datetime) -> list[Judged]:
        """The newest messages whose category a person has said or let stand."""
        known = (*_between(start, end), readings.c.category.is_not(None))
        columns = [readings.c[name] for name in Judged.__annotations__]
        return [
            Judged(**row)
            for row in await self._rows(select(*columns).where(*known).order_by(readings.c.id.desc()).limit(MOST))
        ]

    async def messages(self, start: datetime, end: datetime, wanted: Mapping[str, str], limit: int) -> list[Message]:
        """The newest messages that are as `wanted` (some of `FILTERS`)."""
        where = [readings.c[name] == wanted[name] for name in FILTERS if wanted.get(name)]
        columns = [readings.c[name] for name in Message.__annotations__]
        asked = select(*columns).where(*_between(start, end), *where).order_by(readings.c.id.desc()).limit(limit)
        return [Message(**row) for row in await self._rows(asked)]

    async def texts(self, limit: int) -> list[str]:
        """What came in last, newest first."""
        counted = readings.c.outcome.not_in(SUPERSEDED)
        rows = await self._rows(select(readings.c.text).where(counted).order_by(readings.c.id.desc()).limit(limit))
        return [row["text"] for row in rows]

    async def queue(self) -> dict[tuple[str, str], int]:
        """How many open cases each has, by their status."""
        asked = select(cases.c.holder, cases.c.status, func.count().label("many"))
        asked = asked.where(cases.c.status != Status.CLOSED.value).group_by(cases.c.holder, cases.c.status)
        return {(row["holder"], row["status"]): row["many"] for row in await self._rows(asked)}

    async def requests(self, start: datetime) -> list[tuple[Case, Tenant]]:
        """The service requests opened since, newest first, each with its tenant."""
        asked = select(cases).where(cases.c.opened_at >= start, cases.c.packet.is_not(None))
        async with transaction(self._engine) as connection:
            rows = await connection.execute(asked.order_by(cases.c.opened_at.desc()).limit(MOST))
            found = [case_of(dict(row)) for row in rows.mappings()]
            tenants = await find(connection, list({one.tenant for one in found}), self._plan)
        return [(one, tenants[one.tenant]) for one in found]

    async def ratings(self, start: datetime) -> list[tuple[int, str]]:
        """What requesters answered since, newest first: the rating, and their words."""
        asked = select(surveys.c.rating, surveys.c.words).where(surveys.c.at >= start)
        return [
            (row["rating"], row["words"]) for row in await self._rows(asked.order_by(surveys.c.at.desc()).limit(MOST))
        ]

    async def _rows(self, asked: Any) -> Sequence[RowMapping]:
        async with transaction(self._engine) as connection:
            return (await connection.execute(asked)).mappings().all()


def _between(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (readings.c.at >= start, readings.c.at < end, readings.c.outcome.not_in(SUPERSEDED))
