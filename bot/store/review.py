"""What waits for an operator's judgement: messages with what was said of them, each before one reviewer at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.contract import Conflict
from bot.store.tables import examples, labels, readings, reviews
from bot.store.transaction import transaction

LEASE = timedelta(minutes=5)  # how long a reviewer has a message for themselves
SUPERSEDED = ("more", "several")  # read again, with more words or part by part
EACH = 60  # candidates of each kind that are weighed against one another
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Candidate:
    """A message that could be learned from. `category` and `severity` are what a person said or let stand, `source` who that was.

    `said` tells a person's word from a mere silence. `person` wrote the message.
    """

    origin: str
    at: datetime
    text: str
    language: str
    tenant: str
    person: str
    model: str
    proposed: str | None
    proposed_severity: str | None
    category: str | None
    severity: str | None
    source: str
    said: bool
    outcome: str = ""
    decision: str = ""
    confidence: float = 0.0
    margin: float = 1.0
    outlier: float = 0.0
    probabilities: Mapping[str, float] = field(default_factory=dict)


class ReviewTable:
    """Candidates, leases and decisions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def candidates(self, reviewer: str, now: datetime) -> list[Candidate]:
        """Those that may teach most, of several kinds, and some at random; none that others have before them or have decided."""
        free = _free(reviewer, now)
        ordered: Sequence[tuple[ColumnElement[bool], Any]] = (
            (labels.c.id.is_not(None), labels.c.id.desc()),
            (labels.c.id.is_(None), readings.c.margin),
            (labels.c.id.is_(None), readings.c.outlier.desc()),
            (labels.c.id.is_(None), (readings.c.id * 7919) % 10007),  # a shuffle that both databases know
        )
        found: dict[str, Candidate] = {}
        async with transaction(self._engine) as connection:
            for where, order in ordered:
                rows = await connection.execute(_messages().where(where, free).order_by(order).limit(EACH))
                found |= {one.origin: one for one in map(_candidate, rows.mappings())}
        return list(found.values())

    async def lease(self, origin: str, reviewer: str, now: datetime) -> bool:
        """Put a message before this reviewer; False when somebody else was faster."""
        lease = {"reviewer": reviewer, "lease_until": now + LEASE}
        try:
            async with transaction(self._engine) as connection:
                taken = await connection.execute(update(reviews).where(*_mine(origin, reviewer, now)).values(**lease))
                if not taken.rowcount:
                    await connection.execute(insert(reviews), {"origin": origin, "decision": "", **lease})
        except Conflict:  # it is there: another's, or decided
            return False
        return True

    async def find(self, origin: str) -> Candidate | None:
        """One message, whoever has it."""
        async with transaction(self._engine) as connection:
            row = (await connection.execute(_messages().where(_origin() == origin))).mappings().first()
        return _candidate(row) if row else None

    async def decide(
        self, origin: str, reviewer: str, decision: str, example: Mapping[str, Any] | None, now: datetime
    ) -> bool:
        """Put a decision on record, and the example that it makes; False when somebody else has decided, or has it now."""
        async with transaction(self._engine) as connection:
            settled = {"decision": decision, "decided_at": now, "reviewer": reviewer, "lease_until": now}
            done = await connection.execute(update(reviews).where(*_mine(origin, reviewer, now)).values(**settled))
            if done.rowcount and example is not None:
                await connection.execute(insert(examples), {**example, "origin": origin, "at": now})
            return bool(done.rowcount)

    async def give_back(self, origin: str, reviewer: str, until: datetime) -> None:
        """Put it aside: nobody is shown it before `until`."""
        mine = (reviews.c.origin == origin, reviews.c.reviewer == reviewer, reviews.c.decision == "")
        async with transaction(self._engine) as connection:
            await connection.execute(update(reviews).where(*mine).values(lease_until=until, reviewer=""))

    async def undo(self, reviewer: str, now: datetime) -> str | None:
        """Take this reviewer's last decision back, with the example it made, and put the message before them again."""
        async with transaction(self._engine) as connection:
            theirs = (reviews.c.reviewer == reviewer, reviews.c.decision != "")
            last = await connection.scalar(
                select(reviews.c.origin).where(*theirs).order_by(reviews.c.decided_at.desc()).limit(1)
            )
            if last is not None:
                await _unlearn(connection, last)
                again = {"decision": "", "decided_at": None, "lease_until": now + LEASE}
                await connection.execute(update(reviews).where(reviews.c.origin == last).values(**again))
            return last

    async def counts(self, reviewer: str, now: datetime) -> tuple[int, int]:
        """How many messages a person has said something about that nobody has judged yet, and how many this reviewer has judged."""
        waiting = select(func.count()).select_from(
            _messages().where(labels.c.id.is_not(None), _free(reviewer, now)).subquery()
        )
        mine = select(func.count()).where(reviews.c.reviewer == reviewer, reviews.c.decision != "")
        async with transaction(self._engine) as connection:
            return (await connection.scalar(waiting)) or 0, (await connection.scalar(mine)) or 0


async def _unlearn(connection: AsyncConnection, origin: str) -> None:
    """It is learned from no more; the row stays for the models that already have."""
    here = (examples.c.origin == origin, examples.c.status == ACCEPTED)
    await connection.execute(update(examples).where(*here).values(status="withdrawn"))


def _mine(origin: str, reviewer: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """An undecided message that is this reviewer's, or nobody's any more."""
    free = or_(reviews.c.reviewer == reviewer, reviews.c.lease_until <= now)
    return (reviews.c.origin == origin, reviews.c.decision == "", free)


def _free(reviewer: str, now: datetime) -> ColumnElement[bool]:
    taken = or_(reviews.c.decision != "", and_(reviews.c.lease_until > now, reviews.c.reviewer != reviewer))
    busy = select(reviews.c.origin).where(taken)
    return and_(_origin().not_in(busy), readings.c.outcome.not_in(SUPERSEDED))


def _origin() -> ColumnElement[str]:
    return literal("readings:") + func.cast(readings.c.id, readings.c.text.type)


def _messages() -> Select[Any]:
    """Messages with the last word that was said of each, if any."""
    each = labels.alias()
    newest = select(func.max(each.c.id)).where(each.c.reading == readings.c.id).correlate(readings).scalar_subquery()
    said = labels.c.id.is_not(None)
    columns = ("at", "text", "language", "tenant", "person", "model", "proposed", "proposed_severity", "outcome")
    figures = ("decision", "confidence", "margin", "outlier", "probabilities")
    return select(
        _origin().label("origin"),
        *(readings.c[name] for name in (*columns, *figures)),
        case((said, labels.c.category), else_=readings.c.category).label("category"),
        case((said, labels.c.severity), else_=readings.c.severity).label("severity"),
        func.coalesce(labels.c.source, "").label("source"),
        said.label("said"),
    ).select_from(readings.outerjoin(labels, labels.c.id == newest))


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(**{**row, "said": bool(row["said"])})
