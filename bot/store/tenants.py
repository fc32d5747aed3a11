"""Tenants as rows, and who may do what in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import time
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import administrators, partners, tenants
from handoff.people import Tenant


def tenant_of(row: Mapping[str, Any], prefix: str = "") -> Tenant:
    """The tenant in a row whose columns have this prefix."""
    fields = {column.name: row[f"{prefix}{column.name}"] for column in tenants.c}
    hours = {name: time.fromisoformat(fields[name]) for name in ("opens", "closes")}
    days = tuple(int(day) for day in fields["days"].split(","))
    return Tenant(**{**fields, **hours, "days": days})


def row_of(tenant: Tenant) -> dict[str, Any]:
    """The row that keeps a tenant."""
    hours = {name: getattr(tenant, name).strftime("%H:%M") for name in ("opens", "closes")}
    return {**asdict(tenant), **hours, "days": ",".join(map(str, tenant.days))}


async def find(connection: AsyncConnection, ids: Sequence[str], plan: str) -> dict[str, Tenant]:
    """These tenants by id; one that nobody described has the default plan."""
    rows = await connection.execute(select(tenants).where(tenants.c.id.in_(ids)))
    known = {row["id"]: tenant_of(dict(row)) for row in rows.mappings()}
    return {id_: known.get(id_) or Tenant(id_, plan) for id_ in ids}


async def describe(
    connection: AsyncConnection,
    tenant: Tenant,
    administrators_: Sequence[str] | None,
    partners_: Sequence[str] | None,
) -> None:
    """Set what is known of a tenant; None leaves its administrators, or its partners, as they are."""
    await connection.execute(delete(tenants).where(tenants.c.id == tenant.id))
    await connection.execute(insert(tenants), row_of(tenant))
    for table, people in ((administrators, administrators_), (partners, partners_)):
        if people is not None:
            await _replace(connection, table, tenant.id, people)


async def named(connection: AsyncConnection, tenant: str, table: Table) -> tuple[str, ...]:
    """The ids of a tenant's administrators, or of its partners."""
    return tuple(
        await connection.scalars(select(table.c.person).where(table.c.tenant == tenant).order_by(table.c.person))
    )


async def _replace(connection: AsyncConnection, table: Table, tenant: str, people: Sequence[str]) -> None:
    await connection.execute(delete(table).where(table.c.tenant == tenant))
    if people:
        await connection.execute(insert(table), [{"tenant": tenant, "person": one} for one in dict.fromkeys(people)])
