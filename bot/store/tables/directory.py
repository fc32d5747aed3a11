"""What a directory has said of people, kept for as long as it counts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table

from bot.store.tables.base import Moment, metadata

# Whether somebody administers their organisation, as Microsoft Graph said at that moment.
directory = Table(
    "directory",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("person", String(255), primary_key=True),
    Column("administers", Boolean, nullable=False),
    Column("checked_at", Moment, nullable=False),
)
