"""The two shapes in which the rows of the journal are written and read.

Touches only the connection it is given.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as upsert

from pipeline.edges.as_json import from_json
from pipeline.edges.journal.chain import ChainLine

Value = TypeVar("Value")

HELD, PLANNED, FILED, UNDONE = "held", "planned", "filed", "undone"
"""Where a paper stands."""


class Rows:
    """Access to the rows of the journal, within one transaction.

    Args:
        connection: An open transaction.
        now: The legal clock, aware UTC; stamps the lines.
    """

    def __init__(self, connection: sa.Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        self._last_line: ChainLine | None = None

    def _put(self, table: sa.Table, **columns: object) -> None:
        """Insert or update a row by its primary key."""
        self._connection.execute(_putting(table, tuple(columns)), columns)

    def _with(self, kind: type[Value], column: sa.Column[str], wanted: str) -> tuple[Value, ...]:
        """Read the values of which a column has this content, oldest first."""
        rows = self._connection.execute(_valued(column), {"wanted": wanted})
        return tuple(from_json(kind, row.value) for row in rows)

    def _of(self, kind: type[Value], key: sa.Column[str], wanted: str) -> Value | None:
        """Read the value of a key."""
        return next(iter(self._with(kind, key, wanted)), None)

    def _put_all(self, table: sa.Table, rows: Sequence[dict[str, object]]) -> None:
        """Insert or update rows that have the same columns."""
        if rows:
            self._connection.execute(_putting(table, tuple(rows[0])), rows)

    def _one(self, kind: type[Value], table: sa.Table, where: sa.ColumnElement[bool]) -> Value | None:
        text = self._connection.execute(sa.select(table.c.value).where(where)).scalar()
        return None if text is None else from_json(kind, text)

    def _all(
        self,
        kind: type[Value],
        table: sa.Table,
        where: sa.ColumnElement[bool],
        order: sa.ColumnElement[object],
    ) -> tuple[Value, ...]:
        rows = self._connection.execute(sa.select(table.c.value).where(where).order_by(order))
        return tuple(from_json(kind, row.value) for row in rows)


@cache
def _putting(table: sa.Table, names: tuple[str, ...]) -> sa.Insert:
    """Make the statement that inserts or updates a row; once for each set of columns."""
    keys = [column.name for column in table.primary_key]
    fresh = upsert(table).values({name: sa.bindparam(name) for name in names})
    rest = {name: fresh.excluded[name] for name in names if name not in keys}
    return fresh.on_conflict_do_update(index_elements=keys, set_=rest)


@cache
def _valued(column: sa.Column[str]) -> sa.Select[tuple[str]]:
    """Make the statement that finds values by a column; once, since making it costs more than asking."""
    found = sa.select(column.table.c.value).where(column == sa.bindparam("wanted"))
    return found.order_by(sa.literal_column("rowid"))
