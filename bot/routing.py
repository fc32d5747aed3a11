"""`triage routes`, `triage doctor --route`: where cases go, and whether they can get there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app import teams_channel
from bot.desk.build import build_desks, inbound_secrets
from bot.desk.contract import Desk, TryLater, Undeliverable
from bot.desk.teams import teams_desks
from bot.desk.web import Web
from bot.errors import CannotStart
from bot.handing import the_secrets
from bot.settings import Settings
from dialogs.words import load_words
from handoff.case import Case, Holder, Judgement
from handoff.deskfile import load_desks
from handoff.desks import DeskBook, DeskRow, Way
from handoff.people import SYSTEM
from handoff.rulebook import Severity
from handoff.rules import Rules, load_rules

REACH_SECONDS = 30.0


@dataclass(frozen=True)
class Asked:
    """A case that somebody wants to see the way of; what is empty is any."""

    category: str
    severity: str = ""
    tenant: str = ""
    holder: str = Holder.SUPPORT.value


def print_routes(settings: Settings) -> None:
    """Print desks and routes, in the order in which routes are tried."""
    book, _ = read_book(settings)
    if not book.desks:
        typer.echo(f"{settings.desk_file} has no desk: cases are worked in the chat")
        return
    desks = Table("desk", "kind", "where", "language")
    for row in book.desks.values():
        desks.add_row(row.id, row.kind, Text(_where(row)), row.language)
    routes = Table("tenant", "category", "severity", "with", "desks, in turn", "told besides")
    for route in book.routes:
        cells = (route.tenant, route.category, route.severity, route.holder)
        routes.add_row(*(str(cell or "any") for cell in cells), " → ".join(route.desks), ", ".join(route.also) or "–")
    for table in (desks, routes):
        Console().print(table)


def check_desks(settings: Settings) -> str:
    """For `triage doctor`: the table can be used, and every secret that it names is there. Raises `BadRules` and `CannotStart`."""
    book, _ = read_book(settings)
    words, secrets = load_words(settings.data / "words"), the_secrets()
    build_desks(book.desks, Web(), words, secrets, lambda: datetime.now(UTC))
    inbound_secrets(book.desks, secrets)
    return f"{len(book.desks)} desks, {len(book.routes)} routes in {settings.desk_file}"


def try_route(settings: Settings, asked: Asked) -> bool:
    """Print the way that such a case would go, and try each desk of it; True when all can be reached. Raises `CannotStart`."""
    book, rules = read_book(settings)
    way = book.routes_for(_case(asked, rules))
    console = Console()
    if not way.desks:
        console.print(f"no route of {settings.desk_file} takes such a case: it is worked in the chat", highlight=False)
        return True
    console.print(f"goes to {' → '.join(way.desks)}" + (f", and besides to {', '.join(way.also)}" if way.also else ""))
    told = asyncio.run(_reach(settings, book, way))
    for desk, (well, said) in told.items():
        mark = "[green]✓[/]" if well else "[red]✗[/]"
        console.print(mark, Text(f"{desk}: {said}"), highlight=False)
    return all(well for well, _ in told.values())


async def _reach(settings: Settings, book: DeskBook, way: Way) -> Mapping[str, tuple[bool, str]]:
    web = Web(settings.desk_hosts)
    rows = {id_: book.desks[id_] for id_ in (*way.desks, *way.also)}
    words = load_words(settings.data / "words")
    teams = teams_channel(settings)
    try:
        desks = build_desks(rows, web, words, the_secrets(), lambda: datetime.now(UTC))
        desks |= teams_desks(rows, teams.connector, settings.app_id, words)
        found = await asyncio.gather(*(_reached(desks.get(id_), rows[id_]) for id_ in rows))
    finally:
        await teams.close()
        await web.close()
    return dict(zip(rows, found, strict=True))


async def _reached(desk: Desk | None, row: DeskRow) -> tuple[bool, str]:
    if desk is None:
        return False, f"{_where(row)}: there is no such kind of desk"
    try:
        async with asyncio.timeout(REACH_SECONDS):
            return True, await desk.reach()
    except (TryLater, Undeliverable) as problem:
        return False, str(problem)
    except TimeoutError:
        return False, f"no answer within {REACH_SECONDS:g} seconds"


def _case(asked: Asked, rules: Rules) -> Case:
    """A case as it is asked about. Raises `CannotStart` for what does not exist."""
    for name, value, legal in (
        ("category", asked.category, [*rules.categories]),
        ("severity", asked.severity, ["", *Severity]),
        ("holder", asked.holder, [*Holder]),
    ):
        if value not in legal:
            raise CannotStart(f"{value!r} is no {name}; one of: {', '.join(str(one) for one in legal if one)}")
    return Case(
        number="",
        key="",
        tenant=asked.tenant,
        requester=SYSTEM,
        language="en",
        description="",
        category=asked.category,
        severity=Severity(asked.severity) if asked.severity else None,
        holder=Holder(asked.holder),
        wants_a_person=False,
        judgement=Judgement(),
        opened_at=datetime.now(UTC),
    )


def read_book(settings: Settings) -> tuple[DeskBook, Rules]:
    """The table of desks and routes, and the rule book. Raises `BadRules`."""
    rules = load_rules(settings.data / "rules")
    return load_desks(settings.desk_file, rules), rules


def _where(row: DeskRow) -> str:
    place = row.url or row.to or row.channel
    return f"{place}, {row.queue}" if row.queue else place
