"""First schema: arrivals, papers, procedures, bundles, sendings, jobs and the hash chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of the first version."""
    text, number = sa.Text, sa.Integer
    op.create_table("meta", _key("key"), _text("value"))
    op.create_table("arrivals", _key("key"), _text("sha256", index=True), _text("value"))
    op.create_table(
        "documents",
        sa.Column("arrival", text, sa.ForeignKey("arrivals.key"), primary_key=True),
        sa.Column("position", number, primary_key=True),
        _text("sha256", index=True),
        _text("verdict"),
        _text("value"),
    )
    op.create_table(
        "dossiers",
        _key("number"),
        sa.Column("year", number, nullable=False),
        sa.Column("serial", number, nullable=False),
        _text("value"),
        sa.UniqueConstraint("year", "serial"),
    )
    op.create_table(
        "papers",
        _key("paper"),
        _text("state", index=True),
        _text("sha256", index=True),
        sa.Column("dossier", text, sa.ForeignKey("dossiers.number"), index=True),
        sa.Column("kenmerk", text, unique=True),
        _text("value"),
    )
    op.create_table(
        "procedures",
        sa.Column("dossier", text, sa.ForeignKey("dossiers.number"), primary_key=True),
        _text("state"),
        _text("value"),
    )
    _create_sending_tables()
    _create_work_tables()


def _create_sending_tables() -> None:
    op.create_table(
        "concepts",
        _key("sha256"),
        _text("meeting", index=True),
        _text("edition"),
        sa.Column("version", sa.Integer, nullable=False),
        _text("value"),
    )
    op.create_table("sendings", _key("id"), _text("meeting", index=True), _text("state"), _text("value"))
    op.create_table(
        "dispatches",
        _key("id"),
        sa.Column("sending", sa.Text, sa.ForeignKey("sendings.id"), nullable=False, index=True),
        _text("state"),
        _text("value"),
    )


def _create_work_tables() -> None:
    op.create_table(
        "jobs",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, unique=True, nullable=False),
        _text("kind"),
        _text("subject"),
        _text("detail"),
        _text("due"),
        _text("state", index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("retry_at", sa.Float),
        sa.Column("lease_until", sa.Float),
        _text("problem"),
    )
    op.create_table(
        "lines",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        _text("at"),
        _text("event"),
        _text("subject"),
        _text("digest"),
        _text("previous"),
        _text("hash"),
    )
    op.create_table(
        "line_texts",
        sa.Column("seq", sa.Integer, sa.ForeignKey("lines.seq"), primary_key=True, autoincrement=False),
        _text("salt"),
        _text("text"),
    )


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _text(name: str, *, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, index=index)
