"""What people sent along: which files are kept, of whom, and with which case. The bytes are in the folder of files, by their hash."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from bot.store.tables.base import Moment, metadata

# `case` is empty while a file waits with a problem that is not a case yet.
files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("person", String(255), nullable=False),
    Column("case", String(32), nullable=False, server_default="", index=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
    Column("place", Integer, nullable=False, server_default="0"),  # among those that came with one message
)
