"""Conversations: what they remember, what came in, what is on its way out."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from bot.store.tables.base import Moment, Serial, metadata

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
    Column("name", String(255)),  # what the channel calls it, of messages that people may rate
    Index(None, "sent_at", "dead_at", "due_at"),
    Index(None, "stream", "id"),
    Index(None, "stream", "name"),
)
