"""`triage privacy`: what is kept of one person as files for them, or forgotten."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import typer

from bot.errors import CannotStart
from bot.files.retention import erase as forget_bytes
from bot.files.shelf import Shelf
from bot.lists import opened_store
from bot.models.served import tidy
from bot.models.trainer import VECTORS
from bot.settings import Settings
from bot.store import SqlStore
from bot.store.privacy import Erased

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet would run
Found = TypeVar("Found")


def export(settings: Settings, person: str, folder: Path) -> None:
    """Write `export.json` and one CSV for each table into a folder that is made for it. Raises `CannotStart`."""

    async def ask(store: SqlStore) -> tuple[str, dict[str, list[dict[str, Any]]]]:
        id_ = await _identified(store, person)
        return id_, await store.privacy.kept(id_)

    id_, kept = _with_store(settings, ask)
    if folder.exists() and any(folder.iterdir()):
        raise CannotStart(f"{folder} is not empty: name a folder that is made for this")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = {"person": id_, "tables": kept}
    (folder / "export.json").write_text(json.dumps(whole, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    for table, rows in kept.items():
        write_csv(folder / f"{table}.csv", rows)
        typer.echo(f"{len(rows):6} {table}")
    typer.echo(f"{sum(map(len, kept.values()))} rows of {id_} are in {folder}")


def erase(settings: Settings, person: str, *, sure: bool) -> None:
    """Say what is kept, ask, and forget it; then name the models that had learned from it. Raises `CannotStart`."""

    async def look(store: SqlStore) -> tuple[str, dict[str, list[dict[str, Any]]]]:
        id_ = await _identified(store, person)
        return id_, await store.privacy.kept(id_)

    id_, kept = _with_store(settings, look)
    for table, rows in kept.items():
        typer.echo(f"{len(rows):6} {table}")
    if not sure and not typer.confirm(f"Forget {id_}? This cannot be taken back"):
        raise CannotStart("nothing was forgotten")

    async def forget(store: SqlStore) -> Erased:
        erased = await store.privacy.erase(id_)
        await forget_bytes(store.files, Shelf(settings.file_folder), erased.hashes)
        await tidy(settings, store)
        return erased

    erased = _with_store(settings, forget)
    (settings.var / VECTORS).unlink(missing_ok=True)  # what the encoder made of texts: the next training fills it again
    for line in told(id_, erased):
        typer.echo(line)


def told(id_: str, erased: Erased) -> list[str]:
    """What was done, and what is left to do, in sentences."""
    lines = [
        f"{id_} is forgotten: {', '.join(f'{many} in {name}' for name, many in erased.rows.items()) or 'nothing was kept'}."
    ]
    left = [version for version in erased.models if version not in erased.deleted]
    if erased.deleted:
        lines.append(f"Files deleted of models that had learned from it: {', '.join(erased.deleted)}.")
    if left:
        lines.append(
            f"Had learned from it and serves: {', '.join(left)}. Retrain, promote, and run this again: then its file goes as well."
        )
    return lines


def write_csv(file: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """One table; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(rows[0])
        writer.writerows([cell(value) for value in row.values()] for row in rows)


def cell(value: Any) -> str:
    """A value as text that is never a formula."""
    text = (
        "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    )
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text


async def _identified(store: SqlStore, person: str) -> str:
    """The id that is meant: a name stands for its id where only one person has it."""
    named = await store.privacy.named(person)
    if len(named) > 1:
        several = ", ".join(id_ for id_, _ in named)
        raise CannotStart(f"several people are called {person!r}; name one by id: {several}")
    return named[0][0] if named else person


def _with_store(settings: Settings, ask: Callable[[SqlStore], Awaitable[Found]]) -> Found:
    async def run() -> Found:
        async with opened_store(settings) as store:
            return await ask(store)

    return asyncio.run(run())
