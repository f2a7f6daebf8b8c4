"""One open transaction of the journal: typed reading and writing of every row.

Touches only the connection it is given. A write of the same value twice changes nothing,
so that a repeated step is harmless.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from pipeline.edges.as_json import to_json
from pipeline.edges.journal import schema, statements
from pipeline.edges.journal.chain import START, ChainLine, digest_of, link
from pipeline.edges.journal.schema import FILED, HELD, PLANNED
from pipeline.edges.journal.tracing import Tracing
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
    JobKind,
    JournalLine,
    Procedure,
    Sending,
)

Value = TypeVar("Value")


class Ledger(Tracing):
    """The rows of the journal, within one transaction."""

    # --- arrivals and their parts

    def keep_arrival(self, arrival: Arrival) -> None:
        """Record something that came in and whose bytes are kept."""
        self._put(schema.ARRIVALS, **_arrival_columns(arrival))

    def take_in(self, arrivals: Sequence[Arrival], jobs: Sequence[Job]) -> None:
        """Record what came in, and what is to be done with it unless that is known already; many at once."""
        new = [_arrival_columns(arrival) for arrival in arrivals]
        self._put_all(schema.ARRIVALS, new)
        self._note_all([("arrived", arrival.key, arrival.name) for arrival in arrivals])
        if jobs:
            self._run_all(statements.NEW_JOB, [_job_columns(job) for job in jobs])

    def arrival(self, key: str) -> Arrival | None:
        """Find an arrival by its key."""
        return self._of(Arrival, schema.ARRIVALS.c.key, key)

    def save_documents(self, key: str, documents: tuple[Document, ...]) -> None:
        """Record the verdict of every part of an arrival, in order."""
        for position, document in enumerate(documents):
            self._put(
                schema.DOCUMENTS,
                arrival=key,
                position=position,
                sha256=document.part.sha256,
                verdict=document.verdict.value,
                value=to_json(document),
            )

    def documents(self, key: str) -> tuple[Document, ...]:
        """Read the parts of an arrival, in order; empty when it has not been taken apart."""
        return self._values(Document, statements.PARTS, arrival=key)

    def known_among(self, digests: Iterable[str]) -> frozenset[str]:
        """Which of these are digests of papers that are filed, planned or held."""
        found = self._run(statements.STANDING_AMONG, digests=to_json(list(digests)))
        return frozenset(row["sha256"] for row in found)

    # --- papers and dossiers

    def hold(self, paper: HeldPaper) -> None:
        """Record a paper that waits for a person."""
        self._put(
            schema.PAPERS,
            paper=paper.origin.paper,
            state=HELD,
            sha256=paper.sha256,
            dossier=None,
            kenmerk=None,
            value=to_json(paper),
        )

    def plan(self, paper: Filed) -> None:
        """Record where a paper will lie, before it is put there; its number is given out for good."""
        self._put_filed(paper, PLANNED)
        highest = max(self.used_numbers(paper.dossier), _number_of(paper.kenmerk))
        self.set_fact(_numbers_key(paper.dossier), str(highest))

    def confirm(self, paper: Filed) -> None:
        """Record that a paper lies where it was planned."""
        self._put_filed(paper, FILED)

    def undo(self, paper: Filed | HeldPaper) -> None:
        """Take a filing back, or a paper that is no longer held; a number is not used again."""
        self._run(statements.UNDO, undone=paper.origin.paper)

    def _put_filed(self, paper: Filed, state: str) -> None:
        self._put(
            schema.PAPERS,
            paper=paper.origin.paper,
            state=state,
            sha256=paper.sha256,
            dossier=paper.dossier,
            kenmerk=paper.kenmerk,
            value=to_json(paper),
        )

    def held(self) -> tuple[HeldPaper, ...]:
        """Read all papers that wait for a person, oldest first; of one made of pictures not the pictures."""
        return tuple(paper for paper in self._papers(HeldPaper, HELD) if not paper.page_of)

    def held_places(self) -> frozenset[str]:
        """Tell where in ``Te beoordelen/`` the papers lie that wait for a person."""
        return frozenset(row["place"] for row in self._run(statements.HELD_PLACES))

    def pages(self, paper: str) -> tuple[HeldPaper, ...]:
        """Read the pictures that a paper was made of, in order; empty for any other paper."""
        return tuple(page for page in self._papers(HeldPaper, HELD) if page.page_of == paper)

    def planned(self) -> tuple[Filed, ...]:
        """Read the papers that have a place but may not lie there yet."""
        return self._papers(Filed, PLANNED)

    def paper(self, kenmerk: str) -> Filed | None:
        """Find a paper in the archive."""
        return next(iter(self._values(Filed, statements.FILED_AS, kenmerk=kenmerk)), None)

    def filed(self) -> tuple[Filed, ...]:
        """Read all papers in the archive, by kenmerk."""
        return tuple(sorted(self._papers(Filed, FILED), key=lambda paper: paper.kenmerk))

    def places(self) -> Mapping[str, tuple[str, str]]:
        """Kenmerk and digest of every paper in the archive, by its path; quick, the rest is not read."""
        return {row["path"]: (row["kenmerk"], row["sha256"]) for row in self._run(statements.PLACES)}

    def _papers(self, kind: type[Value], state: str) -> tuple[Value, ...]:
        return self._with(kind, schema.PAPERS.c.state, state)

    def used_numbers(self, dossier: str) -> int:
        """Give the highest paper number ever given in a dossier, undone ones included; 0 for none."""
        return int(self.fact(_numbers_key(dossier)) or 0)

    def last_serial(self, year: int) -> int:
        """Highest dossier serial of a calendar year; 0 when there is none."""
        return int(self._first(statements.LAST_SERIAL, year=year) or 0)

    def save_dossier(self, dossier: Dossier) -> None:
        """Record a dossier."""
        year, serial = (int(step) for step in dossier.number.split("-"))
        self._put(schema.DOSSIERS, number=dossier.number, year=year, serial=serial, value=to_json(dossier))

    def dossier(self, number: str) -> Dossier | None:
        """Find a dossier."""
        return self._of(Dossier, schema.DOSSIERS.c.number, number)

    def dossiers_named(self, numbers: Iterable[str]) -> tuple[Dossier, ...]:
        """Read the dossiers that have one of these numbers, by number."""
        return self._values(Dossier, statements.DOSSIERS_NAMED, numbers=to_json(list(numbers)))

    def dossiers(self) -> tuple[Dossier, ...]:
        """Read all dossiers, by number."""
        return self._values(Dossier, statements.ALL_DOSSIERS)

    def save_procedure(self, procedure: Procedure) -> None:
        """Record the state of a procedure."""
        self._put(
            schema.PROCEDURES,
            dossier=procedure.dossier,
            state=procedure.state.value,
            value=to_json(procedure),
        )

    def procedure(self, dossier: str) -> Procedure | None:
        """Find the procedure of a dossier."""
        return self._of(Procedure, schema.PROCEDURES.c.dossier, dossier)

    def procedures(self) -> tuple[Procedure, ...]:
        """Read all procedures, by dossier."""
        return self._values(Procedure, statements.ALL_PROCEDURES)

    # --- bundles and what is sent

    def save_concept(self, bundle: BuiltBundle, version: int) -> None:
        """Record a concept that was put in ``Bundel/``."""
        self._put(
            schema.CONCEPTS,
            sha256=bundle.sha256,
            meeting=bundle.plan.meeting.folder,
            edition=bundle.plan.edition.name,
            version=version,
            value=to_json(bundle),
        )

    def concepts(self, meeting: str) -> tuple[BuiltBundle, ...]:
        """Read every concept ever made for a meeting, oldest first."""
        return self._values(BuiltBundle, statements.CONCEPTS, meeting=meeting)

    def save_sending(self, sending: Sending) -> None:
        """Record a sending."""
        self._put(
            schema.SENDINGS,
            id=sending.id,
            meeting=sending.meeting,
            state=sending.state.value,
            value=to_json(sending),
        )

    def sending(self, sending_id: str) -> Sending | None:
        """Find a sending."""
        return self._of(Sending, schema.SENDINGS.c.id, sending_id)

    def sendings(self) -> tuple[Sending, ...]:
        """Read all sendings, oldest first."""
        return self._values(Sending, statements.ALL_SENDINGS)

    def save_dispatch(self, sending: str, dispatch: Dispatch) -> None:
        """Record where a message to one person stands."""
        self._put(
            schema.DISPATCHES,
            id=dispatch.id,
            sending=sending,
            state=dispatch.state.value,
            value=to_json(dispatch),
        )

    def dispatch(self, dispatch_id: str) -> Dispatch | None:
        """Find the message to one person."""
        return self._of(Dispatch, schema.DISPATCHES.c.id, dispatch_id)

    def sending_of(self, dispatch_id: str) -> Sending | None:
        """Find the sending that a message belongs to."""
        return next(iter(self._values(Sending, statements.SENDING_OF, dispatch=dispatch_id)), None)

    def dispatches(self, sending: str = "") -> tuple[Dispatch, ...]:
        """Read the messages of one sending, or all of them, in order of planning."""
        if sending:
            return self._with(Dispatch, schema.DISPATCHES.c.sending, sending)
        return self._values(Dispatch, statements.ALL_DISPATCHES)

    # --- work

    def add_job(self, job: Job) -> bool:
        """Add work, unless work with the same key was ever added.

        Returns:
            True when it is new.
        """
        return self._run(statements.NEW_JOB, **_job_columns(job)).rowcount == 1

    def finish_job(self, job: Job) -> None:
        """Record that a job is done."""
        self._run(statements.DONE_JOB, done=job.key)

    def failed_jobs(self) -> tuple[FailedJob, ...]:
        """Read the work that has failed so far, stuck or to be tried again."""
        return tuple(
            FailedJob(job=job_of(row), problem=row["problem"]) for row in self._run(statements.FAILED_JOBS)
        )

    # --- the chain, and small facts

    def note(self, event: str, subject: str, text: str) -> None:
        """Add a line to the chain: event and ids in the line, the Dutch text in a row apart."""
        self._note_all([(event, subject, text)])

    def _note_all(self, told: Sequence[tuple[str, str, str]]) -> None:
        """Add lines to the chain, each with its event, subject and text."""
        lines, texts = [], []
        for event, subject, text in told:
            last = self._last_line or self._newest_line()
            salt = secrets.token_hex(16)
            line = link(
                seq=last.seq + 1 if last else 1,
                at=self._now().isoformat(),
                event=event,
                subject=subject,
                digest=digest_of(salt, text),
                previous=last.hash if last else START,
            )
            lines.append({name: getattr(line, name) for name in ChainLine.__slots__})
            texts.append({"seq": line.seq, "salt": salt, "text": text})
            self._last_line = line
        if lines:
            self._run_all(statements.NEW_LINE, lines)
            self._run_all(statements.NEW_TEXT, texts)

    def _newest_line(self) -> ChainLine | None:
        row = self._run(statements.LAST_LINE).fetchone()
        return None if row is None else ChainLine(**row)

    def last_seq(self) -> int:
        """Number of the newest line; 0 when there is none."""
        return int(self._first(statements.LAST_SEQ) or 0)

    def chain(self) -> tuple[ChainLine, ...]:
        """Read the whole chain, to check it."""
        return tuple(ChainLine(**row) for row in self._run(statements.CHAIN))

    def lines(self, since: int = 0) -> tuple[JournalLine, ...]:
        """Read the lines with their texts, newer than ``since``."""
        return tuple(
            JournalLine(
                seq=row["seq"],
                at=datetime.fromisoformat(row["at"]),
                event=row["event"],
                subject=row["subject"],
                text=row["text"] or "",
            )
            for row in self._run(statements.LINES_SINCE, since=since)
        )

    def fact(self, key: str) -> str:
        """Read a small fact; empty when it was never set."""
        return str(self._first(statements.FACT, wanted=key) or "")

    def facts(self, prefix: str) -> Mapping[str, str]:
        """Read all small facts whose key begins so, by their keys."""
        return {
            row["key"]: row["value"]
            for row in self._run(statements.FACTS, start=prefix, end=f"{prefix}\U0010ffff")
        }

    def set_fact(self, key: str, value: str) -> None:
        """Record a small fact."""
        self._put(schema.META, key=key, value=value)


def _numbers_key(dossier: str) -> str:
    """Name the fact that remembers the highest number given out in a dossier."""
    return f"numbers:{dossier}"


def _arrival_columns(arrival: Arrival) -> dict[str, object]:
    return {
        "key": arrival.key,
        "sha256": arrival.sha256,
        "message_id": arrival.message_id,
        "content": arrival.content,
        "value": to_json(arrival),
    }


def _job_columns(job: Job) -> dict[str, object]:
    return {
        "key": job.key,
        "kind": job.kind.value,
        "subject": job.subject,
        "detail": job.detail,
        "due": job.due.isoformat(),
        "state": "waiting",
        "attempts": 0,
        "problem": "",
    }


def _number_of(kenmerk: str) -> int:
    """Give the number of a paper within its dossier: 3 of ``2026-0017-03``."""
    return int(kenmerk.rpartition("-")[2])


def job_of(row: sqlite3.Row) -> Job:
    """Make the value of a job row."""
    return Job(
        key=row["key"],
        kind=JobKind(row["kind"]),
        subject=row["subject"],
        detail=row["detail"],
        due=datetime.fromisoformat(row["due"]),
    )
