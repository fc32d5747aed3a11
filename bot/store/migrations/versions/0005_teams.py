"""Where the bot is installed, and what the directory has said of people."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "installs",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=512), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", "tenant", "conversation", name=op.f("pk_installs")),
    )
    op.create_table(
        "directory",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("administers", sa.Boolean(), nullable=False),
        sa.Column("checked_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "person", name=op.f("pk_directory")),
    )
