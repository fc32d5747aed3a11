"""What is kept: one schema, on SQLite for one replica or PostgreSQL for many."""

from bot.store.contract import Conflict, Known, PendingMessage, Record, StoredCase, Unavailable
from bot.store.sql import SqlStore, open_store

__all__ = ["Conflict", "Known", "PendingMessage", "Record", "SqlStore", "StoredCase", "Unavailable", "open_store"]
