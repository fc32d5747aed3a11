"""Files that people send along, what they think of proposals, and the message of a chat that a case was opened from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add tables and columns; what is there keeps its meaning."""
    _files()
    _feedback()
    op.add_column("cases", sa.Column("author", sa.String(length=255), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("link", sa.Text(), nullable=False, server_default=""))


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False, server_default=""),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=128), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    for column in ("case", "sha256", "at"):
        op.create_index(op.f(f"ix_files_{column}"), "files", [column], unique=False)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=512), nullable=False),
        sa.Column("message", sa.String(length=255), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reaction", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("channel", "tenant", "conversation", "message", "person", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_at"), "feedback", ["at"], unique=False)
