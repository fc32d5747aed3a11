"""`triage cases` and `triage tenant`: what is stored, for the people who run the bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, replace

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.knowledge import check_plan
from bot.settings import Settings
from bot.store import SqlStore, StoredCase, open_store
from handoff.people import Tenant
from handoff.rules import load_rules


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
    settings: Settings, tenant_id: str, changes: Mapping[str, str], administrators: list[str] | None
) -> None:
    """Change what was named, and print the tenant as it stands."""
    rules = load_rules(settings.data / "rules")
    check_plan(rules, changes.get("plan", settings.plan))
    tenant, people = asyncio.run(_describe(settings, tenant_id, changes, administrators))
    typer.echo(json.dumps({**asdict(tenant), "administrators": people}, ensure_ascii=False, indent=2))


async def _newest(settings: Settings, limit: int) -> list[StoredCase]:
    store = await _opened(settings)
    try:
        return await store.newest_cases(limit)
    finally:
        await store.close()


async def _describe(
    settings: Settings, tenant_id: str, changes: Mapping[str, str], administrators: list[str] | None
) -> tuple[Tenant, tuple[str, ...]]:
    store = await _opened(settings)
    try:
        tenant, people = await store.tenant(tenant_id)
        if changes or administrators is not None:
            tenant, people = replace(tenant, **changes), people if administrators is None else tuple(administrators)
            await store.describe_tenant(tenant, people)
        return tenant, people
    finally:
        await store.close()


async def _opened(settings: Settings) -> SqlStore:
    settings.var.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database, settings.plan)
    await store.start()
    return store
