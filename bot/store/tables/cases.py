"""Cases, what happened to them, and what has to ring."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.tables.base import Moment, Serial, metadata

cases = Table(
    "cases",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("key", String(64), nullable=False),
    Column("requester_id", String(255), nullable=False),
    Column("requester_name", String(255), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("conversation", String(512), nullable=False),
    Column("language", String(8), nullable=False),
    Column("description", Text, nullable=False),
    Column("category", String(64)),
    Column("severity", String(1)),
    Column("holder", String(32), nullable=False),
    Column("status", String(32), nullable=False),
    Column("wants_a_person", Boolean, nullable=False),
    Column("confidence", Float),
    Column("judgement", JSON, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("severity_by", String(16), nullable=False, server_default="classifier"),
    Column("back", String(32)),
    Column("packet", JSON(none_as_null=True)),
    Column("elapsed", Float, nullable=False, server_default="0"),  # seconds that count
    Column("running_since", Moment),
    Column("answered_at", Moment),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("owner_id", String(255)),
    Column("owner_name", String(255)),
    Column("quiet_since", Moment),  # when whoever has it was heard of last
    Column("resolved_at", Moment),
    Column("closed_at", Moment),
    Column("follows", String(32), nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("author", String(255), nullable=False, server_default=""),  # of the message that it was opened from
    Column("link", Text, nullable=False, server_default=""),
    UniqueConstraint("tenant", "requester_id", "key"),
    Index(None, "tenant", "opened_at"),
    Index(None, "tenant", "requester_id", "status"),
    Index(None, "holder", "status"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("actor", String(255), nullable=False),
    Column("verb", String(64), nullable=False),
    Column("subject", String(64), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
    Column("actor_name", String(255), nullable=False, server_default=""),
    Column("status", String(32), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("key", String(64)),  # of the button that did it, which does it once
    UniqueConstraint("subject", "key"),
)

# What a case has to be reminded of; each kind rings once for each level.
alarms = Table(
    "alarms",
    metadata,
    Column("case", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("level", String(16), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("rung_at", Moment),
    Index(None, "rung_at", "due_at"),
)

# What requesters thought of a resolution: one answer for each.
surveys = Table(
    "surveys",
    metadata,
    Column("case", String(32), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("person", String(255), nullable=False),
    Column("rating", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
