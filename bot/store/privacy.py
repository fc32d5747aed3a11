"""All that is kept of one person, to hand it to them or to forget it: every table of `bot.store.personal`, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, false, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.outbox import SEPARATOR
from bot.store.personal import REGISTRY
from bot.store.tables import (
    audit,
    bridge_ends,
    bridges,
    cases,
    conversations,
    examples,
    files,
    inbox,
    installs,
    labels,
    metadata,
    model_lessons,
    outbox,
    people,
    readings,
    reviews,
    surveys,
)
from bot.store.transaction import transaction
from bot.store.unlearning import forget_files, forget_in_reports, learned_from

NOBODY = "erased"
UNSAID = {"message": None}  # what an activity was answered with, when that is told no more
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Whole:
    """Who somebody is, over all tables: ids of their cases, their own chats, the group chats they took part in, what they wrote."""

    id: str
    names: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    own: tuple[tuple[str, str, str], ...] = ()
    groups: tuple[tuple[str, str, str], ...] = ()
    readings: tuple[int, ...] = ()
    lessons: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Erased:
    """What was forgotten: rows of each table, the models that had learned from them, and of these the ones whose file was deleted.

    `hashes` are those of the files that were sent along: bytes that nobody else has sent are to go as well.
    """

    rows: Mapping[str, int]
    models: tuple[str, ...]
    deleted: tuple[str, ...]
    hashes: frozenset[str] = frozenset()


class PrivacyTable:
    """Finds, and forgets."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def named(self, name: str) -> list[tuple[str, str]]:
        """The ids and names of those who are called like this."""
        asked = select(people.c.id, people.c.name).where(func.lower(people.c.name) == name.lower()).distinct()
        async with transaction(self._engine) as connection:
            return [(row.id, row.name) for row in await connection.execute(asked)]

    async def kept(self, person: str) -> dict[str, Rows]:
        """Every row that is theirs, names them or tells of their cases, by table; tables without any are left out."""
        async with transaction(self._engine) as connection:
            who = await _whole(connection, person)
            found = {name: await _rows(connection, metadata.tables[name], where) for name, where in _theirs(who)}
        return {name: rows for name, rows in found.items() if rows}

    async def erase(self, person: str) -> Erased:
        """Forget them. Raises `Unavailable`; then nothing was forgotten."""
        async with transaction(self._engine) as connection:
            who = await _whole(connection, person)
            hashes = frozenset(await connection.scalars(select(files.c.sha256).where(_sent_along(who))))
            learned = await learned_from(connection, list(who.lessons))
            gone: dict[str, int] = {}
            for table, change in _changes(who):  # several changes may meet the same rows
                gone[table.name] = max(gone.get(table.name, 0), (await connection.execute(change)).rowcount)
            await _forget_in_json(connection, who)
            await forget_in_reports(connection, who.lessons)
            deleted = await forget_files(connection)
        await self._wipe()
        return Erased({name: many for name, many in gone.items() if many}, tuple(learned), tuple(deleted), hashes)

    async def _wipe(self) -> None:
        """Write the SQLite file anew, without the pages that were freed; PostgreSQL does that by itself (autovacuum)."""
        if self._engine.dialect.name != "sqlite":
            return
        async with self._engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None  # noqa: S101 - it is connected
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor = await raw.execute(statement)
                await cursor.fetchall()
                await cursor.close()


async def _whole(connection: AsyncConnection, id_: str) -> Whole:
    mine = (await connection.execute(select(people.c.name, people.c.address).where(people.c.id == id_))).all()
    owned = select(cases.c.number, cases.c.requester_name).where(cases.c.requester_id == id_)
    their_cases = (await connection.execute(owned)).all()
    own = {_place(row.address) for row in mine if row.address}
    rows = select(readings.c.id, *(readings.c[name] for name in ("channel", "tenant", "conversation")))
    read = (await connection.execute(rows.where(readings.c.person == id_))).all()
    spoken = select(*(conversations.c[name] for name in ("channel", "tenant", "conversation")))
    been = {tuple(row) for row in await connection.execute(spoken.where(conversations.c.person == id_))}
    alone = {
        tuple(row[1:]) for row in read
    } - been  # in a group each has a state of their own, in a personal chat nobody has
    taught = select(examples.c.id, examples.c.text).where(examples.c.person == id_)
    return Whole(
        id=id_,
        names=tuple(
            {row.name for row in mine if row.name} | {row.requester_name for row in their_cases if row.requester_name}
        ),
        cases=tuple(row.number for row in their_cases),
        own=tuple(sorted(own | alone)),
        groups=tuple(sorted(been)),
        readings=tuple(row[0] for row in read),
        lessons={row.id: row.text for row in await connection.execute(taught)},
    )


def _place(address: Mapping[str, Any]) -> tuple[str, str, str]:
    return (address["channel"], address["tenant"], address["conversation"])


def _theirs(who: Whole) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """For each table, the rows to hand out."""
    for name, held in REGISTRY.items():
        table = metadata.tables[name]
        where = [table.c[column] == who.id for column in (*held.theirs, *held.acted)]
        yield name, or_(false(), *where, *_also(table, who))


def _also(table: Table, who: Whole) -> Iterator[ColumnElement[bool]]:
    """Rows that name nobody, and belong to somebody all the same."""
    if table is audit:
        yield audit.c.subject.in_(who.cases)
    elif table.name == "alarms":
        yield table.c.case.in_(who.cases)
    elif table in (conversations, inbox, installs):
        yield _in_places(table, who.own)
    elif table is outbox:
        yield outbox.c.stream.in_([SEPARATOR.join(place) for place in who.own])
        yield _mentions(outbox.c.payload, who)
    elif table is files:
        yield files.c.case.in_(who.cases)
    elif table is bridge_ends:
        yield _at_an_end(who)
    elif table is model_lessons:
        yield model_lessons.c.example.in_(list(who.lessons))


def _changes(who: Whole) -> Iterator[tuple[Table, Any]]:
    """What is done to each table, in the order in which one does not need the other."""
    origins = [f"readings:{one}" for one in who.readings]
    yield reviews, delete(reviews).where(reviews.c.origin.in_(origins))
    yield files, delete(files).where(_sent_along(who))
    yield bridge_ends, delete(bridge_ends).where(_at_an_end(who))
    yield installs, delete(installs).where(_in_places(installs, who.own))
    yield inbox, delete(inbox).where(_in_places(inbox, who.own))
    shown = or_(_in_places(inbox, who.groups), _mentions(inbox.c.answer, who))
    yield inbox, update(inbox).where(shown, cast(inbox.c.answer, Text) != json.dumps(UNSAID)).values(answer=UNSAID)
    yield outbox, delete(outbox).where(_sent_to(who))
    remembered = or_(_in_places(conversations, who.own), _mentions(conversations.c.state, replace(who, cases=())))
    yield conversations, delete(conversations).where(remembered)
    yield audit, update(audit).where(audit.c.subject.in_(who.cases)).values(words="")
    yield audit, update(audit).where(audit.c.actor == who.id).values(words="", actor_name="")
    for name, held in REGISTRY.items():
        table = metadata.tables[name]
        if held.theirs and held.rest == "deleted":
            yield table, delete(table).where(or_(*(table.c[column] == who.id for column in held.theirs)))
        for column in held.acted:
            beside = {"owner_name": ""} if column == "owner_id" else {}
            yield table, update(table).where(table.c[column] == who.id).values(**{column: NOBODY}, **beside)
    yield labels, delete(labels).where(labels.c.case.in_(who.cases))
    yield surveys, update(surveys).where(surveys.c.person == who.id).values(person=NOBODY, words="")
    yield cases, _blank_cases(who)
    yield cases, update(cases).where(cases.c.author.in_(who.names)).values(author="", link="")


def _blank_cases(who: Whole) -> Any:
    """The record of the work stays; who asked, and in what words, does not. Each case is nobody's of its own."""
    nobody = literal(f"{NOBODY}:") + cases.c.number
    blank = {"requester_name": "", "description": "", "conversation": "", "packet": None, "author": "", "link": ""}
    return update(cases).where(cases.c.requester_id == who.id).values(requester_id=nobody, **blank)


def _sent_along(who: Whole) -> ColumnElement[bool]:
    """The files that they have sent, and those that were sent for a case of theirs."""
    return or_(files.c.person == who.id, files.c.case.in_(who.cases))


def _at_an_end(who: Whole) -> ColumnElement[bool]:
    """Both ends of their bridges: one that is left over would keep the other's chat from ever being connected again."""
    theirs = select(bridges.c.id).where(or_(bridges.c.requester_id == who.id, bridges.c.owner_id == who.id))
    streams = [SEPARATOR.join(place) for place in who.own]
    return or_(bridge_ends.c.bridge.in_(theirs), bridge_ends.c.stream.in_(streams))


def _sent_to(who: Whole) -> ColumnElement[bool]:
    """What went to their own chat, what speaks of them anywhere, and what was sent into groups they took part in."""
    streams = [[SEPARATOR.join(place) for place in places] for places in (who.own, who.groups)]
    settled = or_(outbox.c.sent_at.is_not(None), outbox.c.dead_at.is_not(None))
    return or_(
        outbox.c.stream.in_(streams[0]),
        and_(outbox.c.stream.in_(streams[1]), settled),
        _mentions(outbox.c.payload, who),
    )


def _in_places(table: Table, places: Sequence[tuple[str, str, str]]) -> ColumnElement[bool]:
    names = ("channel", "tenant", "conversation")
    return or_(
        false(), *(and_(*(table.c[name] == value for name, value in zip(names, one, strict=True))) for one in places)
    )


def _mentions(column: Any, who: Whole) -> ColumnElement[bool]:
    """Where JSON speaks of them: by id, by name, by the number of a case of theirs."""
    text = cast(column, Text)
    return or_(
        false(), *(text.contains(json.dumps(one)[1:-1], autoescape=True) for one in (who.id, *who.names, *who.cases))
    )


async def _rows(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> Rows:
    return [dict(row) for row in (await connection.execute(select(table).where(where))).mappings()]


async def _forget_in_json(connection: AsyncConnection, who: Whole) -> None:
    """Blank what JSON holds of them: the evidence of their cases, and the facts of what happened, where those name them."""
    for row in (await connection.execute(select(cases).where(cases.c.number.in_(who.cases)))).mappings():
        judgement = {**row["judgement"], "evidence": [], "answers": {}}
        await connection.execute(update(cases).where(cases.c.number == row["number"]).values(judgement=judgement))
    named = or_(audit.c.subject.in_(who.cases), _mentions(audit.c.facts, who))
    for row in (await connection.execute(select(audit.c.id, audit.c.facts).where(named))).mappings():
        facts = {name: _without(value, who) for name, value in row["facts"].items() if name != "title"}
        await connection.execute(update(audit).where(audit.c.id == row["id"]).values(facts=facts))


def _without(value: Any, who: Whole) -> Any:
    """A list of ids without theirs; another text as it is, unless it speaks of them."""
    if not isinstance(value, str):
        return value
    kept = ",".join(one for one in value.split(",") if one != who.id)
    return "" if any(name in kept for name in (who.id, *who.names)) else kept
