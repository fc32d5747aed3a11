"""The registry of models in the database: rows, files, and what was done to them. Every change of place is one transaction."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.registry_values import Event, Files, Serving, Status, Version
from bot.store.tables import model_blobs, model_events, model_lessons, models
from bot.store.transaction import transaction

LISTED = [column for column in models.c if column.name not in ("signature", "report")]
PLACES = ("adopted", "promoted", "rolled_back", "shadowed", "unshadowed")  # what changes who serves
KEPT = models.c.sha256.in_(select(model_blobs.c.sha256)).label("kept")


class ModelTable:
    """Models by version."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[ModelChanges]:
        """A transaction in which models change places, one at a time over all replicas. Raises `Conflict` and `Unavailable`."""
        async with transaction(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('triage models', 0))"))
            yield ModelChanges(connection)

    async def serving(self) -> Serving:
        """Which models are to serve now."""
        async with transaction(self._engine) as connection:
            return await serving(connection)

    async def last_serial(self) -> int:
        """The highest serial that any model ever had here; 0 where there is none."""
        async with transaction(self._engine) as connection:
            return int(await connection.scalar(select(func.max(models.c.serial))) or 0)

    async def versions(self, limit: int) -> list[Version]:
        """The newest models, newest first."""
        async with transaction(self._engine) as connection:
            rows = await connection.execute(select(*LISTED, KEPT).order_by(models.c.serial.desc()).limit(limit))
            return [_version(row) for row in rows.mappings()]

    async def version(self, version: str) -> Version | None:
        """One model, or None."""
        async with transaction(self._engine) as connection:
            return await find(connection, version)

    async def files(self, version: str) -> Files | None:
        """A model's files, unverified; None where there are none, or none any more."""
        joined = models.join(model_blobs, models.c.sha256 == model_blobs.c.sha256)
        columns = (models.c.manifest, models.c.signature, model_blobs.c.content)
        async with transaction(self._engine) as connection:
            found = await connection.execute(select(*columns).select_from(joined).where(models.c.version == version))
            row = found.mappings().first()
            return Files(**row) if row else None

    async def comparison(self, version: str) -> Mapping[str, Any] | None:
        """What the gate was shown of a model, as JSON."""
        found: Mapping[str, Any] | None = await self._value(models.c.comparison, version)
        return found

    async def report(self, version: str) -> str | None:
        """The page that compares a model with the champion of its day."""
        found: str | None = await self._value(models.c.report, version)
        return found

    async def kept(self, versions: Sequence[str]) -> set[str]:
        """Those of these models that still have their file."""
        asked = select(models.c.version).where(models.c.version.in_(list(versions)), KEPT)
        async with transaction(self._engine) as connection:
            return set(await connection.scalars(asked))

    async def events(self, limit: int, version: str | None = None) -> list[Event]:
        """What was done last, newest first."""
        asked = select(model_events).order_by(model_events.c.id.desc()).limit(limit)
        async with transaction(self._engine) as connection:
            rows = await connection.execute(asked.where(model_events.c.version == version) if version else asked)
            return [Event(**row) for row in rows.mappings()]

    async def note(self, event: Event) -> None:
        """Write down what happened; its id is given here."""
        async with transaction(self._engine) as connection:
            await note(connection, event)

    async def learned_from(self, examples: Sequence[int]) -> list[str]:
        """The versions of the models that learned from any of these accepted examples, newest first."""
        asked = (
            select(models.c.version)
            .where(
                models.c.version.in_(select(model_lessons.c.version).where(model_lessons.c.example.in_(list(examples))))
            )
            .order_by(models.c.serial.desc())
        )
        async with transaction(self._engine) as connection:
            return list(await connection.scalars(asked))

    async def _value(self, column: Any, version: str) -> Any:
        async with transaction(self._engine) as connection:
            return await connection.scalar(select(column).where(models.c.version == version))


class ModelChanges:
    """What may be done to models within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, version: str) -> Version | None:
        """One model, or None."""
        return await find(self._connection, version)

    async def serving(self) -> Serving:
        """Which models are to serve as this transaction sees it."""
        return await serving(self._connection)

    async def last_serial(self) -> int:
        """The highest serial that any model ever had here; 0 where there is none."""
        return int(await self._connection.scalar(select(func.max(models.c.serial))) or 0)

    async def add(self, row: Mapping[str, Any], content: bytes | None, lessons: Sequence[int]) -> None:
        """Add a model with its file (None: that is not kept), and the accepted examples that it learned from."""
        known = await self._connection.scalar(
            select(func.count()).select_from(model_blobs).where(model_blobs.c.sha256 == row["sha256"])
        )
        if content is not None and not known:
            await self._connection.execute(insert(model_blobs), {"sha256": row["sha256"], "content": content})
        await self._connection.execute(insert(models), dict(row))
        if lessons:
            taught = [{"version": row["version"], "example": example} for example in lessons]
            await self._connection.execute(insert(model_lessons), taught)

    async def place(self, version: str, status: Status) -> None:
        """Give a model its new status."""
        await self._connection.execute(update(models).where(models.c.version == version).values(status=status.value))

    async def note(self, event: Event) -> None:
        """Write down what was done."""
        await note(self._connection, event)

    async def previous(self, serial: int) -> str | None:
        """The version to go back to from the one with this serial: an older one, the last retired, that still has its file."""
        asked = (
            select(model_events.c.version)
            .join(models, models.c.version == model_events.c.version)
            .where(
                model_events.c.verb == "retired",
                models.c.status == Status.RETIRED.value,
                models.c.serial < serial,
                KEPT,
            )
            .order_by(model_events.c.id.desc())
            .limit(1)
        )
        return await self._connection.scalar(asked)

    async def prune(self, keep: int) -> None:
        """Forget the files of all but the newest models that do not serve; their rows and history stay."""
        idle = models.c.status.in_((Status.CHALLENGER.value, Status.RETIRED.value))
        old = select(models.c.sha256).where(idle, KEPT).order_by(models.c.serial.desc()).offset(keep)
        for sha256 in list(await self._connection.scalars(old.limit(keep))):
            await self.delete_file(sha256)

    async def delete_file(self, sha256: str) -> None:
        """Forget a model's file; its row and its history stay."""
        await self._connection.execute(delete(model_blobs).where(model_blobs.c.sha256 == sha256))


async def find(connection: AsyncConnection, version: str) -> Version | None:
    """One model, or None."""
    rows = await connection.execute(select(*LISTED, KEPT).where(models.c.version == version))
    row = rows.mappings().first()
    return _version(row) if row else None


async def serving(connection: AsyncConnection) -> Serving:
    """Which models are to serve now."""
    here = models.c.status.in_((Status.CHAMPION.value, Status.SHADOW.value))
    rows = await connection.execute(select(models.c.status, models.c.version).where(here))
    places = {row.status: row.version for row in rows}
    epoch = await connection.scalar(select(func.max(model_events.c.id)).where(model_events.c.verb.in_(PLACES)))
    return Serving(places.get(Status.CHAMPION.value), places.get(Status.SHADOW.value), int(epoch or 0))


async def note(connection: AsyncConnection, event: Event) -> None:
    """Add an event; its id is the database's."""
    row = {name: value for name, value in vars(event).items() if name != "id"}
    await connection.execute(insert(model_events), {**row, "facts": dict(event.facts)})


def event(at: datetime, actor: str, verb: str, version: str, **facts: Any) -> Event:
    """An event that has no id yet."""
    return Event(0, at, actor, verb, version, facts)


def _version(row: Any) -> Version:
    manifest = json.loads(row["manifest"])
    comparison = row["comparison"] or {}
    return Version(
        version=row["version"],
        serial=row["serial"],
        status=Status(row["status"]),
        created_at=row["created_at"],
        created_by=row["created_by"],
        sha256=row["sha256"],
        metrics=manifest["report"],
        examples=manifest["examples"],
        thresholds=manifest["thresholds"],
        run=row["run"],
        kept=bool(row["kept"]),
        refusals=tuple(one for one in comparison.get("findings", ()) if not one["passed"]),
    )
