"""The tables. Changed only together with a migration; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A point in time, always in UTC: SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        known: datetime = value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
        return known


Serial = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER

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

# A conversation's memory. In a group each person has their own; `person` is empty in a personal chat.
conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("tenant", String(64), primary_key=True),
    Column("conversation", String(512), primary_key=True),
    Column("person", String(255), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# Every activity taken, with what it was answered: the same one again is not acted upon twice.
inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("tenant", String(64), primary_key=True),
    Column("conversation", String(512), primary_key=True),
    Column("activity", String(255), primary_key=True),
    Column("answer", JSON),
    Column("received_at", Moment, nullable=False, index=True),
)

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
    Column("resolved_at", Moment),
    Column("closed_at", Moment),
    Column("follows", String(32), nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
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

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("stream", String(700), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("dead_at", Moment),
    Column("reason", Text),
    Index(None, "sent_at", "dead_at", "due_at"),
    Index(None, "stream", "id"),
)
