"""The journal: one SQLite file with the state, the work and the chain of proof."""

from pipeline.edges.journal.journal import SqliteJournal

__all__ = ["SqliteJournal"]
