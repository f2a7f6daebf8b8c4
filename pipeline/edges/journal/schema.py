"""Tables of the journal database; what each row means stands beside it.

A row that holds a value keeps it as canonical JSON in ``value``; the columns beside it are
the ones that are searched. Touches nothing; ``journal.py`` opens the database.
"""

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, Table, Text, UniqueConstraint

METADATA = MetaData()

HELD, PLANNED, FILED, UNDONE = "held", "planned", "filed", "undone"
"""Where a paper stands."""

META = Table(
    "meta",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

ARRIVALS = Table(
    "arrivals",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("message_id", Text, nullable=False, index=True, server_default="", comment="empty for a file"),
    Column("content", Text, nullable=False, index=True, server_default="", comment="intake.identity"),
    Column("value", Text, nullable=False, comment="values.Arrival"),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("arrival", Text, ForeignKey("arrivals.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("value", Text, nullable=False, comment="values.Document"),
)

DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("number", Text, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("value", Text, nullable=False, comment="values.Dossier"),
    UniqueConstraint("year", "serial"),
)

PAPERS = Table(
    "papers",
    METADATA,
    Column("paper", Text, primary_key=True, comment="values.Origin.paper"),
    Column("state", Text, nullable=False, index=True, comment="held, planned, filed or undone"),
    Column("sha256", Text, nullable=False, index=True),
    Column("dossier", Text, ForeignKey("dossiers.number"), index=True),
    Column("kenmerk", Text, unique=True),
    Column("value", Text, nullable=False, comment="values.HeldPaper or values.Filed"),
)

PROCEDURES = Table(
    "procedures",
    METADATA,
    Column("dossier", Text, ForeignKey("dossiers.number"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("value", Text, nullable=False, comment="values.Procedure"),
)

CONCEPTS = Table(
    "concepts",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("meeting", Text, nullable=False, index=True),
    Column("edition", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False, comment="values.BuiltBundle"),
)

SENDINGS = Table(
    "sendings",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("meeting", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("value", Text, nullable=False, comment="values.Sending"),
)

DISPATCHES = Table(
    "dispatches",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("sending", Text, ForeignKey("sendings.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("value", Text, nullable=False, comment="values.Dispatch"),
)

JOBS = Table(
    "jobs",
    METADATA,
    Column("position", Integer, primary_key=True, comment="order of arrival"),
    Column("key", Text, unique=True, nullable=False, comment="the same work has the same key"),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("due", Text, nullable=False, comment="legal clock, ISO UTC"),
    Column("state", Text, nullable=False, index=True, comment="waiting, done or stuck"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("retry_at", Float, comment="real clock, seconds since the epoch"),
    Column("lease_until", Float, comment="real clock, seconds since the epoch"),
    Column("problem", Text, nullable=False, default="", comment="Dutch, why it is stuck"),
)

LINES = Table(
    "lines",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False, comment="ISO UTC"),
    Column("event", Text, nullable=False),
    Column("subject", Text, nullable=False, comment="ids only"),
    Column("digest", Text, nullable=False, comment="sha256 of salt + text"),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

LINE_TEXTS = Table(
    "line_texts",
    METADATA,
    Column("seq", Integer, ForeignKey("lines.seq"), primary_key=True, autoincrement=False),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)
