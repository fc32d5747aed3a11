"""Handoff: what goes to a desk stands in the outbox, and each desk's own name for a case is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what handing over needs; messages that wait stay as they are."""
    op.create_table(
        "desk_references",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=1024), nullable=False),
        sa.Column("refused_at", Moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("desk", "case", name=op.f("pk_desk_references")),
    )
    op.create_index(op.f("ix_desk_references_case"), "desk_references", ["case"], unique=False)
    op.create_table(
        "closed_desks",
        sa.Column("desk", sa.String(length=64), nullable=False),
        sa.Column("closed_at", Moment, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("desk", name=op.f("pk_closed_desks")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("desk", sa.String(length=64), nullable=False, server_default=""))
        outbox.add_column(sa.Column("case", sa.String(length=32), nullable=False, server_default=""))
        outbox.add_column(sa.Column("sent_id", sa.String(length=1024), nullable=True))
        outbox.add_column(sa.Column("key", sa.String(length=255), nullable=True))
        outbox.create_unique_constraint(op.f("uq_outbox_key"), ["key"])
        outbox.create_index(op.f("ix_outbox_desk_sent_at_dead_at"), ["desk", "sent_at", "dead_at"], unique=False)
