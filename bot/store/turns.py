"""One turn's transaction: what it starts from, what it looks up, what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.envelope import Answer, Envelope
from bot.store import (
    alarms,
    bridges,
    cases,
    copies,
    files,
    finding,
    handovers,
    installs,
    opinions,
    people,
    readings,
    tenants,
)
from bot.store.casework import CaseWork
from bot.store.contract import Conflict, Known, Listed, PendingMessage, Record
from bot.store.effects import Doing, carry_out
from bot.store.engines import lock_conversation
from bot.store.outbox import SEPARATOR, OutboxTable, stream_of
from bot.store.payload import answer_from_json, answer_to_json
from bot.store.statements import Statements
from bot.store.tables import administrators, partners
from bot.store.tables import cases as case_table
from dialogs.lookup import Found, Wanted
from dialogs.values import State
from handoff.bridge import Ends
from handoff.case import Case, Holder
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Status


class TurnTransaction(CaseWork):
    """What one turn reads and writes, inside its transaction."""

    def __init__(
        self, connection: AsyncConnection, statements: Statements, envelope: Envelope, plan: str, outbox: OutboxTable
    ) -> None:
        self._connection = connection
        self._statements = statements
        self._envelope = envelope
        self._plan = plan
        self._outbox = outbox
        address = envelope.address
        self._place = {"channel": address.channel, "tenant": address.tenant, "conversation": address.conversation}
        self._person = envelope.sender.id if address.group else ""

    async def begin(self, now: datetime) -> Known:
        """Lock the conversation, and tell what is known; `now` is when the activity was received."""
        self._received_at = now
        envelope = self._envelope
        await lock_conversation(self._connection, SEPARATOR.join((*self._place.values(), self._person)))
        facts = {
            **self._place,
            "person": self._person,
            "activity": envelope.activity,
            "sender": envelope.sender.id,
            "token": envelope.incoming.token,
            "stream": stream_of(envelope.address),
        }
        row = (await self._connection.execute(self._statements.known, facts)).mappings().one()
        home = self._place["tenant"]
        known = Known(
            seen=answer_from_json(row["answer"]) if row["seen"] else None,
            state=State.from_json(row["state"]),
            version=row["version"] or 0,
            tenant=tenants.tenant_of(dict(row), "tenant_") if row["tenant_id"] else Tenant(home, self._plan),
            role=Role.ADMINISTRATOR if row["administrates"] else Role.END_USER,
            opened=(row["number"] or "") if envelope.incoming.token else "",
            agent=row["agent"],
            unanswered=row["unanswered"] or "",
            listed=_listed(dict(row)),
            bridge=bridges.bridge_of(dict(row), "bridge_") if row["bridge_id"] else None,
        )
        known = await self._acting(known) if row["partner"] else known
        self._others = [one.id for one in known.organisations[1:]]
        return known

    async def look(self, wanted: Wanted, person: Person, tenant: Tenant, recent: datetime) -> Found:
        """What a step has to see. Closed cases are listed if they were closed after `recent`."""
        found = Found()
        if wanted.case:
            found = await self._case(wanted.case)
        if wanted.cases:
            where = _listing(wanted.cases, person, tenant)
            found = replace(found, cases=await cases.listed(self._connection, recent, *where))
        if wanted.sought is not None:
            found = replace(
                found, cases=await finding.matching(self._connection, wanted.sought, person, tenant, self._others)
            )
        if wanted.proposal:
            stream = SEPARATOR.join(self._place.values())
            found = replace(found, proposed=await opinions.proposed(self._connection, stream, wanted.proposal))
        if wanted.people:
            found = replace(
                found,
                people=await people.known_in(self._connection, tenant.id),
                administrators=await tenants.named(self._connection, tenant.id, administrators),
                confirmed=await people.confirmed(self._connection, tenant.id, self._received_at),
                partners=await tenants.named(self._connection, tenant.id, partners),
            )
        if wanted.ends and found.case:
            found = replace(found, ends=await self._ends(found.case, person))
        return found

    async def showed(self, card: str, case: str) -> None:
        """The pressed card shows this case now, or (empty) none any more."""
        await copies.shows(self._connection, stream_of(self._envelope.address), card, case)

    async def running(self, tenant: str) -> tuple[Case, ...]:
        """A tenant's service requests whose clock runs."""
        here = (case_table.c.tenant == tenant, case_table.c.running_since.is_not(None))
        return await cases.listed(self._connection, self._received_at, *here)

    async def finish(self, known: Known, record: Record) -> list[PendingMessage]:
        """Write everything the turn decided, and return its messages as they stand in the outbox. Raises `Conflict`."""
        await self._note(record.answer)
        await self._remember(known.version, record)
        await self._remember_people(known, record)
        doing = Doing(self._connection, self._envelope, self._place, self._received_at, record.now)
        for effect in record.effects:
            await carry_out(effect, doing)
        for number, wanted in record.alarms.items():
            await alarms.set_for(self._connection, number, wanted)
        await handovers.put(self._connection, record.handovers, record.now)
        await readings.note(self._connection, self._envelope, record.understood, record.now)
        return await self._outbox.put(self._connection, record.outgoing, record.now)

    async def welcomed(self) -> bool:
        """Whether this conversation has had its welcome."""
        return await installs.known(self._connection, self._place)

    async def _remember_people(self, known: Known, record: Record) -> None:
        """Who spoke, and whether the bot came or went."""
        kind = self._envelope.incoming.kind
        if kind == "departure":
            await installs.departed(self._connection, self._place, self._envelope)
            return
        if kind == "arrival":
            await installs.arrived(self._connection, self._place, record.now)
        await people.remember(self._connection, self._envelope, record.state.language, known.listed)

    async def _acting(self, known: Known) -> Known:
        """A partner's organisations, their own first, and the one that they have chosen, unless it has been taken from them."""
        home, sender = known.tenant, self._envelope.sender.id
        ids = list(await self._connection.scalars(select(partners.c.tenant).where(partners.c.person == sender)))
        others = await tenants.find(self._connection, [id_ for id_ in ids if id_ != home.id], self._plan)
        known = replace(known, organisations=(home, *sorted(others.values(), key=lambda one: one.title)))
        chosen = others.get(known.state.acting_for)
        if chosen is None:
            mine = known.state.acting_for in ("", home.id)
            return known if mine else replace(known, state=replace(known.state, acting_for=""))
        return replace(known, tenant=chosen, role=Role.PARTNER)

    async def _case(self, number: str) -> Found:
        case = await cases.find(self._connection, number)
        if case is None:
            return Found()
        return Found(
            case=case,
            tenant=(await tenants.find(self._connection, [case.tenant], self._plan))[case.tenant],
            events=await cases.events(self._connection, number),
            done=await cases.was_done(self._connection, number, self._envelope.incoming.token),
            rated=await cases.was_rated(self._connection, case),
            agents=await self.working() if case.with_support else (),
            files=await files.of_case(self._connection, number),
        )

    async def _ends(self, case: Case, person: Person) -> Ends:
        """What is known of the two chats that would be connected: the requester's, and this person's."""
        places = bridges.Places.of(await self.reached(case, self._received_at), person)
        busy = await bridges.busy(self._connection, [one.address for one in places.both])
        free = [one is None or stream_of(one.address) not in busy for one in (places.requester, places.owner)]
        return Ends(
            await self.bridge_over(case.number),
            places.requester is not None,
            free[0],
            places.owner is not None,
            free[1],
        )

    async def _note(self, answer: Answer) -> None:
        """The activity and its answer; one that was noted meanwhile breaks the key, and the turn is taken again."""
        row = {"activity": self._envelope.activity, "answer": answer_to_json(answer), "received_at": self._received_at}
        await self._connection.execute(self._statements.note, {**self._place, **row})

    async def _remember(self, version: int, record: Record) -> None:
        row = {
            "person": self._person,
            "state": record.state.to_json(),
            "version": version + 1,
            "updated_at": record.now,
        }
        saved = await self._connection.execute(self._statements.remember, {**self._place, **row})
        if saved.rowcount != 1:
            raise Conflict("the conversation's state changed meanwhile")


def _listed(row: Mapping[str, Any]) -> Listed | None:
    """The person as they are on record, if they are."""
    if row["person_name"] is None:
        return None
    return Listed(row["person_name"], row["person_language"], row["person_address"])


def _listing(which: str, person: Person, tenant: Tenant) -> tuple[Any, ...]:
    """The rows of a list, for this person in this tenant."""
    here, mine = case_table.c.tenant == tenant.id, case_table.c.requester_id == person.id
    first_line = (case_table.c.holder == Holder.ADMINISTRATORS.value, case_table.c.status != Status.CLOSED.value)
    with_support = case_table.c.holder == Holder.SUPPORT.value
    administers = person.role is not Role.END_USER
    if which == "requests" and person.agent:
        return (with_support,)
    if which == "requests":
        return (with_support, here) if administers else (with_support, here, mine)
    if which == "first_line":
        return (*first_line, here) if administers else (*first_line, here, mine)
    return (here, mine)
