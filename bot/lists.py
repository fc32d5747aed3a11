"""`triage cases` and `triage tenant`: what is stored, for the people who run the bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import CannotStart
from bot.knowledge import check_plan
from bot.settings import Settings
from bot.store import SqlStore, StoredCase, StoredSurvey, open_store
from handoff.errors import Unfit
from handoff.organisation import described, near
from handoff.people import Tenant
from handoff.rules import Rules, load_rules


def print_cases(settings: Settings, limit: int, *, as_json: bool) -> None:
    """Print the cases opened last."""
    found = asyncio.run(_newest(settings, limit))
    if as_json:
        for case in found:
            typer.echo(json.dumps(asdict(case), ensure_ascii=False, default=str))
        return
    table = Table("number", "opened", "category", "sev.", "with", "requester", "description")
    for case in found:
        category = case.category or "a person was asked for"
        opened = case.opened_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(
            case.number,
            opened,
            category,
            case.severity or "–",
            case.holder,
            Text(case.requester),
            Text(case.description[:80]),
        )
    Console().print(table)


def describe_tenant(
    settings: Settings,
    tenant_id: str,
    changes: Mapping[str, str],
    administrators: list[str] | None,
    partners: list[str] | None,
) -> None:
    """Change what was named, and print the tenant as it stands. Raises `CannotStart` for what cannot be set."""
    rules = load_rules(settings.data / "rules")
    check_plan(rules, settings.plan)
    tenant, *people = asyncio.run(_describe(settings, rules, tenant_id, changes, administrators, partners))
    shown = {**asdict(tenant), "administrators": people[0], "partners": people[1]}
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=lambda at: at.strftime("%H:%M")))


def name_agents(settings: Settings, named: list[str] | None) -> None:
    """Set the support agents, if any are named, and print them."""

    async def run() -> tuple[str, ...]:
        async with opened_store(settings) as store:
            return await store.agents(named)

    for agent in asyncio.run(run()):
        typer.echo(agent)


def print_surveys(settings: Settings, limit: int, *, as_json: bool) -> None:
    """Print what requesters answered last."""

    async def run() -> list[StoredSurvey]:
        async with opened_store(settings) as store:
            return await store.newest_surveys(limit)

    found = asyncio.run(run())
    if as_json:
        for survey in found:
            typer.echo(json.dumps(asdict(survey), ensure_ascii=False, default=str))
        return
    table = Table("answered", "case", "rating", "words")
    for survey in found:
        table.add_row(survey.at.strftime("%Y-%m-%d %H:%M"), survey.case, str(survey.rating), Text(survey.words[:80]))
    Console().print(table)


async def _newest(settings: Settings, limit: int) -> list[StoredCase]:
    async with opened_store(settings) as store:
        return await store.newest_cases(limit)


async def _describe(
    settings: Settings,
    rules: Rules,
    tenant_id: str,
    changes: Mapping[str, str],
    administrators: list[str] | None,
    partners: list[str] | None,
) -> tuple[Tenant, tuple[str, ...], tuple[str, ...]]:
    async with opened_store(settings) as store:
        tenant, *_ = await store.tenant(tenant_id)
        if changes or administrators is not None or partners is not None:
            try:
                tenant = described(rules, tenant, changes)
            except Unfit as unfit:
                raise CannotStart(_sentence(unfit, rules, changes)) from None
            await store.describe_tenant(tenant, administrators, partners)
        return await store.tenant(tenant_id)


def _sentence(unfit: Unfit, rules: Rules, changes: Mapping[str, str]) -> str:
    """What was wrong, with the legal values where they can be listed."""
    hints = {
        "plan": f"one of: {', '.join(rules.plans)}",
        "zone": f"did you mean {', '.join(near(changes.get('zone', '')))}?",
    }
    hints |= {
        "country": "two letters of a country whose holidays are known, such as FR",
        "days": "some of 0 (Monday) to 6",
    }
    hints |= dict.fromkeys(("opens", "closes"), "times of day such as 09:00, the opening before the closing")
    return "; ".join(
        f"--{field} {changes.get(field, '')!r}: {hints.get(field, problem)}"
        for field, problem in unfit.problems.items()
    )


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[SqlStore]:
    """The store, for one command."""
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    try:
        await store.start()
        yield store
    finally:
        await store.close()
