"""Whose hands a case is in: since when it is quiet there, who is connected over it, and which cards of it were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add them; what is there keeps its meaning."""
    op.add_column("cases", sa.Column("quiet_since", Moment, nullable=True))
    op.create_index(op.f("ix_outbox_case"), "outbox", ["case"], unique=False)
    op.create_index(op.f("ix_desk_references_reference"), "desk_references", ["reference"], unique=False)
    op.create_table(
        "bridges",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("requester_id", sa.String(length=255), nullable=False),
        sa.Column("requester_name", sa.String(length=255), nullable=False),
        sa.Column("owner_id", sa.String(length=255), nullable=False),
        sa.Column("owner_name", sa.String(length=255), nullable=False),
        sa.Column("owner_agent", sa.Boolean(), nullable=False),
        sa.Column("owner_thread", sa.JSON(), nullable=True),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("heard_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("ended_by", sa.String(length=255), nullable=False, server_default=""),
        sa.Column("why", sa.String(length=16), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bridges")),
    )
    op.create_index(op.f("ix_bridges_case_ended_at"), "bridges", ["case", "ended_at"], unique=False)
    op.create_table(
        "bridge_ends",
        sa.Column("stream", sa.String(length=700), nullable=False),
        sa.Column("bridge", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_bridge_ends")),
    )
