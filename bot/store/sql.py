"""The store: turns, cases, tenants and the outbox, in SQL that both databases understand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Insert, Table, delete, exists, insert, literal, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.envelope import Answer, Envelope
from bot.store.contract import Conflict, Known, PendingMessage, Record, StoredCase, Unavailable
from bot.store.engines import lock_conversation, open_engine
from bot.store.migrate import upgrade
from bot.store.outbox import OutboxTable
from bot.store.payload import answer_from_json, answer_to_json
from bot.store.tables import administrators, audit, cases, conversations, inbox, labels, tenants
from dialogs.values import State
from handoff.case import Case
from handoff.effects import Effect, OpenCase, RecordLabel
from handoff.people import Role, Tenant


def open_store(url: str, plan: str) -> SqlStore:
    """The store behind a database URL. `plan` is that of tenants that nobody has described yet."""
    return SqlStore(open_engine(url), plan)


class SqlStore:
    """All that is kept, over one engine."""

    def __init__(self, engine: AsyncEngine, plan: str) -> None:
        self._engine = engine
        self._plan = plan
        self.outbox = OutboxTable(engine)

    async def start(self) -> None:
        """Bring the schema up to date. Raises `Unavailable`."""
        async with self._transaction() as connection:
            await connection.run_sync(upgrade)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    async def ping(self) -> None:
        """Ask the database anything. Raises `Unavailable`."""
        async with self._transaction() as connection:
            await connection.execute(text("SELECT 1"))

    @asynccontextmanager
    async def turn(self, envelope: Envelope) -> AsyncIterator[TurnTransaction]:
        """One turn's transaction: committed when the block ends, undone when it raises.

        Raises `Conflict` when the turn should be taken again, `Unavailable` when the database does not answer.
        """
        async with self._transaction() as connection:
            yield TurnTransaction(connection, envelope, self._plan, self.outbox)

    async def describe_tenant(self, tenant: Tenant, administrators_: tuple[str, ...]) -> None:
        """Set what is known of a tenant, and who administers it."""
        async with self._transaction() as connection:
            await connection.execute(delete(tenants).where(tenants.c.id == tenant.id))
            await connection.execute(insert(tenants).values(**asdict(tenant)))
            await connection.execute(delete(administrators).where(administrators.c.tenant == tenant.id))
            if administrators_:
                await connection.execute(
                    insert(administrators), [{"tenant": tenant.id, "person": one} for one in administrators_]
                )

    async def tenant(self, id_: str) -> tuple[Tenant, tuple[str, ...]]:
        """A tenant and the ids of its administrators; a tenant that nobody described has the default plan."""
        async with self._transaction() as connection:
            row = (await connection.execute(select(tenants).where(tenants.c.id == id_))).mappings().first()
            people = await connection.scalars(select(administrators.c.person).where(administrators.c.tenant == id_))
            return Tenant(**row) if row else Tenant(id_, self._plan), tuple(people)

    async def newest_cases(self, limit: int) -> list[StoredCase]:
        """The cases opened last, newest first."""
        columns = [column for column in cases.c if column.name in StoredCase.__annotations__]
        async with self._transaction() as connection:
            rows = await connection.execute(
                select(*columns, cases.c.requester_name.label("requester"))
                .order_by(cases.c.opened_at.desc())
                .limit(limit)
            )
            return [StoredCase(**row) for row in rows.mappings()]

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.begin() as connection:
                yield connection
        except IntegrityError as clash:
            raise Conflict(str(clash.orig)) from clash
        except (DBAPIError, OSError, TimeoutError) as away:
            raise Unavailable(f"{type(away).__name__}: {getattr(away, 'orig', away)}") from away


class TurnTransaction:
    """What one turn reads and writes, inside its transaction."""

    def __init__(self, connection: AsyncConnection, envelope: Envelope, plan: str, outbox: OutboxTable) -> None:
        self._connection = connection
        self._envelope = envelope
        self._plan = plan
        self._outbox = outbox
        address = envelope.address
        self._place = {"channel": address.channel, "tenant": address.tenant, "conversation": address.conversation}
        self._key = {**self._place, "person": envelope.sender.id if address.group else ""}

    async def begin(self, now: Any) -> Known:
        """Lock the conversation, note the activity, and tell what is known."""
        await lock_conversation(self._connection, "\x1f".join(self._key.values()))
        noted = await self._connection.execute(
            _insert(self._connection, inbox)
            .values(**self._place, activity=self._envelope.activity, received_at=now)
            .on_conflict_do_nothing()
        )
        seen = None if noted.rowcount else await self._seen()
        row = (await self._connection.execute(self._what_is_known())).mappings().one()
        tenant = self._envelope.address.tenant
        described = (
            Tenant(tenant, row["plan"], row["network_team"], row["help_desk"])
            if row["plan"]
            else Tenant(tenant, self._plan)
        )
        return Known(
            seen=seen,
            state=State.from_json(row["state"]),
            version=row["version"] or 0,
            tenant=described,
            role=Role.ADMINISTRATOR if row["administrates"] else Role.END_USER,
            opened=row["opened"] or "",
        )

    async def finish(self, known: Known, record: Record) -> list[PendingMessage]:
        """Write everything the turn decided, and return its messages as they stand in the outbox. Raises `Conflict`."""
        await self._save_state(known.version, record)
        if record.answer.message is not None:
            place = _where(inbox, {**self._place, "activity": self._envelope.activity})
            await self._connection.execute(update(inbox).where(*place).values(answer=answer_to_json(record.answer)))
        for effect in record.effects:
            await self._apply(effect, record)
        return await self._outbox.put(self._connection, "\x1f".join(self._place.values()), record.outgoing, record.now)

    async def _seen(self) -> Answer:
        place = _where(inbox, {**self._place, "activity": self._envelope.activity})
        stored = await self._connection.scalar(select(inbox.c.answer).where(*place))
        return answer_from_json(stored) if stored else Answer()

    def _what_is_known(self) -> Any:
        """State, tenant, role and the button's case in one question."""
        address, sender, token = self._envelope.address, self._envelope.sender, self._envelope.incoming.token
        state = _where(conversations, self._key)
        tenant = tenants.c.id == address.tenant
        administrates = exists().where(administrators.c.tenant == address.tenant, administrators.c.person == sender.id)
        mine = (cases.c.tenant == address.tenant, cases.c.requester_id == sender.id, cases.c.key == token)
        return select(
            select(conversations.c.state).where(*state).scalar_subquery().label("state"),
            select(conversations.c.version).where(*state).scalar_subquery().label("version"),
            select(tenants.c.plan).where(tenant).scalar_subquery().label("plan"),
            select(tenants.c.network_team).where(tenant).scalar_subquery().label("network_team"),
            select(tenants.c.help_desk).where(tenant).scalar_subquery().label("help_desk"),
            administrates.label("administrates"),
            select(cases.c.number).where(*mine).scalar_subquery().label("opened")
            if token
            else literal("").label("opened"),
        )

    async def _save_state(self, version: int, record: Record) -> None:
        values = {"state": record.state.to_json(), "version": version + 1, "updated_at": record.now}
        if version:
            place = (*_where(conversations, self._key), conversations.c.version == version)
            saved = await self._connection.execute(update(conversations).where(*place).values(**values))
        else:
            saved = await self._connection.execute(
                _insert(self._connection, conversations).values(**self._key, **values).on_conflict_do_nothing()
            )
        if saved.rowcount != 1:
            raise Conflict("the conversation's state changed meanwhile")

    async def _apply(self, effect: Effect, record: Record) -> None:
        if isinstance(effect, OpenCase):
            await self._open(effect.case)
        elif isinstance(effect, RecordLabel):
            who = {"at": record.now, "tenant": self._envelope.address.tenant, "person": self._envelope.sender.id}
            await self._connection.execute(insert(labels).values(**who, **asdict(effect)))

    async def _open(self, case: Case) -> None:
        stored = asdict(case)
        requester, judgement = stored.pop("requester"), stored.pop("judgement")
        await self._connection.execute(
            insert(cases).values(
                **stored,
                requester_id=requester["id"],
                requester_name=requester["name"],
                channel=self._place["channel"],
                conversation=self._place["conversation"],
                status="new",
                confidence=judgement["confidence"],
                judgement=judgement,
            )
        )
        facts = {"category": case.category, "severity": case.severity, "holder": case.holder}
        entry = {
            "at": case.opened_at,
            "tenant": case.tenant,
            "actor": case.requester.id,
            "verb": "opened",
            "subject": case.number,
        }
        await self._connection.execute(insert(audit).values(**entry, facts=facts))


def _where(table: Table, key: dict[str, str]) -> tuple[Any, ...]:
    return tuple(table.c[name] == value for name, value in key.items())


def _insert(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that may say ON CONFLICT; both databases know it, SQLAlchemy gives it by dialect."""
    made: Insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    return made
