"""What people said their messages are about, what they thought of our proposals, and what was solved without a case."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

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
    Column("reading", Integer, index=True),  # the message that it is said of
)

# What a person has accepted as true of a message: trained on, scrubbed before it comes here. `origin` names where it came from,
# such as `labels:17` or the file of an import. Only rows whose status is `accepted` are learned from.
examples = Table(
    "examples",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("category", String(64)),  # null: the message says too little to have one
    Column("severity", String(1)),
    Column("source", String(32), nullable=False),
    Column("status", String(16), nullable=False, server_default="accepted"),
    Column("accepted_by", String(255), nullable=False),
    Column("tenant", String(64), nullable=False, server_default=""),
    Column("person", String(255), nullable=False, server_default=""),
    Column("origin", String(255), nullable=False, server_default=""),
    Index(None, "tenant", "person"),
    Index(None, "status"),
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
