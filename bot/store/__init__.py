"""What is kept: one schema, on SQLite for one replica or PostgreSQL for many."""

from bot.store.contract import (
    Conflict,
    Known,
    PendingHandover,
    PendingMessage,
    Reached,
    Record,
    Ringing,
    StoredCase,
    StoredSurvey,
    Unavailable,
)
from bot.store.sql import SqlStore, open_store

__all__ = [
    "Conflict",
    "Known",
    "PendingHandover",
    "PendingMessage",
    "Reached",
    "Record",
    "Ringing",
    "SqlStore",
    "StoredCase",
    "StoredSurvey",
    "Unavailable",
    "open_store",
]
