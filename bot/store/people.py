"""Everybody who has talked to the bot, and how to reach them about a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, Table, and_, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Address, Envelope
from bot.standing import COUNTS
from bot.store.contract import Listed, Reached
from bot.store.tables import administrators, agents, directory, partners, people
from dialogs.notices import Recipient
from handoff.case import Case
from handoff.people import Person, Role
from handoff.rulebook import Audience

WORKING = select(people).join(agents, agents.c.person == people.c.id).where(people.c.address.is_not(None))
MET = insert(people)
MOST = 100  # people that a form lists by itself; Teams finds the others as one types


def with_names(table: Table, *columns: Column[Any]) -> Select[Any]:
    """These columns of a table that has a tenant and a person, and beside them the `name` of who that is, or nothing."""
    called = and_(people.c.tenant == table.c.tenant, people.c.id == table.c.person)
    name = func.coalesce(people.c.name, "").label("name")
    return select(*columns, name).select_from(table.outerjoin(people, called))


async def remember(connection: AsyncConnection, envelope: Envelope, language: str, known: Listed | None) -> None:
    """Write down who spoke, if that is news; the address only of a personal chat."""
    address = None if envelope.address.group else vars(envelope.address)
    name = envelope.sender.name or (known.name if known else "")  # an installation tells no name
    listed = Listed(name, language, address or (known.address if known else None))
    if listed == known:
        return
    key = {"tenant": envelope.address.tenant, "id": envelope.sender.id}
    if known is not None:
        await connection.execute(delete(people).where(people.c.tenant == key["tenant"], people.c.id == key["id"]))
    await connection.execute(MET, {**key, **vars(listed)})


async def personal_chat(connection: AsyncConnection, tenant: str, person: str) -> Address | None:
    """Where somebody talks to the bot alone, if they do."""
    address = await connection.scalar(select(people.c.address).where(people.c.tenant == tenant, people.c.id == person))
    return Address(**address) if address else None


async def known_in(connection: AsyncConnection, tenant: str) -> tuple[Person, ...]:
    """The people of a tenant who have talked to the bot, by name."""
    rows = await connection.execute(
        select(people.c.id, people.c.name).where(people.c.tenant == tenant).order_by(people.c.name).limit(MOST)
    )
    return tuple(Person(id_, name) for id_, name in rows)


async def confirmed(connection: AsyncConnection, tenant: str, now: datetime) -> tuple[str, ...]:
    """The administrators of a tenant, as a directory named them, for as long as that counts."""
    counts = (directory.c.tenant == tenant, directory.c.checked_at > now - COUNTS, directory.c.administers)
    return tuple(await connection.scalars(select(directory.c.person).where(*counts)))


async def reached(connection: AsyncConnection, case: Case, now: datetime) -> list[Reached]:
    """Those who may have to be told of a case: who has it, those who administer it, those who work for support.

    What the directory has said of somebody goes before the tenant's own list for as long as it counts.
    """
    here = people.c.address.is_not(None)
    counts = (directory.c.tenant == case.tenant, directory.c.checked_at > now - COUNTS)
    denied = select(directory.c.person).where(*counts, ~directory.c.administers)
    by_directory = (
        select(people).join(directory, directory.c.person == people.c.id).where(*counts, directory.c.administers)
    )
    theirs = (here, people.c.tenant == case.tenant)
    delegated = select(partners.c.person).where(partners.c.tenant == case.tenant)
    belongs = or_(people.c.tenant == case.tenant, people.c.id.in_(delegated))
    requester = select(people).where(here, belongs, people.c.id == case.requester.id)
    asked: Sequence[tuple[Audience, Role, bool, Select[Any]]] = (
        (Audience.REQUESTER, Role.END_USER, False, requester),
        (
            Audience.ADMINISTRATORS,
            Role.ADMINISTRATOR,
            False,
            _named(administrators, case).where(*theirs, people.c.id.not_in(denied)),
        ),
        (Audience.ADMINISTRATORS, Role.ADMINISTRATOR, False, by_directory.where(*theirs)),
        (Audience.ADMINISTRATORS, Role.PARTNER, False, _named(partners, case).where(here)),
        (Audience.AGENTS, Role.END_USER, True, WORKING),
    )
    found: list[Reached] = []
    for audience, role, agent, question in asked:
        found += [
            _reached(dict(row), audience, role, agent=agent) for row in (await connection.execute(question)).mappings()
        ]
    return _whole(found)


async def working(connection: AsyncConnection) -> list[Reached]:
    """Those who work for support."""
    rows = (await connection.execute(WORKING)).mappings()
    return [_reached(dict(row), Audience.AGENTS, Role.END_USER, agent=True) for row in rows]


def _reached(row: Mapping[str, Any], audience: Audience, role: Role, *, agent: bool) -> Reached:
    person = Person(row["id"], row["name"], role, agent)
    return Reached(Recipient(person, audience, row["language"]), Address(**row["address"]))


def _whole(found: list[Reached]) -> list[Reached]:
    """Everybody with all that they are: a requester may administer, an administrator may work for support."""
    roles = {
        one.recipient.person.id: one.recipient.person.role
        for one in found
        if one.recipient.person.role is not Role.END_USER
    }
    working = {one.recipient.person.id for one in found if one.recipient.person.agent}

    def whole(person: Person) -> Person:
        return replace(person, role=roles.get(person.id, person.role), agent=person.id in working)

    return [replace(one, recipient=replace(one.recipient, person=whole(one.recipient.person))) for one in found]


def _named(table: Any, case: Case) -> Select[Any]:
    return select(people).join(table, table.c.person == people.c.id).where(table.c.tenant == case.tenant)
