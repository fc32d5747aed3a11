"""The bot as it is served, for tests: everything real but Teams, and a clock that the test may move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import func, select

from bot.app import Parts, build_app
from bot.desk.contract import Desk
from bot.directory import Directory, TenantList
from bot.files.rules import load_file_rules
from bot.metrics import Metrics
from bot.reader import LocalReader
from bot.settings import ROOT, Settings, read_settings
from bot.store import SqlStore, StoredCase, open_store
from bot.store.tables import audit, cases, labels, metadata
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.fakes.connector import TOO_LATE, FakeTeams
from tests.fakes.server import serving


@dataclass
class Clock:
    """A clock that stands where the test puts it, and otherwise goes."""

    offset: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def advance(self, **by: float) -> None:
        self.offset += timedelta(**by)


class Bot:
    """A served bot. `teams` are the people around it; `store` looks into its database from beside."""

    def __init__(
        self, database_url: str, var: Path, classifier: Predictor, knowledge: Knowledge, **settings: Any
    ) -> None:
        self.settings: Settings = read_settings(var=var, database_url=database_url, **settings)
        self.classifier = classifier
        self.knowledge = knowledge
        self.clock = Clock()
        self.metrics = Metrics()
        self.desks: Mapping[str, Desk] = {}
        self.teams = FakeTeams()
        self.directory: Directory = TenantList()
        self.patience = 60.0  # seconds: what is tested is the same on a machine that is busy with other tests
        self._stack = AsyncExitStack()

    @property
    def url(self) -> str:
        return self.teams.bot_url.removesuffix("/api/messages")

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.teams)
        self.store = self.open_store()
        self._stack.push_async_callback(self.store.close)
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
        assert TOO_LATE not in self.teams.refused, "whoever pressed a button saw that the app cannot be reached"

    def parts(self) -> Parts:
        return Parts(
            self.settings,
            self.open_store(),
            LocalReader(self.classifier),
            self.classifier.version,
            self.knowledge,
            self.metrics,
            self.clock,
            load_file_rules(ROOT / "data" / "rules" / "files.toml"),
            self.directory,
            self.patience,
        )

    def open_store(self) -> SqlStore:
        return open_store(self.settings.database, self.settings.plan)

    async def start(self) -> None:
        """Serve; called again, serve a second time over the same database, as after a restart."""
        url = await self._stack.enter_async_context(serving(build_app(self.parts(), self.desks)))
        self.teams.bot_url = f"{url}/api/messages"

    async def cases(self) -> list[StoredCase]:
        return await self.store.newest_cases(1000)

    async def labels(self) -> list[dict[str, Any]]:
        async with transaction(self.store._engine) as connection:
            return [dict(row) for row in (await connection.execute(select(labels))).mappings()]

    async def count(self, table: str) -> int:
        async with transaction(self.store._engine) as connection:
            return int(await connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0)

    async def deeds(self) -> Counter[str]:
        """What happened to cases, and how often."""
        async with transaction(self.store._engine) as connection:
            return Counter(await connection.scalars(select(audit.c.verb)))

    async def keys(self) -> list[str]:
        async with transaction(self.store._engine) as connection:
            return list(await connection.scalars(select(cases.c.key)))
