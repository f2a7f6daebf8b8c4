"""Ports for the journal and the legal clock."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from pipeline.values import (
    Arrival,
    BuiltBundle,
    Dispatch,
    Document,
    Dossier,
    FailedJob,
    Filed,
    HeldPaper,
    Job,
    JournalLine,
    PaperRow,
    Procedure,
    Sending,
)


class Ledger(Protocol):
    """One open transaction of the journal; writing the same value twice changes nothing."""

    def keep_arrival(self, arrival: Arrival) -> None:
        """Record something that came in and whose bytes are kept."""

    def arrival(self, key: str) -> Arrival | None:
        """Find an arrival by its key."""

    def take_in(self, arrivals: Sequence[Arrival], jobs: Sequence[Job]) -> None:
        """Record what came in, and what is to be done with it unless that is known already; many at once."""

    def digests_of(self, keys: Collection[str]) -> Mapping[str, str]:
        """Tell of which of these keys something came in, with its digest."""

    def save_documents(self, key: str, documents: tuple[Document, ...]) -> None:
        """Record the verdict of every part of an arrival."""

    def documents(self, key: str) -> tuple[Document, ...]:
        """Read the parts of an arrival; empty when it has not been taken apart."""

    def known_among(self, digests: Iterable[str]) -> frozenset[str]:
        """Which of these are digests of papers that are filed, planned or held."""

    def arrivals(self) -> tuple[Arrival, ...]:
        """Read everything that ever came in, oldest first."""

    def arrivals_with_message_id(self, message_id: str) -> tuple[Arrival, ...]:
        """Find the mails with this Message-ID that were taken apart, oldest first."""

    def arrivals_with_content(self, content: str) -> tuple[Arrival, ...]:
        """Find what said the same and was taken apart, oldest first."""

    def papers_with(self, sha256: str) -> tuple[Filed | HeldPaper, ...]:
        """Find the papers with these bytes that are filed, planned or held, oldest first."""

    def papers_of(self, arrival: str) -> tuple[Filed | HeldPaper, ...]:
        """Find the papers of an arrival that are filed, planned or held."""

    def papers_in(self, dossiers: Collection[str]) -> tuple[Filed, ...]:
        """Read the papers that lie, or will lie, in these dossiers."""

    def paper_rows(self) -> Mapping[str, PaperRow]:
        """Read where every paper stands, undone ones included, by its identity."""

    def dossiers_of_mails(self, message_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Tell in which dossiers mails lie, those that came in and those that were sent."""

    def job_state(self, key: str) -> str:
        """Tell whether a piece of work is ``waiting``, ``done`` or ``stuck``; empty when there is none."""

    def hold(self, paper: HeldPaper) -> None:
        """Record a paper that waits for a person."""

    def plan(self, paper: Filed) -> None:
        """Record where a paper will lie, before it is put there."""

    def confirm(self, paper: Filed) -> None:
        """Record that a paper lies where it was planned."""

    def undo(self, paper: Filed | HeldPaper) -> None:
        """Take a filing back, or a paper that is no longer held; a number is not used again."""

    def held(self) -> tuple[HeldPaper, ...]:
        """Read all papers that wait for a person; of a paper made of pictures not the pictures."""

    def held_places(self) -> frozenset[str]:
        """Tell where in ``Te beoordelen/`` the papers lie that wait for a person."""

    def pages(self, paper: str) -> tuple[HeldPaper, ...]:
        """Read the pictures that a paper was made of, in order; empty for any other paper."""

    def planned(self) -> tuple[Filed, ...]:
        """Read the papers that have a place but may not lie there yet."""

    def paper(self, kenmerk: str) -> Filed | None:
        """Find a paper in the archive."""

    def filed(self) -> tuple[Filed, ...]:
        """Read all papers in the archive, by kenmerk."""

    def places(self) -> Mapping[str, tuple[str, str]]:
        """Give kenmerk and digest of every paper in the archive, by its path; quicker than ``filed``."""

    def used_numbers(self, dossier: str) -> int:
        """Give the highest paper number ever given in a dossier, undone ones included; 0 for none."""

    def last_serial(self, year: int) -> int:
        """Highest dossier serial of a calendar year; 0 when there is none."""

    def save_dossier(self, dossier: Dossier) -> None:
        """Record a dossier."""

    def dossier(self, number: str) -> Dossier | None:
        """Find a dossier."""

    def dossiers_named(self, numbers: Iterable[str]) -> tuple[Dossier, ...]:
        """Read the dossiers that have one of these numbers, by number."""

    def dossiers(self) -> tuple[Dossier, ...]:
        """Read all dossiers, by number."""

    def save_procedure(self, procedure: Procedure) -> None:
        """Record the state of a procedure."""

    def procedure(self, dossier: str) -> Procedure | None:
        """Find the procedure of a dossier."""

    def procedures(self) -> tuple[Procedure, ...]:
        """Read all procedures, by dossier."""

    def save_concept(self, bundle: BuiltBundle, version: int) -> None:
        """Record a concept that was put in ``Bundel/``."""

    def concepts(self, meeting: str) -> tuple[BuiltBundle, ...]:
        """Read every concept ever made for a meeting, oldest first."""

    def save_sending(self, sending: Sending) -> None:
        """Record a sending."""

    def sending(self, sending_id: str) -> Sending | None:
        """Find a sending."""

    def sendings(self) -> tuple[Sending, ...]:
        """Read all sendings, oldest first."""

    def save_dispatch(self, sending: str, dispatch: Dispatch) -> None:
        """Record where a message to one person stands."""

    def dispatch(self, dispatch_id: str) -> Dispatch | None:
        """Find the message to one person."""

    def sending_of(self, dispatch_id: str) -> Sending | None:
        """Find the sending that a message belongs to."""

    def dispatches(self, sending: str = "") -> tuple[Dispatch, ...]:
        """Read the messages of one sending, or all of them."""

    def add_job(self, job: Job) -> bool:
        """Add work, unless work with the same key was ever added; True when it is new."""

    def finish_job(self, job: Job) -> None:
        """Record that a job is done."""

    def failed_jobs(self) -> tuple[FailedJob, ...]:
        """Read the work that has failed so far, stuck or to be tried again."""

    def note(self, event: str, subject: str, text: str) -> None:
        """Add a line to the chain: event and ids in the line, Dutch text apart."""

    def last_seq(self) -> int:
        """Number of the newest line; 0 when there is none."""

    def lines(self, since: int = 0) -> tuple[JournalLine, ...]:
        """Read the lines newer than ``since``."""

    def fact(self, key: str) -> str:
        """Read a small fact; empty when it was never set."""

    def facts(self, prefix: str) -> Mapping[str, str]:
        """Read all small facts whose key begins so, by their keys."""

    def set_fact(self, key: str, value: str) -> None:
        """Record a small fact."""


class Journal(Protocol):
    """The journal: state, work and proof, durable when a transaction has returned."""

    def transaction(self) -> AbstractContextManager[Ledger]:
        """Open one atomic change."""

    def claim(self) -> Job | None:
        """Lease the next job that is due; None when nothing is due now."""

    def retry_later(
        self, job: Job, problem: str, *, for_ever: bool = False, wait_seconds: float | None = None
    ) -> bool:
        """Give a failed job back; False when it is stuck and waits for a person."""


Clock = Callable[[], datetime]
"""The legal clock: now, aware UTC."""
