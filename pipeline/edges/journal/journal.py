"""The journal: its transactions, its jobs with their leases.

One SQLite file in the service's data folder, never on a share. State and the work that
follows from it change in one transaction; a transaction is durable when it has returned.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import filelock

from pipeline.edges.journal import statements
from pipeline.edges.journal.database import Database
from pipeline.edges.journal.ledger import Ledger, job_of
from pipeline.errors import AlreadyRunningError
from pipeline.values import Job

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
        self._lock = filelock.FileLock(folder / "dienst.lock", timeout=0, mode=0o600)
        self._database = Database(folder / "journaal.sqlite3")

    def close(self) -> None:
        """Release the process lock and every connection."""
        self._database.close()
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
        with self._database.transaction() as connection:
            statements.ALL_FREED.run(connection)

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """Open one atomic change; it is committed when the block ends without an error."""
        with self._database.transaction() as connection:
            yield Ledger(connection, self._now)

    def claim(self) -> Job | None:
        """Lease the next job that is due, oldest first; None when nothing is due now.

        A lease need not outlive a power cut: whoever starts after one takes all leases over anyway.
        """
        real = time.time()
        now = self._now().isoformat()
        with self._database.transaction(durable=False) as connection:
            row: sqlite3.Row | None = statements.DUE_JOB.run(connection, now=now, real=real).fetchone()
            if row is None:
                return None
            until, tries = real + LEASE_SECONDS, row["attempts"] + 1
            statements.LEASE.run(connection, leased=row["key"], until=until, tries=tries)
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
        with self._database.transaction() as connection:
            attempts: int = statements.ATTEMPTS.run(connection, failed=job.key).fetchone()["attempts"]
            again = for_ever or attempts < MAX_ATTEMPTS
            wait = BACK_OFF_SECONDS[min(attempts, MAX_ATTEMPTS) - 1]
            wait = wait if wait_seconds is None else max(wait_seconds, _SHORTEST_WAIT_SECONDS)
            statements.GIVEN_BACK.run(
                connection,
                failed=job.key,
                stands="waiting" if again else "stuck",
                told=problem,
                again_at=time.time() + wait,
            )
        return again
