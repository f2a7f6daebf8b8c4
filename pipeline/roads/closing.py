"""A sending is closed when all is known of its messages: its proof as a list, and what is put away.

close_when_done -> close; what comes back later makes the proof anew
"""

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.bundle import sheets
from pipeline.dispatch import outcomes
from pipeline.dispatch import plan as dispatching
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.roads.concepts import meeting_path
from pipeline.roads.copies import clear_staging
from pipeline.roads.messages import concept_of
from pipeline.values import (
    Dispatch,
    Job,
    JobKind,
    MeetingPlace,
    Sending,
    SendingState,
    SendPurpose,
)


def finish_job(job: Job, office: Office) -> None:
    """Close a job for which nothing is left to do."""
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def close_when_done(sending: Sending, ledger: Ledger, office: Office) -> None:
    """Add the work of closing a sending that has begun, once every message to the members has its outcome."""
    now, messages = ledger.sending(sending.id), members_of(sending, ledger)
    begun = now is not None and now.state is SendingState.BEZIG
    if begun and not any(one.is_undecided for one in messages):
        stand = "|".join(sorted(f"{one.id} {one.state}" for one in messages))
        key = f"close:{sending.id}:{hashlib.sha256(stand.encode()).hexdigest()[:16]}"
        ledger.add_job(Job(key=key, kind=JobKind.CLOSING, subject=sending.id, due=office.clock()))


def members_of(sending: Sending, ledger: Ledger) -> tuple[Dispatch, ...]:
    """Read where the file of each member stands; a message to several has a row for each of them."""
    carrying = (one for one in ledger.dispatches(sending.id) if one.edition != dispatching.NOTICE)
    return tuple(one for one in carrying if not one.shared)


def close(job: Job, office: Office) -> None:
    """Close a sending: the proof as a list, the announcement and the approved concept put away."""
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.subject)
        dispatches = members_of(sending, ledger) if sending else ()
    if sending is None or sending.state is not SendingState.BEZIG:
        finish_job(job, office)
        return
    folder = office.werkmap.path(meeting_path(sending.meeting))
    closed = replace(sending, state=SendingState.VERZONDEN)
    _prove(closed, dispatches, office)
    if sending.notice:
        office.disk.remove(folder / MeetingPlace.VERSTUREN / sending.notice)
    _put_concept_away(sending, folder, office)
    clear_staging(sending, dispatches, office)
    with office.journal.transaction() as ledger:
        ledger.save_sending(closed)
        ledger.note("sent", sending.id, sending.file)
        ledger.finish_job(job)


def renew_proof(job: Job, office: Office) -> None:
    """Make the proof of a sending anew, because something came back; an open one is proven at its close."""
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.subject)
        dispatches = members_of(sending, ledger) if sending else ()
    if sending and sending.state is SendingState.VERZONDEN:
        _prove(sending, dispatches, office)
    finish_job(job, office)


def _prove(sending: Sending, dispatches: tuple[Dispatch, ...], office: Office) -> None:
    """Lay the proof in ``Verstuurd/``: who got what and when, as a list; of what members got also as PDF."""
    name = f"Verzendbewijs - {sending.file.removesuffix('.pdf')}"
    folder = office.werkmap.path(meeting_path(sending.meeting), MeetingPlace.VERSTUURD)
    office.lists.write_proof(folder / f"{name}.xlsx", sending, dispatches)
    if sending.purpose is not SendPurpose.LEDEN:
        return
    edition = sheets.edition_line(concept_of(sending, office).plan.edition)
    context = outcomes.proof(office.council, sending, dispatches, edition=edition)
    office.lay_pdf("verzendbewijs", context, folder / f"{name}.pdf")


def _put_concept_away(sending: Sending, folder: Path, office: Office) -> None:
    """Lay the approved concept with what was sent; a concept that one person saw goes back."""
    approved = folder / sending.place
    if office.disk.sha256_if_any(approved) == sending.concept:
        place = MeetingPlace.VERSTUURD if sending.purpose is SendPurpose.LEDEN else MeetingPlace.BUNDEL
        office.disk.move(approved, folder / place / approved.name)
