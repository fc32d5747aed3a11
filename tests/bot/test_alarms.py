"""The clock's own turn: each alarm rings once, however many replicas look, and however often."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.alarms import Alarms
from bot.metrics import Metrics
from bot.outbox import Relay
from bot.store import SqlStore, open_store
from bot.store import alarms as alarm_rows
from bot.store import cases as case_rows
from bot.store.tables import audit
from bot.store.transaction import transaction
from dialogs.scene import Knowledge
from handoff.alarms import alarms_of
from handoff.case import Case, Holder, Judgement
from handoff.clock import Clock
from handoff.packet import Packet
from handoff.people import Person, Tenant
from handoff.rulebook import Severity, Status

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
CONTOSO = Tenant("contoso", "enterprise_e3")
CASES, REPLICAS = 60, 3


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    opened = open_store(database_url, "enterprise_e3")
    await opened.start()
    yield opened
    await opened.close()


async def test_five_dozen_warnings_due_at_once_ring_once_each_on_three_replicas(
    store: SqlStore, database_url: str, knowledge: Knowledge
) -> None:
    for number in range(CASES):
        await keep(store, request(f"T-{number:03}-AAAA"), knowledge)
    replicas = [open_store(database_url, "enterprise_e3") for _ in range(REPLICAS)]
    now = START + timedelta(minutes=50)

    rung = await asyncio.gather(*(until_silent(alarms(one, knowledge, now)) for one in replicas))

    for one in replicas:
        await one.close()
    assert sum(rung) == CASES
    assert await history(store) == {f"T-{number:03}-AAAA": ["opened", "warning"] for number in range(CASES)}


async def test_a_warning_then_the_miss_and_neither_again(store: SqlStore, knowledge: Knowledge) -> None:
    await keep(store, request("T-222-2222"), knowledge)

    for minutes in (10, 46, 47, 61, 62, 600):
        await alarms(store, knowledge, START + timedelta(minutes=minutes)).ring()

    assert await history(store) == {"T-222-2222": ["opened", "warning", "missed"]}


async def test_a_solved_case_that_nobody_answers_for_closes_once(store: SqlStore, knowledge: Knowledge) -> None:
    solved = replace(request("T-222-2222"), status=Status.RESOLVED, resolved_at=START, clock=Clock(answered_at=START))
    await keep(store, solved, knowledge)
    later = START + timedelta(days=knowledge.rules.life.silence_days)

    assert await alarms(store, knowledge, later - timedelta(seconds=1)).ring() == 0
    assert await alarms(store, knowledge, later).ring() == 1
    assert await alarms(store, knowledge, later + timedelta(days=1)).ring() == 0

    assert await history(store) == {"T-222-2222": ["opened", "expire"]}
    [case] = await store.newest_cases(10)
    assert case.status == "closed"


def request(number: str) -> Case:
    """An outage that was submitted at the start and given to somebody: an hour is promised."""
    return Case(
        number=number,
        key=number,
        tenant="contoso",
        requester=Person("ada", "Ada"),
        language="en",
        description="nobody gets mail",
        category="exchange",
        severity=Severity.A,
        holder=Holder.SUPPORT,
        wants_a_person=False,
        judgement=Judgement(),
        opened_at=START,
        status=Status.ESCALATED,
        packet=Packet("no mail", "nobody gets mail", contact="Ada"),
        owner=Person("sam", "Sam", agent=True),
        clock=Clock(running_since=START),
    )


async def keep(store: SqlStore, case: Case, knowledge: Knowledge) -> None:
    async with transaction(store._engine) as connection:
        await case_rows.add(connection, case, {"channel": "test", "conversation": "test"}, ())
        await alarm_rows.set_for(connection, case.number, alarms_of(knowledge.rules, case, CONTOSO))


def alarms(store: SqlStore, knowledge: Knowledge, now: datetime) -> Alarms:
    def nowhere(_name: str) -> None:
        raise AssertionError("nobody has an address here")

    relay = Relay(store.outbox, nowhere, lambda: now, Metrics())  # type: ignore[arg-type]
    return Alarms(store, relay, knowledge, lambda: now)


async def until_silent(of: Alarms) -> int:
    total = 0
    while rung := await of.ring():
        total += rung
    return total


async def history(store: SqlStore) -> dict[str, list[str]]:
    async with transaction(store._engine) as connection:
        rows = (await connection.execute(select(audit.c.subject, audit.c.verb).order_by(audit.c.id))).all()
    told: dict[str, list[str]] = {}
    for subject, verb in rows:
        told.setdefault(subject, []).append(verb)
    assert all(count == 1 for verbs in told.values() for count in Counter(verbs).values())
    return told
