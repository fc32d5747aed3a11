"""How messages were understood, and what operators decided about them. What people wrote is scrubbed before it comes here."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, String, Table, Text

from bot.store.tables.base import Moment, Serial, metadata

# Every message that was judged. `outcome` is empty while it is open; `category` and `severity` are what a person let stand or set.
readings = Table(
    "readings",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False, index=True),
    Column("channel", String(64), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("conversation", String(512), nullable=False),
    Column("person", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("model", String(64), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("proposed", String(64)),
    Column("proposed_severity", String(1)),
    Column("confidence", Float, nullable=False),
    Column("margin", Float, nullable=False),
    Column("clarity", Float, nullable=False),
    Column("outlier", Float, nullable=False),
    Column("probabilities", JSON, nullable=False),
    Column("severities", JSON, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("category", String(64)),
    Column("severity", String(1)),
    Column("case", String(32), nullable=False, index=True),
    Index(None, "tenant", "person"),
    Index(None, "proposed", "category"),
)

# What a reviewer has before them, or has decided, of a label or a reading: one at a time, by one person.
reviews = Table(
    "reviews",
    metadata,
    Column("origin", String(64), primary_key=True),  # such as labels:17 or readings:4
    Column("reviewer", String(255), nullable=False, index=True),
    Column("lease_until", Moment, nullable=False),
    Column("decision", String(16), nullable=False, index=True),  # empty while it is only leased
    Column("decided_at", Moment),
)

# One-time links that have been used: each opens once.
links = Table("links", metadata, Column("id", String(64), primary_key=True), Column("used_at", Moment, nullable=False))
