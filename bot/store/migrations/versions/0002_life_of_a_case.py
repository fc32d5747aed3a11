"""The life of a case: people, partners, agents, alarms, surveys, and what a case and a tenant have besides."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add tables and columns; what is there keeps its meaning."""
    _tables()
    for table, columns in (("tenants", _tenant()), ("cases", _case())):
        for column in columns:
            op.add_column(table, column)
    for indexed in (["tenant", "requester_id", "status"], ["holder", "status"]):
        op.create_index(op.f("ix_cases_" + "_".join(indexed)), "cases", indexed, unique=False)
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("actor_name", sa.String(length=255), nullable=False, server_default=""))
        audit.add_column(sa.Column("status", sa.String(length=32), nullable=False, server_default=""))
        audit.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
        audit.add_column(sa.Column("key", sa.String(length=64), nullable=True))
        audit.create_unique_constraint(op.f("uq_audit_subject_key"), ["subject", "key"])


def _tables() -> None:
    op.create_table(
        "partners",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "person", name=op.f("pk_partners")),
    )
    op.create_index(op.f("ix_partners_person"), "partners", ["person"], unique=False)
    op.create_table(
        "agents",
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_agents")),
    )
    op.create_table(
        "people",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("address", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_id"), "people", ["id"], unique=False)
    op.create_table(
        "alarms",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("rung_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("case", "kind", "level", name=op.f("pk_alarms")),
    )
    op.create_index(op.f("ix_alarms_rung_at_due_at"), "alarms", ["rung_at", "due_at"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name=op.f("pk_surveys")),
    )
    op.create_index(op.f("ix_surveys_at"), "surveys", ["at"], unique=False)
    op.create_table(
        "self_help",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_help")),
    )


def _tenant() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("support_phone", sa.Text(), nullable=False, server_default=""),
        sa.Column("zone", sa.String(length=64), nullable=False, server_default="UTC"),
        sa.Column("country", sa.String(length=2), nullable=False, server_default=""),
        sa.Column("opens", sa.String(length=5), nullable=False, server_default="09:00"),
        sa.Column("closes", sa.String(length=5), nullable=False, server_default="17:00"),
        sa.Column("days", sa.String(length=16), nullable=False, server_default="0,1,2,3,4"),
    )


def _case() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("severity_by", sa.String(length=16), nullable=False, server_default="classifier"),
        sa.Column("back", sa.String(length=32), nullable=True),
        sa.Column("packet", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("elapsed", sa.Float(), nullable=False, server_default="0"),
        sa.Column("running_since", Moment, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("round", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("owner_id", sa.String(length=255), nullable=True),
        sa.Column("owner_name", sa.String(length=255), nullable=True),
        sa.Column("resolved_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("follows", sa.String(length=32), nullable=False, server_default=""),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    )
