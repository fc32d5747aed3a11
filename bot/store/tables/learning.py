"""What people said their messages are about, what they thought of our proposals, and what was solved without a case."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

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

# What people said their messages are about: candidates for the operators, never trained on unreviewed.
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
)

# What people thought of a proposal: the last thumb of each of them under each message.
feedback = Table(
    "feedback",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("tenant", String(64), primary_key=True),
    Column("conversation", String(512), primary_key=True),
    Column("message", String(255), primary_key=True),
    Column("person", String(255), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("reaction", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("token", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("model", String(64), nullable=False),
    Index(None, "at"),
)
