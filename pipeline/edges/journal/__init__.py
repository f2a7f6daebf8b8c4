"""The journal: one SQLite file with the state, the work and the chain of proof."""

from pipeline.edges.journal.journal import AlreadyRunningError, JournalAwayError, SqliteJournal

__all__ = ["AlreadyRunningError", "JournalAwayError", "SqliteJournal"]
