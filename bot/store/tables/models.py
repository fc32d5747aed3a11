"""The registry of models: their files, what happened to them, how they are trained, and what a shadow would have said."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from bot.store.tables.base import Moment, Serial, metadata

# Every model that was trained or taken in. `manifest` and `signature` are the signed bytes themselves.
models = Table(
    "models",
    metadata,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("manifest", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(255), nullable=False),
    Column("run", String(32)),
    Column("comparison", JSON(none_as_null=True)),
    Column("report", Text),  # one HTML page
)

# The files of models, by hash; one that nobody may go back to is deleted, its row in `models` stays.
model_blobs = Table(
    "model_blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# What was done to models, by whom. The highest id of a change of place is the epoch: a replica never goes back behind it.
model_events = Table(
    "model_events",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(255), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("version", String(64), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
)

# Trainings: one at a time. A run, waiting or running, whose lease has expired was ended by a crash. `findings` are the gate's.
training_runs = Table(
    "training_runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("asked_by", String(255), nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("stage", String(64), nullable=False, server_default=""),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("lease_until", Moment),
    Column("ended_at", Moment),
    Column("version", String(64)),
    Column("reason", Text, nullable=False, server_default=""),
    Column("findings", JSON(none_as_null=True)),
)

# Which accepted corrections a model has learned from.
model_lessons = Table(
    "model_lessons",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("example", Integer, primary_key=True, index=True),
)

# What champion and shadow made of the same live message. No text: only its hash, so that it can be found again by who has it.
shadow_readings = Table(
    "shadow_readings",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("champion", String(64), nullable=False),
    Column("shadow", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("text", Text),  # scrubbed, or nothing
    Column("language", String(8), nullable=False),
    Column("champion_category", String(64), nullable=False),
    Column("champion_severity", String(1), nullable=False),
    Column("champion_decision", String(16), nullable=False),
    Column("champion_confidence", Float, nullable=False),
    Column("shadow_category", String(64), nullable=False),
    Column("shadow_severity", String(1), nullable=False),
    Column("shadow_decision", String(16), nullable=False),
    Column("shadow_confidence", Float, nullable=False),
    Index(None, "shadow", "at"),
)
