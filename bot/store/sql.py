"""The store: turns, cases, tenants and the outbox, in SQL that both databases understand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.envelope import Answer, Envelope
from bot.store.contract import Conflict, Known, PendingMessage, Record, StoredCase
from bot.store.engines import lock_conversation, open_engine
from bot.store.migrate import upgrade
from bot.store.outbox import OutboxTable
from bot.store.payload import answer_from_json, answer_to_json
from bot.store.statements import Statements
from bot.store.tables import administrators, audit, cases, labels, tenants
from bot.store.transaction import transaction
from dialogs.values import State
from handoff.case import Case
from handoff.effects import Effect, OpenCase, RecordLabel
from handoff.people import Role, Tenant

SEPARATOR = "\x1f"  # between the parts of a key: no channel has it in an id


def open_store(url: str, plan: str) -> SqlStore:
    """The store behind a database URL. `plan` is that of tenants that nobody has described yet."""
    return SqlStore(open_engine(url), plan)


class SqlStore:
    """All that is kept, over one engine."""

    def __init__(self, engine: AsyncEngine, plan: str) -> None:
        self._engine = engine
        self._plan = plan
        self._statements = Statements.for_dialect(engine.dialect.name)
        self.outbox = OutboxTable(engine)

    async def start(self) -> None:
        """Bring the schema up to date. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            await connection.run_sync(upgrade)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    async def ping(self) -> None:
        """Ask the database anything. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            await connection.execute(text("SELECT 1"))

    @asynccontextmanager
    async def turn(self, envelope: Envelope) -> AsyncIterator[TurnTransaction]:
        """One turn's transaction: committed when the block ends, undone when it raises.

        Raises `Conflict` when the turn should be taken again, `Unavailable` when the database does not answer.
        """
        async with transaction(self._engine) as connection:
            yield TurnTransaction(connection, self._statements, envelope, self._plan, self.outbox)

    async def describe_tenant(self, tenant: Tenant, administrators_: tuple[str, ...]) -> None:
        """Set what is known of a tenant, and who administers it."""
        async with transaction(self._engine) as connection:
            await connection.execute(delete(tenants).where(tenants.c.id == tenant.id))
            await connection.execute(insert(tenants).values(**asdict(tenant)))
            await connection.execute(delete(administrators).where(administrators.c.tenant == tenant.id))
            if administrators_:
                await connection.execute(
                    insert(administrators), [{"tenant": tenant.id, "person": one} for one in administrators_]
                )

    async def tenant(self, id_: str) -> tuple[Tenant, tuple[str, ...]]:
        """A tenant and the ids of its administrators; a tenant that nobody described has the default plan."""
        async with transaction(self._engine) as connection:
            row = (await connection.execute(select(tenants).where(tenants.c.id == id_))).mappings().first()
            people = await connection.scalars(select(administrators.c.person).where(administrators.c.tenant == id_))
            return Tenant(**row) if row else Tenant(id_, self._plan), tuple(people)

    async def newest_cases(self, limit: int) -> list[StoredCase]:
        """The cases opened last, newest first."""
        columns = [column for column in cases.c if column.name in StoredCase.__annotations__]
        async with transaction(self._engine) as connection:
            rows = await connection.execute(
                select(*columns, cases.c.requester_name.label("requester"))
                .order_by(cases.c.opened_at.desc())
                .limit(limit)
            )
            return [StoredCase(**row) for row in rows.mappings()]


class TurnTransaction:
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
        }
        row = (await self._connection.execute(self._statements.known, facts)).mappings().one()
        id_, plan = self._place["tenant"], row["plan"]
        return Known(
            seen=answer_from_json(row["answer"]) if row["seen"] else None,
            state=State.from_json(row["state"]),
            version=row["version"] or 0,
            tenant=Tenant(id_, plan, row["network_team"], row["help_desk"]) if plan else Tenant(id_, self._plan),
            role=Role.ADMINISTRATOR if row["administrates"] else Role.END_USER,
            opened=(row["number"] or "") if envelope.incoming.token else "",
        )

    async def finish(self, known: Known, record: Record) -> list[PendingMessage]:
        """Write everything the turn decided, and return its messages as they stand in the outbox. Raises `Conflict`."""
        await self._note(record.answer)
        await self._remember(known.version, record)
        for effect in record.effects:
            await self._apply(effect, record)
        return await self._outbox.put(
            self._connection, SEPARATOR.join(self._place.values()), record.outgoing, record.now
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

    async def _apply(self, effect: Effect, record: Record) -> None:
        if isinstance(effect, OpenCase):
            await self._open(effect.case)
        elif isinstance(effect, RecordLabel):
            who = {"at": record.now, "tenant": self._place["tenant"], "person": self._envelope.sender.id}
            await self._connection.execute(insert(labels), {**who, **asdict(effect)})

    async def _open(self, case: Case) -> None:
        stored = asdict(case)
        requester, judgement = stored.pop("requester"), stored.pop("judgement")
        row = {
            **stored,
            "requester_id": requester["id"],
            "requester_name": requester["name"],
            "channel": self._place["channel"],
            "conversation": self._place["conversation"],
            "status": "new",
            "confidence": judgement["confidence"],
            "judgement": judgement,
        }
        await self._connection.execute(insert(cases), row)
        facts = {"category": case.category, "severity": case.severity, "holder": case.holder}
        who = {"at": case.opened_at, "tenant": case.tenant, "actor": case.requester.id}
        await self._connection.execute(insert(audit), {**who, "verb": "opened", "subject": case.number, "facts": facts})
