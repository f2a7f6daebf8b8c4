"""The statements of the journal: composed with SQLAlchemy, written out once, run by SQLite's own driver.

Composing them keeps them true to ``schema.py``; running them through SQLAlchemy cost ten times what
SQLite needs for a row. Touches only the connection it is given.
"""

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from pipeline.edges.journal import schema
from pipeline.edges.journal.chain import ChainLine
from pipeline.edges.journal.schema import FILED, HELD, PLANNED, UNDONE

_SQLITE = sqlite.dialect(paramstyle="named")
ROWID: sa.ColumnElement[int] = sa.literal_column("rowid")
"""The order in which rows were first written."""


class Statement:
    """A statement that is ready to run.

    Args:
        composed: With a ``bindparam`` for each value that is given when it is run.

    Attributes:
        text: As SQLite reads it.
        constants: The values that are always the same, by the names they have in the text.
    """

    __slots__ = ("constants", "text")

    def __init__(self, composed: sa.ClauseElement) -> None:
        compiled = _SQLITE.statement_compiler(_SQLITE, composed)
        self.text = str(compiled)
        self.constants: Mapping[str, object] = {
            name: bind.value for bind, name in compiled.bind_names.items() if not bind.required
        }

    def run(self, connection: sqlite3.Connection, **given: object) -> sqlite3.Cursor:
        """Run it with the values that it asks for."""
        return connection.execute(self.text, {**self.constants, **given})


def values_where(
    table: sa.Table, *where: sa.ColumnElement[bool], order: sa.ColumnElement[Any] = ROWID
) -> Statement:
    """Read the values of the rows that meet all conditions, oldest first unless another order is given."""
    return Statement(sa.select(table.c.value).where(*where).order_by(order))


@cache
def values_with(column: sa.Column[str]) -> Statement:
    """Read the values of the rows that have ``wanted`` in a column, oldest first."""
    return values_where(column.table, column == sa.bindparam("wanted"))


@cache
def putting(table: sa.Table, names: tuple[str, ...]) -> Statement:
    """Insert a row with these columns, or update the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    fresh = sqlite.insert(table).values({name: sa.bindparam(name) for name in names})
    rest = {name: fresh.excluded[name] for name in names if name not in keys}
    return Statement(fresh.on_conflict_do_update(index_elements=keys, set_=rest))


def adding(table: sa.Table, *names: str, unless_known: bool = False) -> Statement:
    """Insert a row with these columns; or leave alone what has its key already."""
    fresh = sa.insert(table).values({name: sa.bindparam(name) for name in names})
    return Statement(fresh.prefix_with("OR IGNORE") if unless_known else fresh)


def listed(name: str) -> sa.Select[tuple[str]]:
    """Give the texts of a JSON list, handed over under a name; for ``column.in_``."""
    return sa.select(sa.func.json_each(sa.bindparam(name)).table_valued("value").c.value)


def _given(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name)


# --- arrivals and their parts

_ARRIVALS, _DOCUMENTS = schema.ARRIVALS.c, schema.DOCUMENTS.c
ALL_ARRIVALS = values_where(schema.ARRIVALS)
DIGESTS_OF = Statement(sa.select(_ARRIVALS.key, _ARRIVALS.sha256).where(_ARRIVALS.key.in_(listed("keys"))))
PARTS = values_where(schema.DOCUMENTS, _DOCUMENTS.arrival == _given("arrival"), order=_DOCUMENTS.position)

# --- papers and dossiers

_PAPERS, _DOSSIERS = schema.PAPERS.c, schema.DOSSIERS.c
_STANDING = sa.select(_PAPERS.state, _PAPERS.value).where(_PAPERS.state != UNDONE).order_by(ROWID)
_PATH = sa.func.json_extract(_PAPERS.value, "$.path").label("path")
STANDING_AMONG = Statement(
    sa.select(_PAPERS.sha256).where(_PAPERS.sha256.in_(listed("digests")), _PAPERS.state != UNDONE)
)
PAPER_ROWS = Statement(sa.select(_PAPERS.paper, _PAPERS.state, _PAPERS.sha256))
WITH_BYTES = Statement(_STANDING.where(_PAPERS.sha256 == _given("sha256")))
OF_ARRIVAL = Statement(_STANDING.where(_PAPERS.paper >= _given("first"), _PAPERS.paper < _given("end")))
"""All that is named ``<arrival>#<part>``: from ``<arrival>#`` up to ``<arrival>$``."""
PLACED_IN = values_where(
    schema.PAPERS,
    _PAPERS.dossier.in_(listed("dossiers")),
    sa.or_(_PAPERS.state == PLANNED, _PAPERS.state == FILED),
)
FILED_AS = values_where(schema.PAPERS, _PAPERS.kenmerk == _given("kenmerk"), _PAPERS.state == FILED)
PLACES = Statement(sa.select(_PATH, _PAPERS.kenmerk, _PAPERS.sha256).where(_PAPERS.state == FILED))
UNDO = Statement(sa.update(schema.PAPERS).where(_PAPERS.paper == _given("undone")).values(state=UNDONE))
HELD_PLACES = Statement(
    sa.select(sa.func.json_extract(_PAPERS.value, "$.place").label("place")).where(
        _PAPERS.state == HELD,
        sa.func.coalesce(sa.func.json_extract(_PAPERS.value, "$.page_of"), "") == "",
    )
)
DOSSIERS_NAMED = values_where(
    schema.DOSSIERS, _DOSSIERS.number.in_(listed("numbers")), order=_DOSSIERS.number
)
ALL_DOSSIERS = values_where(schema.DOSSIERS, order=_DOSSIERS.number)
LAST_SERIAL = Statement(sa.select(sa.func.max(_DOSSIERS.serial)).where(_DOSSIERS.year == _given("year")))
ALL_PROCEDURES = values_where(schema.PROCEDURES, order=schema.PROCEDURES.c.dossier)

# --- bundles and what is sent

_CONCEPTS, _SENDINGS, _DISPATCHES = schema.CONCEPTS.c, schema.SENDINGS.c, schema.DISPATCHES.c
_SENDING = sa.select(_DISPATCHES.sending).where(_DISPATCHES.id == _given("dispatch")).scalar_subquery()
CONCEPTS = values_where(schema.CONCEPTS, _CONCEPTS.meeting == _given("meeting"), order=_CONCEPTS.version)
ALL_SENDINGS, ALL_DISPATCHES = values_where(schema.SENDINGS), values_where(schema.DISPATCHES)
SENDING_OF = values_where(schema.SENDINGS, _SENDINGS.id == _SENDING)
SENT_FOR = Statement(
    sa.select(_DOSSIERS.number)
    .join(schema.SENDINGS, _SENDINGS.meeting == _DOSSIERS.number)
    .where(_SENDINGS.id == _SENDING)
)

# --- work

_JOBS, _NOW, _REAL = schema.JOBS.c, _given("now"), _given("real")
NEW_JOB = adding(
    schema.JOBS,
    *("key", "kind", "subject", "detail", "due", "state", "attempts", "problem"),
    unless_known=True,
)
DUE_JOB = Statement(
    sa.select(schema.JOBS)
    .where(
        sa.or_(_JOBS.state == "waiting", _JOBS.state == "stuck"),
        _JOBS.due <= _NOW,
        sa.or_(_JOBS.retry_at.is_(None), _JOBS.retry_at <= _REAL),
        sa.or_(_JOBS.lease_until.is_(None), _JOBS.lease_until <= _REAL),
    )
    .order_by(_JOBS.position)
    .limit(1)
)
LEASE = Statement(
    sa.update(schema.JOBS)
    .where(_JOBS.key == _given("leased"))
    .values(lease_until=_given("until"), attempts=_given("tries"))
)
DONE_JOB = Statement(
    sa.update(schema.JOBS)
    .where(_JOBS.key == _given("done"))
    .values(state="done", lease_until=None, problem="")
)
GIVEN_BACK = Statement(
    sa.update(schema.JOBS)
    .where(_JOBS.key == _given("failed"))
    .values(state=_given("stands"), problem=_given("told"), lease_until=None, retry_at=_given("again_at"))
)
ALL_FREED = Statement(sa.update(schema.JOBS).values(lease_until=None, retry_at=None))
ATTEMPTS = Statement(sa.select(_JOBS.attempts).where(_JOBS.key == _given("failed")))
JOB_STATE = Statement(sa.select(_JOBS.state).where(_JOBS.key == _given("wanted")))
FAILED_JOBS = Statement(
    sa.select(schema.JOBS).where(_JOBS.state != "done", _JOBS.problem != "").order_by(_JOBS.position)
)

# --- the chain, and small facts

_LINES, _TEXTS, _META = schema.LINES.c, schema.LINE_TEXTS.c, schema.META.c
NEW_LINE = adding(schema.LINES, *ChainLine.__slots__)
NEW_TEXT = adding(schema.LINE_TEXTS, "seq", "salt", "text")
LAST_LINE = Statement(sa.select(schema.LINES).order_by(_LINES.seq.desc()).limit(1))
LAST_SEQ = Statement(sa.select(sa.func.max(_LINES.seq)))
CHAIN = Statement(sa.select(schema.LINES).order_by(_LINES.seq))
LINES_SINCE = Statement(
    sa.select(schema.LINES, _TEXTS.text)
    .join(schema.LINE_TEXTS, _TEXTS.seq == _LINES.seq, isouter=True)
    .where(_LINES.seq > _given("since"))
    .order_by(_LINES.seq)
)
FACT = Statement(sa.select(_META.value).where(_META.key == _given("wanted")))
FACTS = Statement(sa.select(schema.META).where(_META.key >= _given("start"), _META.key < _given("end")))
