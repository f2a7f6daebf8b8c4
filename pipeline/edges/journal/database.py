"""The database file of the journal: bringing it up to date, its connections, its transactions.

A transaction is durable when it has returned (WAL, ``synchronous=FULL``). Errors of the database become
``OperatorError``.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import DiskFullError, JournalAwayError

HEAD = "0002"
"""Newest schema version; a database at this version opens without loading Alembic."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")


class Database:
    """An SQLite file, with a connection for each thread that uses it.

    Args:
        path: The file; made, or brought up to date, when that is needed.

    Raises:
        JournalAwayError: It is no database, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._of_thread = threading.local()
        try:
            version = _version_of(self.connection())
        except sqlite3.DatabaseError as fault:
            raise JournalAwayError(str(fault)) from fault
        if version != HEAD:
            _migrate(path)
        path.chmod(0o600)

    def connection(self) -> sqlite3.Connection:
        """Give the connection of this thread; it is in no transaction unless ``transaction`` began one."""
        found: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if found is None:
            found = self._of_thread.connection = _connect(self._path)
        return found

    def close(self) -> None:
        """Close the connection of this thread; that of another ends with its thread."""
        self.connection().close()
        del self._of_thread.connection

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Open a transaction that is committed when the block ends without an error.

        Args:
            durable: Wait for the disk when it ends; otherwise a power cut can undo it, and nothing else can.
        """
        with _translated():
            connection = self.connection()
            with _flushed(connection, durable=durable):
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.commit()
                except BaseException:
                    connection.rollback()
                    raise


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)  # we begin ourselves
    connection.row_factory = sqlite3.Row
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _translated() -> Iterator[None]:
    """Translate what the database says into errors of ours; a bug of ours stays one."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        if "full" in str(fault):
            raise DiskFullError("database or disk is full") from fault
        raise JournalAwayError(str(fault)) from fault


@contextmanager
def _flushed(connection: sqlite3.Connection, *, durable: bool) -> Iterator[None]:
    if durable:
        yield
        return
    connection.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous=FULL")


def _version_of(connection: sqlite3.Connection) -> str:
    """Read the version of the schema; empty for a new database."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall():
        return ""
    return "".join(row[0] for row in connection.execute("SELECT version_num FROM alembic_version"))


def _migrate(path: Path) -> None:
    import alembic.command  # noqa: PLC0415  # 0.2 s, needed once per schema change
    import alembic.config  # noqa: PLC0415
    import sqlalchemy.exc  # noqa: PLC0415

    config = alembic.config.Config()
    config.set_main_option("script_location", "pipeline.edges.journal:migrations")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}".replace("%", "%%"))
    try:
        alembic.command.upgrade(config, "head")
    except sqlalchemy.exc.DatabaseError as fault:
        raise JournalAwayError(str(fault.orig)) from fault
