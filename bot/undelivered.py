"""`triage outbox`, `triage outbox replay`: what has not arrived, why, and on its way again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import CannotStart
from bot.lists import opened_store
from bot.routing import read_book
from bot.settings import Settings
from bot.store.lists import DeskCount, OutboxLine
from handoff.desks import DeskBook


def print_outbox(settings: Settings, limit: int, *, as_json: bool) -> None:
    """Print what has not arrived, and why."""
    book, _ = read_book(settings)
    lines, counts, closed = asyncio.run(_outbox(settings, limit))
    if as_json:
        for line in lines:
            typer.echo(json.dumps(asdict(line), ensure_ascii=False, default=str))
        return
    console = Console()
    console.print(_table(lines))
    for count in counts:
        console.print(_summary(count, book), highlight=False)
    for desk, (since, reason) in closed.items():
        console.print(
            f"{desk}: closed since {_minute(since)} ({reason}); `triage outbox replay --desk {desk}` opens it"
        )


def replay(settings: Settings, id_: int | None, desk: str | None) -> None:
    """Send on its way again what has not arrived. Raises `CannotStart` when it is not said what."""
    if (id_ is None) == (desk is None):
        raise CannotStart("say what to replay: the id of a line of `triage outbox`, or --desk and a desk")
    count = asyncio.run(_replay(settings, id_, desk or ""))
    if not count:
        raise CannotStart("there is nothing undelivered of that id or desk")
    typer.echo(f"{count} on the way again")


def _table(lines: list[OutboxLine]) -> Table:
    table = Table("id", "desk", "case", "what", "since", "tries", "next", "why")
    for line in lines:
        due = "[red]dead[/]" if line.dead_at else _minute(line.due_at)
        where = line.desk or "chat"
        cells = (str(line.id), where, line.case or "–", Text(line.what), _minute(line.created_at), str(line.attempts))
        table.add_row(*cells, due, Text(line.reason))
    return table


def _summary(count: DeskCount, book: DeskBook) -> str:
    lost = "; [red]no such desk in the table[/]" if count.desk and count.desk not in book.desks else ""
    since = f" since {_minute(count.oldest)}" if count.oldest else ""
    return f"{count.desk or 'chat'}: {count.waiting} waiting{since}, {count.dead} dead{lost}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


async def _outbox(
    settings: Settings, limit: int
) -> tuple[list[OutboxLine], list[DeskCount], Mapping[str, tuple[datetime, str]]]:
    async with opened_store(settings) as store:
        view = store.outbox_view
        return await view.lines(limit), await view.counts(), await view.closed()


async def _replay(settings: Settings, id_: int | None, desk: str) -> int:
    async with opened_store(settings) as store:
        return await store.outbox_view.replay(datetime.now(UTC), id_=id_, desk=desk)
