"""What people said their messages are about, and what was solved without a case."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from bot.store.tables.base import Moment, Serial, metadata

# Problems that the self-service steps have solved: no case was needed.
self_help = Table(
    "self_help",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("person", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("category", String(64), nullable=False),
    Column("model", String(64), nullable=False),
)

# What people said their messages are about: candidates for the operators, never trained on unreviewed. `person` said it in the
# capacity of `source`, of what `author` wrote (empty: of their own words).
labels = Table(
    "labels",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("person", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("proposed", String(64)),
    Column("category", String(64)),
    Column("severity", String(1)),
    Column("model", String(64), nullable=False),
    Column("source", String(16), nullable=False, server_default="end_user"),
    Column("author", String(255), nullable=False, server_default=""),
    Column("case", String(32), nullable=False, server_default=""),
)
