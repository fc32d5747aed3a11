"""What models still hold of examples that are forgotten: their reports lose the words, their files go once they do not serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import examples, model_blobs, model_lessons, models, training_runs

Lessons = Mapping[int, str]  # the text of each example, by its id


async def learned_from(connection: AsyncConnection, lessons: Sequence[int]) -> list[str]:
    """The models that learned from any of these examples."""
    asked = select(model_lessons.c.version).where(model_lessons.c.example.in_(lessons)).distinct()
    return sorted(await connection.scalars(asked))


async def forget_in_reports(connection: AsyncConnection, lessons: Lessons) -> None:
    """Reports and findings show examples word for word: those that show theirs lose their rows."""
    if not lessons:
        return
    for table, columns in (
        (models, (models.c.comparison, models.c.report)),
        (training_runs, (training_runs.c.findings,)),
    ):
        [key] = table.primary_key.columns
        for row in await connection.execute(select(key, *columns)):
            told = {column.name: value for column, value in zip(columns, row[1:], strict=True) if value is not None}
            told = {name: _untold(value, lessons) for name, value in told.items() if _tells(value, lessons)}
            if told:
                await connection.execute(update(table).where(key == row[0]).values(**told))


def _tells(value: Any, lessons: Lessons) -> bool:
    return any(_in(text, value) for text in lessons.values())


def _in(text: str, value: Any) -> bool:
    """Whether a text stands in a page or in JSON; a part of it suffices, since pages cut and escape."""
    if isinstance(value, str):
        parts = [part for part in text.split() if part.isalnum()]
        return bool(parts) and all(part in value for part in parts)
    if isinstance(value, Mapping):
        return any(_in(text, one) for one in value.values())
    return isinstance(value, Sequence) and any(_in(text, one) for one in value)


def _untold(value: Any, lessons: Lessons) -> Any:
    """The same figures without the examples that stood beside them; a page is taken away as a whole."""
    return None if isinstance(value, str) else _blanked(value, lessons)


def _blanked(value: Any, lessons: Lessons) -> Any:
    if isinstance(value, str):
        return "" if _tells(value, lessons) else value
    if isinstance(value, Mapping):
        return {name: _blanked(one, lessons) for name, one in value.items()}
    return [_blanked(one, lessons) for one in value] if isinstance(value, list) else value


async def forget_files(connection: AsyncConnection) -> list[str]:
    """Delete the files of models that learned from what no longer exists, but for those that serve: their successors come first."""
    missing = ~select(examples.c.id).where(examples.c.id == model_lessons.c.example).exists()
    asked = select(models.c.version, models.c.sha256).join(model_lessons, model_lessons.c.version == models.c.version)
    asked = asked.where(missing, models.c.status.not_in(("champion", "shadow"))).distinct()
    found = (await connection.execute(asked)).all()
    gone = await connection.execute(
        delete(model_blobs)
        .where(model_blobs.c.sha256.in_([row.sha256 for row in found]))
        .returning(model_blobs.c.sha256)
    )
    hashes = {row.sha256 for row in gone}
    return sorted(row.version for row in found if row.sha256 in hashes)
