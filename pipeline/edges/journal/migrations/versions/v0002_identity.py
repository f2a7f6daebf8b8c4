"""Arrivals carry their Message-ID and the digest of what they say; both are searched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two columns; what came in before keeps them empty and is still known by its parts."""
    for name in ("message_id", "content"):
        op.add_column("arrivals", sa.Column(name, sa.Text, nullable=False, server_default=""))
        op.create_index(f"ix_arrivals_{name}", "arrivals", [name])
