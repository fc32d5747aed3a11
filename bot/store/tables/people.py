"""Tenants, and the people who talk to the bot, administer, or work the cases."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table, Text

from bot.store.tables.base import metadata

tenants = Table(
    "tenants",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("plan", String(64), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("network_team", Text, nullable=False, default=""),
    Column("help_desk", Text, nullable=False, default=""),
    Column("support_phone", Text, nullable=False, server_default=""),
    Column("zone", String(64), nullable=False, server_default="UTC"),
    Column("country", String(2), nullable=False, server_default=""),
    Column("opens", String(5), nullable=False, server_default="09:00"),
    Column("closes", String(5), nullable=False, server_default="17:00"),
    Column("days", String(16), nullable=False, server_default="0,1,2,3,4"),
)

administrators = Table(
    "administrators",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("person", String(255), primary_key=True),
)

# People to whom a tenant has delegated its administration, and those who work the cases of all tenants.
partners = Table(
    "partners",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("person", String(255), primary_key=True, index=True),
)

agents = Table("agents", metadata, Column("person", String(255), primary_key=True))

# Everybody who has talked to the bot; `address` is their personal chat, where they are told that a case has changed.
people = Table(
    "people",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(255), primary_key=True, index=True),
    Column("name", String(255), nullable=False),
    Column("language", String(8), nullable=False),
    Column("address", JSON(none_as_null=True)),
)
