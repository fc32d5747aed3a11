"""People who are connected over a case, and which of their chats is at which end."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, String, Table

from bot.store.tables.base import Moment, metadata

# `owner_thread` is where whoever has the case spoke last, if that was the case's thread and not their own chat.
bridges = Table(
    "bridges",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case", String(32), nullable=False),
    Column("requester_id", String(255), nullable=False),
    Column("requester_name", String(255), nullable=False),
    Column("owner_id", String(255), nullable=False),
    Column("owner_name", String(255), nullable=False),
    Column("owner_agent", Boolean, nullable=False),
    Column("owner_thread", JSON(none_as_null=True)),
    Column("opened_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", String(255), nullable=False, server_default=""),
    Column("why", String(16), nullable=False, server_default=""),
    Index(None, "case", "ended_at"),
)

# The last bridge of each chat. Its key is what makes two owners of one conversation impossible: a chat has one end of one bridge.
bridge_ends = Table(
    "bridge_ends",
    metadata,
    Column("stream", String(700), primary_key=True),
    Column("bridge", String(64), nullable=False),
)
