"""What operators look at: counts of messages, the queue, answers to surveys, requests with their clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.cases import case_of
from bot.store.people import with_names
from bot.store.tables import cases, readings, surveys
from bot.store.tenants import find
from bot.store.transaction import transaction
from handoff.case import Case
from handoff.people import Tenant
from handoff.rulebook import Status

SUPERSEDED = ("more", "several")  # read again, with more words or part by part: they are not counted twice
LET_STAND = "redirected"  # sent away, and did not object
SETTLED = (LET_STAND, "redirected_wrongly", "wrong")  # known to be right or wrong, though nobody said what it is
MOST = 5000
FILTERS = ("language", "proposed", "category", "outcome", "decision")


@dataclass(frozen=True)
class Tally:
    """So many messages that were understood in one way and became one thing; `category` is what a person said it is."""

    language: str
    decision: str
    outcome: str
    proposed: str | None
    category: str | None
    many: int

    @property
    def stands(self) -> str | None:
        """What a person said it is, or let stand: who was sent away and did not object took the proposal."""
        return self.category or (self.proposed if self.outcome == LET_STAND else None)


@dataclass(frozen=True)
class Judged:
    """A message of which a person has said, or let stand, whether the proposal is right."""

    confidence: float
    right: bool


@dataclass(frozen=True)
class Written:
    """A message's text, scrubbed, and who wrote it."""

    text: str
    person: str


@dataclass(frozen=True)
class Rating:
    """An answer to a survey: how many of five, what was written with it, and the name of who did."""

    rating: int
    words: str
    name: str


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
        """The newest messages of which a person has said what they are or are not about, or has let the proposal stand."""
        said, proposed = readings.c.category, readings.c.proposed
        known = (*_between(start, end), proposed.is_not(None), or_(said.is_not(None), readings.c.outcome.in_(SETTLED)))
        right = or_(said == proposed, and_(said.is_(None), readings.c.outcome == LET_STAND))
        asked = select(readings.c.confidence, func.coalesce(right, false()).label("right")).where(*known)
        rows = await self._rows(asked.order_by(readings.c.id.desc()).limit(MOST))
        return [Judged(row["confidence"], bool(row["right"])) for row in rows]

    async def messages(
        self, start: datetime, end: datetime, wanted: Mapping[str, str], limit: int, before: int | None = None
    ) -> list[Message]:
        """The newest messages that are as `wanted` (some of `FILTERS`); `before` is the id of the last one seen."""
        where = [_is(name, wanted[name]) for name in FILTERS if wanted.get(name)]
        where += [readings.c.id < before] if before is not None else []
        columns = [readings.c[name] for name in Message.__annotations__]
        asked = select(*columns).where(*_between(start, end), *where).order_by(readings.c.id.desc()).limit(limit)
        return [Message(**row) for row in await self._rows(asked)]

    async def texts(self, limit: int) -> list[Written]:
        """What came in last, newest first."""
        counted = readings.c.outcome.not_in(SUPERSEDED)
        asked = select(readings.c.text, (readings.c.tenant + ":" + readings.c.person).label("person")).where(counted)
        return [Written(**row) for row in await self._rows(asked.order_by(readings.c.id.desc()).limit(limit))]

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

    async def ratings(self, start: datetime) -> list[Rating]:
        """What requesters answered since, newest first."""
        asked = with_names(surveys, surveys.c.rating, surveys.c.words).where(surveys.c.at >= start)
        return [Rating(**row) for row in await self._rows(asked.order_by(surveys.c.at.desc()).limit(MOST))]

    async def _rows(self, asked: Any) -> Sequence[RowMapping]:
        async with transaction(self._engine) as connection:
            return (await connection.execute(asked)).mappings().all()


def _is(name: str, value: str) -> ColumnElement[bool]:
    """Whether a message has this value; what was let stand is the category of its message."""
    here = readings.c[name] == value
    if name != "category":
        return here
    let_stand = and_(readings.c.category.is_(None), readings.c.outcome == LET_STAND, readings.c.proposed == value)
    return or_(here, let_stand)


def _between(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (readings.c.at >= start, readings.c.at < end, readings.c.outcome.not_in(SUPERSEDED))
