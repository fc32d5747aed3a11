"""What each desk knows of each case."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from bot.store.tables.base import Moment, metadata

# A row says that the desk was told of the case: `reference` is how it calls it (a ticket's number, a message's id), or empty. One
# that has refused the case is not told of it any more.
desk_references = Table(
    "desk_references",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("case", String(32), primary_key=True, index=True),
    Column("reference", String(1024), nullable=False, index=True),
    Column("refused_at", Moment),
    Column("reason", Text),
)

# A desk that asked not to be called any more; an operator's replay opens it again.
closed_desks = Table(
    "closed_desks",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("closed_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
