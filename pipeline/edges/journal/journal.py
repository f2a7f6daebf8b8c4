"""The journal database: opening it, its transactions, its jobs with their leases.

One SQLite file in the service's data folder, never on a share. State and the work that
follows from it change in one transaction; a transaction is durable when it has returned
(WAL, ``synchronous=FULL``). Errors of the database become ``OperatorError``.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import filelock
import sqlalchemy as sa

from pipeline.edges.journal import schema
from pipeline.edges.journal.ledger import Ledger, job_of
from pipeline.errors import AlreadyRunningError, DiskFullError, JournalAwayError
from pipeline.values import Job

HEAD = "0002"
"""Newest schema version; a database at this version opens without loading Alembic."""

LEASE_SECONDS = 300.0
MAX_ATTEMPTS = 3
BACK_OFF_SECONDS = (60.0, 600.0, 3600.0)
"""Wait after the first, the second and every later failure."""
_SHORTEST_WAIT_SECONDS = 1.0


class SqliteJournal:
    """The journal of one werkmap.

    Args:
        folder: The data folder; made when missing.
        now: The legal clock, aware UTC.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._now = now
        self._owner = uuid.uuid4().hex
        self._lock = filelock.FileLock(folder / "dienst.lock", timeout=0, mode=0o600)
        self._engine = _open_engine(folder / "journaal.sqlite3")

    def close(self) -> None:
        """Release the process lock and every connection."""
        self._engine.dispose()
        self._lock.release()

    def take_over(self) -> None:
        """Become the one process that works here; free the leases a killed one left, retry what failed.

        Raises:
            AlreadyRunningError: Another process holds the data folder.
        """
        try:
            self._lock.acquire()
        except filelock.Timeout as busy:
            raise AlreadyRunningError("data folder is locked") from busy
        with self._begin() as connection:
            connection.execute(sa.update(schema.JOBS).values(lease_until=None, retry_at=None))

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """Open one atomic change; it is committed when the block ends without an error."""
        with self._begin() as connection:
            yield Ledger(connection, self._now)

    def claim(self) -> Job | None:
        """Lease the next job that is due, oldest first; None when nothing is due now.

        A lease need not outlive a power cut: whoever starts after one takes all leases over anyway.
        """
        real = time.time()
        moments = {"now": self._now().isoformat(), "real": real}
        with self._begin(durable=False) as connection:
            row = connection.execute(_DUE_JOB, moments).first()
            if row is None:
                return None
            lease = {"leased": row.key, "until": real + LEASE_SECONDS, "tries": row.attempts + 1}
            connection.execute(_LEASE, lease)
        return job_of(row)

    def retry_later(
        self, job: Job, problem: str, *, for_ever: bool = False, wait_seconds: float | None = None
    ) -> bool:
        """Give a failed job back, to be tried again later.

        After three attempts it is stuck: shown to a person as work, and tried again only
        rarely, or when the service starts anew.

        Args:
            job: The job that failed.
            problem: Dutch, shown to the secretary.
            for_ever: The machine is to blame, so that it is never stuck.
            wait_seconds: After which the other side wants to be asked again; None when it did not say.

        Returns:
            False when it is stuck.
        """
        jobs = schema.JOBS
        with self._begin() as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.key == job.key)).one()
            again = for_ever or bool(row.attempts < MAX_ATTEMPTS)
            wait = BACK_OFF_SECONDS[min(row.attempts, MAX_ATTEMPTS) - 1]
            wait = wait if wait_seconds is None else max(wait_seconds, _SHORTEST_WAIT_SECONDS)
            connection.execute(
                sa.update(jobs)
                .where(jobs.c.key == job.key)
                .values(
                    state="waiting" if again else "stuck",
                    problem=problem,
                    lease_until=None,
                    retry_at=time.time() + wait,
                )
            )
        return again

    @contextmanager
    def _begin(self, *, durable: bool = True) -> Iterator[sa.Connection]:
        try:
            with (
                self._engine.connect() as connection,
                _flushed(connection, durable=durable),
                connection.begin(),
            ):
                yield connection
        except sa.exc.OperationalError as fault:
            if "full" in str(fault.orig):
                raise DiskFullError("database or disk is full") from fault
            raise JournalAwayError(str(fault.orig)) from fault


_JOBS = schema.JOBS.c
_DUE_JOB = (
    sa.select(schema.JOBS)
    .where(
        _JOBS.state.in_(("waiting", "stuck")),
        _JOBS.due <= sa.bindparam("now"),
        sa.or_(_JOBS.retry_at.is_(None), _JOBS.retry_at <= sa.bindparam("real")),
        sa.or_(_JOBS.lease_until.is_(None), _JOBS.lease_until <= sa.bindparam("real")),
    )
    .order_by(_JOBS.position)
    .limit(1)
)
_LEASE = (
    sa.update(schema.JOBS)
    .where(_JOBS.key == sa.bindparam("leased"))
    .values(lease_until=sa.bindparam("until"), attempts=sa.bindparam("tries"))
)


def _open_engine(path: Path) -> sa.Engine:
    pool = sa.pool.SingletonThreadPool
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=pool, hide_parameters=True)  # letters are no log
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin_immediate)
    try:
        _bring_up_to_date(engine, path)
    except sa.exc.DatabaseError as fault:
        raise JournalAwayError(str(fault.orig)) from fault
    path.chmod(0o600)
    return engine


def _set_pragmas(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we begin ourselves, see below
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def _flushed(connection: sa.Connection, *, durable: bool) -> Iterator[None]:
    """Wait for the disk when a transaction ends, or not: then only a power cut can undo it."""
    raw = connection.connection.driver_connection
    if durable or raw is None:
        yield
        return
    raw.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous=FULL")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bring_up_to_date(engine: sa.Engine, path: Path) -> None:
    with engine.begin() as connection:
        found = sa.inspect(connection).has_table("alembic_version")
        version = (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if found else None
        )
    if version != HEAD:
        _migrate(path)


def _migrate(path: Path) -> None:
    import alembic.command  # noqa: PLC0415  # 0.2 s, needed once per schema change
    import alembic.config  # noqa: PLC0415

    config = alembic.config.Config()
    config.set_main_option("script_location", "pipeline.edges.journal:migrations")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}".replace("%", "%%"))
    alembic.command.upgrade(config, "head")
