"""Cases and what happened to them, as rows and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.contract import Conflict
from bot.store.tables import audit, cases, surveys
from handoff.case import Case, Decider, Holder, Judgement
from handoff.clock import Clock
from handoff.life import Event
from handoff.packet import Packet
from handoff.people import Person
from handoff.rulebook import Severity, Status

MOST = 200  # cases of one list
LATEST = 20  # events of one case that are shown somewhere

PLAIN = (
    *("number", "key", "tenant", "language", "description", "category", "wants_a_person", "opened_at"),
    *("round", "quiet_since", "resolved_at", "closed_at", "follows", "revision", "author", "link"),
)


def row_of(case: Case) -> dict[str, Any]:
    """The row that keeps a case, but for the place where it was opened."""
    judgement = asdict(case.judgement)
    return {
        **{name: getattr(case, name) for name in PLAIN},
        **{name: _value(getattr(case, name)) for name in ("severity", "holder", "status", "severity_by", "back")},
        "requester_id": case.requester.id,
        "requester_name": case.requester.name,
        "owner_id": case.owner and case.owner.id,
        "owner_name": case.owner and case.owner.name,
        "confidence": judgement["confidence"],
        "judgement": judgement,
        "packet": case.packet and asdict(case.packet),
        "elapsed": case.clock.elapsed.total_seconds(),
        "running_since": case.clock.running_since,
        "answered_at": case.clock.answered_at,
    }


def case_of(row: Mapping[str, Any]) -> Case:
    """The case that a row keeps."""
    judgement = {**row["judgement"], "evidence": tuple(row["judgement"]["evidence"])}
    severity = judgement["proposed_severity"]
    return Case(
        **{name: row[name] for name in PLAIN},
        requester=Person(row["requester_id"], row["requester_name"]),
        severity=Severity(row["severity"]) if row["severity"] else None,
        holder=Holder(row["holder"]),
        status=Status(row["status"]),
        severity_by=Decider(row["severity_by"]),
        back=Status(row["back"]) if row["back"] else None,
        owner=Person(row["owner_id"], row["owner_name"]) if row["owner_id"] else None,
        judgement=Judgement(**{**judgement, "proposed_severity": Severity(severity) if severity else None}),
        packet=Packet(**row["packet"]) if row["packet"] else None,
        clock=Clock(timedelta(seconds=row["elapsed"]), row["running_since"], row["answered_at"]),
    )


async def add(connection: AsyncConnection, case: Case, place: Mapping[str, str], events: Sequence[Event]) -> None:
    """A new case, and what happened to it so far."""
    where = {"channel": place["channel"], "conversation": place["conversation"]}
    await connection.execute(insert(cases), {**row_of(case), **where})
    facts = {"category": case.category or "", "severity": str(case.severity or ""), "holder": str(case.holder)}
    opened = Event(case.number, "opened", case.requester, case.opened_at, Status.NEW, "", facts)
    for event in (opened, *events):
        await record(connection, case.tenant, event)


async def change(connection: AsyncConnection, case: Case, event: Event, key: str = "") -> None:
    """What a case has become. Raises `Conflict` when somebody changed it meanwhile."""
    row = row_of(case)
    here = (cases.c.number == case.number, cases.c.revision == case.revision - 1)
    done = await connection.execute(update(cases).where(*here).values(**row))
    if done.rowcount != 1:
        raise Conflict(f"{case.number} changed meanwhile")
    await record(connection, case.tenant, event, key)


async def record(connection: AsyncConnection, tenant: str, event: Event, key: str = "") -> None:
    """Put an event on record; one button's deed stands there once, and a second one breaks the key."""
    row = {
        "at": event.at,
        "tenant": tenant,
        "actor": event.by.id,
        "actor_name": event.by.name,
        "verb": event.verb,
        "subject": event.case,
        "status": event.status.value,
        "words": event.words,
        "facts": dict(event.facts),
        "key": key or None,
    }
    await connection.execute(insert(audit), row)


async def find(connection: AsyncConnection, number: str, *, skip_locked: bool = False) -> Case | None:
    """The case of this number, kept from others until the transaction ends; None as well for one that others have, if skipped."""
    here = select(cases).where(cases.c.number == number)
    rows = await connection.execute(here.with_for_update(skip_locked=skip_locked))
    row = rows.mappings().first()
    return case_of(dict(row)) if row else None


async def events(connection: AsyncConnection, number: str) -> tuple[Event, ...]:
    """The latest of what happened to a case, oldest first."""
    latest = select(audit).where(audit.c.subject == number).order_by(audit.c.id.desc()).limit(LATEST)
    rows = (await connection.execute(latest)).mappings().all()
    return tuple(_event(dict(row)) for row in reversed(rows))


async def was_done(connection: AsyncConnection, number: str, key: str) -> bool:
    """Whether the button with this token has done its deed to this case already."""
    here = exists().where(audit.c.subject == number, audit.c.key == key)
    return bool(key) and bool(await connection.scalar(select(here)))


async def was_rated(connection: AsyncConnection, case: Case) -> bool:
    """Whether the survey of this resolution has been answered."""
    here = exists().where(surveys.c.case == case.number, surveys.c.round == case.round)
    return bool(await connection.scalar(select(here)))


async def listed(connection: AsyncConnection, recent: datetime, *where: ColumnElement[bool]) -> tuple[Case, ...]:
    """Cases, open ones first and then newest first; closed ones if they were closed after `recent`."""
    lives = or_(cases.c.status != Status.CLOSED.value, cases.c.closed_at >= recent)
    order = (cases.c.closed_at.is_not(None), cases.c.opened_at.desc())
    rows = await connection.execute(select(cases).where(lives, *where).order_by(*order).limit(MOST))
    return tuple(case_of(dict(row)) for row in rows.mappings())


def _event(row: Mapping[str, Any]) -> Event:
    status = Status(row["status"] or Status.NEW)
    who = Person(row["actor"], row["actor_name"])
    return Event(row["subject"], row["verb"], who, row["at"], status, row["words"], row["facts"])


def _value(of: Any) -> str | None:
    return None if of is None else str(of.value)
