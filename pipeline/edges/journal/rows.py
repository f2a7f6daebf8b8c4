"""The two shapes in which the rows of the journal are written and read.

Touches only the connection it is given.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from pipeline.edges.as_json import from_json
from pipeline.edges.journal.chain import ChainLine
from pipeline.edges.journal.statements import Statement, putting, values_with

Value = TypeVar("Value")


class Rows:
    """Access to the rows of the journal, within one transaction.

    Args:
        connection: With an open transaction.
        now: The legal clock, aware UTC; stamps the lines.
    """

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        self._last_line: ChainLine | None = None

    def _run(self, statement: Statement, **given: object) -> sqlite3.Cursor:
        """Run a statement with the values it asks for."""
        return statement.run(self._connection, **given)

    def _run_all(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run a statement for each row."""
        self._connection.executemany(statement.text, rows)

    def _put(self, table: sa.Table, **columns: object) -> None:
        """Insert or update a row by its primary key."""
        self._run(putting(table, tuple(columns)), **columns)

    def _put_all(self, table: sa.Table, rows: Sequence[dict[str, object]]) -> None:
        """Insert or update rows that have the same columns."""
        if rows:
            self._run_all(putting(table, tuple(rows[0])), rows)

    def _values(self, kind: type[Value], statement: Statement, **given: object) -> tuple[Value, ...]:
        """Read the values that a statement finds, in its order."""
        return tuple(from_json(kind, row["value"]) for row in self._run(statement, **given))

    def _with(self, kind: type[Value], column: sa.Column[str], wanted: str) -> tuple[Value, ...]:
        """Read the values of which a column has this content, oldest first."""
        return self._values(kind, values_with(column), wanted=wanted)

    def _of(self, kind: type[Value], key: sa.Column[str], wanted: str) -> Value | None:
        """Read the value of a key."""
        return next(iter(self._with(kind, key, wanted)), None)

    def _first(self, statement: Statement, **given: object) -> Any:
        """Read the first column of the first row; None when there is no row."""
        row = self._run(statement, **given).fetchone()
        return None if row is None else row[0]
