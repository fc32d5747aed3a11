"""The store: turns, cases, tenants and the outbox, in SQL that both databases understand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.envelope import Address, Envelope
from bot.store import people, tenants
from bot.store.bridges import BridgeTable
from bot.store.contract import StoredCase, StoredSurvey
from bot.store.directory import DirectoryTable
from bot.store.engines import open_engine
from bot.store.examples import ExampleTable
from bot.store.figures import FigureTable
from bot.store.files import FileTable
from bot.store.handovers import HandoverTable
from bot.store.hearing import HearingTransaction
from bot.store.links import LinkTable
from bot.store.lists import OutboxView
from bot.store.migrate import upgrade
from bot.store.models import ModelTable
from bot.store.opinions import Opinions
from bot.store.outbox import OutboxTable
from bot.store.privacy import PrivacyTable
from bot.store.retention import RetentionTable
from bot.store.review import ReviewTable
from bot.store.ringing import RingTransaction
from bot.store.runs import RunTable
from bot.store.shadows import ShadowTable
from bot.store.statements import Statements
from bot.store.tables import administrators, agents, cases, partners, surveys
from bot.store.transaction import transaction
from bot.store.turns import TurnTransaction
from handoff.people import Tenant


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
        self.outbox_view = OutboxView(engine)
        self.handovers = HandoverTable(engine)
        self.retention, self.review = RetentionTable(engine), ReviewTable(engine)
        self.privacy = PrivacyTable(engine)
        self.figures, self.links = FigureTable(engine, plan), LinkTable(engine)
        self.examples = ExampleTable(engine)
        self.models, self.runs, self.shadows = ModelTable(engine), RunTable(engine), ShadowTable(engine)
        self.bridges = BridgeTable(engine)
        self.directory = DirectoryTable(engine)
        self.opinions = Opinions(engine)
        self.files = FileTable(engine)

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

    @asynccontextmanager
    async def ringing(self) -> AsyncIterator[RingTransaction]:
        """A transaction in which alarms ring. Raises `Conflict` and `Unavailable`."""
        async with transaction(self._engine) as connection:
            yield RingTransaction(connection, self._plan, self.outbox)

    @asynccontextmanager
    async def hearing(self) -> AsyncIterator[HearingTransaction]:
        """A transaction in which a desk is heard. Raises `Conflict` and `Unavailable`."""
        async with transaction(self._engine) as connection:
            yield HearingTransaction(connection, self._plan, self.outbox)

    async def personal_chat(self, tenant: str, person: str) -> Address | None:
        """Where somebody talks to the bot alone, if they do. Raises `Unavailable`."""
        async with transaction(self._engine) as connection:
            return await people.personal_chat(connection, tenant, person)

    async def describe_tenant(
        self,
        tenant: Tenant,
        administrators_: Sequence[str] | None = None,
        partners_: Sequence[str] | None = None,
    ) -> None:
        """Set what is known of a tenant; None leaves its administrators, or its partners, as they are."""
        async with transaction(self._engine) as connection:
            await tenants.describe(connection, tenant, administrators_, partners_)

    async def tenant(self, id_: str) -> tuple[Tenant, tuple[str, ...], tuple[str, ...]]:
        """A tenant, the ids of its administrators, and of its partners; one that nobody described has the default plan."""
        async with transaction(self._engine) as connection:
            found = (await tenants.find(connection, [id_], self._plan))[id_]
            return (
                found,
                await tenants.named(connection, id_, administrators),
                await tenants.named(connection, id_, partners),
            )

    async def agents(self, named: Sequence[str] | None = None) -> tuple[str, ...]:
        """The ids of the support agents; `named` sets them first."""
        async with transaction(self._engine) as connection:
            if named is not None:
                await connection.execute(delete(agents))
                if named:
                    await connection.execute(insert(agents), [{"person": one} for one in dict.fromkeys(named)])
            return tuple(await connection.scalars(select(agents.c.person).order_by(agents.c.person)))

    async def newest_surveys(self, limit: int) -> list[StoredSurvey]:
        """The answers given last, newest first."""
        columns = [surveys.c[name] for name in StoredSurvey.__annotations__]
        async with transaction(self._engine) as connection:
            rows = await connection.execute(select(*columns).order_by(surveys.c.at.desc()).limit(limit))
            return [StoredSurvey(**row) for row in rows.mappings()]

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
