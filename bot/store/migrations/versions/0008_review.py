"""How messages were understood, what operators decided about them, and who said what a message is about."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add tables and columns; a label of before was said by its author."""
    _readings()
    _reviews()
    for column in (
        sa.Column("source", sa.String(length=16), nullable=False, server_default="end_user"),
        sa.Column("author", sa.String(length=255), nullable=False, server_default=""),
        sa.Column("case", sa.String(length=32), nullable=False, server_default=""),
        sa.Column("reading", sa.Integer(), nullable=True),
    ):
        op.add_column("labels", column)
    op.create_index(op.f("ix_labels_reading"), "labels", ["reading"], unique=False)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", Serial, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=512), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("proposed", sa.String(length=64), nullable=True),
        sa.Column("proposed_severity", sa.String(length=1), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("margin", sa.Float(), nullable=False),
        sa.Column("clarity", sa.Float(), nullable=False),
        sa.Column("outlier", sa.Float(), nullable=False),
        sa.Column("probabilities", sa.JSON(), nullable=False),
        sa.Column("severities", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("severity", sa.String(length=1), nullable=True),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    for indexed in (["at"], ["case"], ["tenant", "person"], ["proposed", "category"]):
        op.create_index(op.f("ix_readings_" + "_".join(indexed)), "readings", indexed, unique=False)


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(length=255), nullable=False),
        sa.Column("lease_until", Moment, nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("decided_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_reviews")),
    )
    for indexed in ("reviewer", "decision"):
        op.create_index(op.f(f"ix_reviews_{indexed}"), "reviews", [indexed], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("used_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
