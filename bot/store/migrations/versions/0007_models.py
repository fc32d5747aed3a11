"""The registry of models, trainings, shadows, and the examples that people accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add tables."""
    _models()
    _runs()
    _shadows()
    _examples()


def _models() -> None:
    op.create_table(
        "models",
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=32), nullable=True),
        sa.Column("comparison", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_models")),
        sa.UniqueConstraint("version", name=op.f("uq_models_version")),
    )
    op.create_index(op.f("ix_models_status"), "models", ["status"], unique=False)
    op.create_table(
        "model_blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_model_blobs")),
    )
    op.create_table(
        "model_events",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_events")),
    )
    op.create_index(op.f("ix_model_events_version"), "model_events", ["version"], unique=False)


def _runs() -> None:
    op.create_table(
        "training_runs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("total", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("version", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("findings", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_runs")),
    )
    for column in ("asked_at", "state"):
        op.create_index(op.f(f"ix_training_runs_{column}"), "training_runs", [column], unique=False)
    op.create_table(
        "model_lessons",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("example", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", "example", name=op.f("pk_model_lessons")),
    )
    op.create_index(op.f("ix_model_lessons_example"), "model_lessons", ["example"], unique=False)


def _shadows() -> None:
    said = [
        column
        for who in ("champion", "shadow")
        for column in (
            sa.Column(f"{who}_category", sa.String(length=64), nullable=False),
            sa.Column(f"{who}_severity", sa.String(length=1), nullable=False),
            sa.Column(f"{who}_decision", sa.String(length=16), nullable=False),
            sa.Column(f"{who}_confidence", sa.Float(), nullable=False),
        )
    ]
    op.create_table(
        "shadow_readings",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("champion", sa.String(length=64), nullable=False),
        sa.Column("shadow", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        *said,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow_readings")),
    )
    op.create_index(op.f("ix_shadow_readings_shadow_at"), "shadow_readings", ["shadow", "at"], unique=False)


def _examples() -> None:
    op.create_table(
        "examples",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("severity", sa.String(length=1), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, server_default="accepted"),
        sa.Column("accepted_by", sa.String(length=255), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("person", sa.String(length=255), nullable=False, server_default=""),
        sa.Column("origin", sa.String(length=255), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examples")),
    )
    op.create_index(op.f("ix_examples_tenant_person"), "examples", ["tenant", "person"], unique=False)
    op.create_index(op.f("ix_examples_status"), "examples", ["status"], unique=False)
