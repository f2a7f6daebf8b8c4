"""The road of a letter out: moved to ``Versturen/``, announced, sent once after the pause, archived.

    notice_letters -> approve -> (pause) -> send -> deliver

A letter goes to the board; the one that tells the other sections goes, with the papers, to their
members. Sending it records its event in the procedure; moving it back before the pause ends cancels.
"""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.archive import naming
from pipeline.bundle.apply import join_documents, pages_of_document
from pipeline.dates import legal_day
from pipeline.dispatch import plan as dispatching
from pipeline.dispatch.apply import Counter, hand_over
from pipeline.dispatch.mails import clock
from pipeline.letters import plan as letters
from pipeline.letters import recipients
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures.definition import LetterRule
from pipeline.procedures.overview import CLOSED
from pipeline.roads.delivery import finish_job
from pipeline.roads.formal_check import request_of
from pipeline.roads.letters import drafted_key, redated
from pipeline.roads.meeting import secret_dossiers
from pipeline.roads.procedures import tell
from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    Entry,
    EventSource,
    Job,
    JobKind,
    OutgoingMail,
    Place,
    Procedure,
    Sending,
    SendingState,
    SendPurpose,
)

PROOFS = "bewijs"
"""Folder in ``Verstuurd/`` with one proof per message."""


# --- approving -------------------------------------------------------------------------


def notice_letters(office: Office) -> None:
    """See which letters were moved to ``Versturen/``, and which were taken back before they left."""
    entries = [
        one for one in office.werkmap.listing(Place.BRIEVEN_VERSTUREN, digests=True) if _is_letter(one)
    ]
    lying = {(one.path, one.sha256) for one in entries}
    with office.journal.transaction() as ledger:
        open_sendings = [one for one in ledger.sendings() if _is_waiting(one)]
        known = {(one.place.rpartition("/")[2], one.concept) for one in open_sendings}
        for path, sha256 in sorted(lying - known):
            attempt = ledger.fact(f"letter-attempt:{path}") or "0"
            key = f"letter-approval:{path}:{sha256}:{attempt}"
            ledger.add_job(
                Job(
                    key=key,
                    kind=JobKind.LETTER_APPROVAL,
                    subject=path,
                    detail=sha256,
                    due=office.clock(),
                )
            )
        for sending in open_sendings:
            if (sending.place.rpartition("/")[2], sending.concept) not in lying:
                key = f"letter-taken-back:{sending.id}"
                ledger.add_job(
                    Job(key=key, kind=JobKind.LETTER_SENDING, subject=sending.id, due=office.clock())
                )


def _is_letter(entry: Entry) -> bool:
    name = entry.path
    return (
        not entry.is_folder and "/" not in name and name.endswith((".docx", ".pdf")) and name[0] not in "~."
    )


def _is_waiting(sending: Sending) -> bool:
    return sending.purpose is SendPurpose.BRIEF and sending.state is SendingState.AANGEKONDIGD


def approve(job: Job, office: Office) -> None:
    """Announce a letter that was moved to ``Versturen/``, or lay it back with the reason why not."""
    path = office.werkmap.path(Place.BRIEVEN_VERSTUREN, job.subject)
    if not path.is_file() or office.disk.sha256_of(path) != job.detail:
        finish_job(job, office)
        return
    dossier, name = letters.read_name(job.subject)
    with office.journal.transaction() as ledger:
        procedure = next((one for one in ledger.procedures() if one.dossier == dossier), None)
        attempt = int(ledger.fact(f"letter-attempt:{job.subject}") or 0)
        others = {one.concept for one in ledger.sendings() if one.state is not SendingState.GEANNULEERD}
    problem, rule = _ALREADY if job.detail in others else _problem(path, procedure, name, office), None
    if procedure is not None and not problem:
        rule = _rule(procedure, name, office)
    if procedure is None or rule is None:
        _refuse(job, path, problem, office)
        return
    to = _recipients(procedure, rule, office)
    identity = hashlib.sha256(f"{job.subject}|{job.detail}|{attempt}".encode()).hexdigest()[:24]
    pause = office.council.pause_minutes
    due = office.clock() + timedelta(minutes=pause)
    notice = f"{path.stem} - wordt verzonden om {clock(due)} uur.txt" if pause else ""
    sending = Sending(
        id=identity,
        meeting=dossier,
        purpose=SendPurpose.BRIEF,
        edition=name,
        concept=job.detail,
        manifest="",
        place=f"{Place.BRIEVEN_VERSTUREN}/{job.subject}",
        notice=notice,
        due=due,
        state=SendingState.AANGEKONDIGD,
    )
    office.disk.remove(office.werkmap.path(Place.BRIEVEN_CONCEPT, _refusal_name(path)))
    if notice:
        office.disk.write(path.with_name(notice), _announcement(sending, path.name, to).encode("utf-8-sig"))
    with office.journal.transaction() as ledger:
        ledger.save_sending(sending)
        ledger.note("letter-approved", sending.id, job.subject)
        ledger.add_job(
            Job(key=f"letter-sending:{identity}", kind=JobKind.LETTER_SENDING, subject=identity, due=due)
        )
        ledger.finish_job(job)


def _announcement(sending: Sending, name: str, to: tuple[Address, ...]) -> str:
    people = "\r\n".join(f"- {one.name} <{one.email}>" for one in to)
    return (
        f"{name} wordt om {clock(sending.due)} uur verzonden aan:\r\n{people}\r\n\r\n"
        "Toch niet versturen? Sleep de brief vóór die tijd terug naar de map 'Concept'.\r\n"
        "Er gaat dan niets uit.\r\n"
    )


def _problem(path: Path, procedure: Procedure | None, name: str, office: Office) -> str:
    """Say in Dutch why a letter may not go; empty when it may."""
    if procedure is None:
        return "De naam begint niet met het kenmerk van een zaak, zoals in '2026-0009 Advies.docx'."
    if procedure.state in CLOSED:
        return "Deze zaak is afgesloten. Heropen haar in Nieuwe zaak.xlsx als de brief nog weg moet."
    rule = _rule(procedure, name, office)
    if rule is None:
        known = ", ".join(one.name for one in office.rulebook.definition(procedure.definition).letters)
        return f"‘{name}’ is geen brief van deze procedure. Geef hem een van deze namen: {known}."
    if letters.OPEN in office.reader(path.read_bytes(), path.name).text:
        return "In de brief staat nog een stuk tussen haken dat met [NOG begint. Vul dat eerst in."
    return _nobody(procedure, rule, office)


def _nobody(procedure: Procedure, rule: LetterRule, office: Office) -> str:
    """Say in Dutch why a letter can go to nobody; empty when it can."""
    if rule.to_sections and procedure.dossier in secret_dossiers(office):
        return "Deze zaak is vertrouwelijk; de stukken gaan niet vanzelf naar andere geledingen."
    people = _recipients(procedure, rule, office)
    if not people:
        return _NOBODY_THERE if rule.to_sections else _NO_BOARD
    allowed = not office.domains or any(one.email.rpartition("@")[2] in office.domains for one in people)
    return "" if allowed else _OUTSIDE


_ALREADY = "Precies deze brief is al verzonden, of staat al klaar om te worden verzonden."
_OUTSIDE = "Het domein van de ontvanger staat niet op de lijst van de beheerder."
_NO_BOARD = "Er is geen adres van het bestuur bekend. Zet het bij [[relaties]] in raad.toml."
_NOBODY_THERE = "In leden.xlsx staat niemand van een andere geleding met een e-mailadres. Vul de geleding in."


def _recipients(procedure: Procedure, rule: LetterRule, office: Office) -> tuple[Address, ...]:
    """Name who gets a letter: the board, or the members of the sections that do not hold the right."""
    if rule.to_sections:
        members, _ = office.members()
        return recipients.other_sections(members, procedure.right_holder, office.today())
    request = request_of(procedure, office)
    board = recipients.board_address(office.council, request.origin.sender if request else "")
    return (board,) if board else ()


def _rule(procedure: Procedure, name: str, office: Office) -> LetterRule | None:
    definition = office.rulebook.definition(procedure.definition)
    return next((one for one in definition.letters if one.name == name), None)


def _refuse(job: Job, path: Path, reason: str, office: Office) -> None:
    """Lay a letter back in ``Concept/`` with the reason beside it; nothing is sent."""
    concept = office.werkmap.path(Place.BRIEVEN_CONCEPT)
    taken = frozenset(one.name for one in concept.iterdir()) if concept.is_dir() else frozenset()
    text = f"{path.name} is niet verzonden.\r\n\r\nReden: {reason}\r\n"
    office.disk.write(concept / _refusal_name(path), text.encode("utf-8-sig"))
    office.disk.move(path, concept / naming.free_name(path.name, taken))
    with office.journal.transaction() as ledger:
        _next_attempt(job.subject, ledger)
        ledger.note("letter-refused", job.detail[:16], reason)
        ledger.finish_job(job)


def _refusal_name(path: Path) -> str:
    return f"{path.stem} - niet verzonden.txt"


def _next_attempt(path: str, ledger: Ledger) -> None:
    attempt = int(ledger.fact(f"letter-attempt:{path}") or 0)
    ledger.set_fact(f"letter-attempt:{path}", str(attempt + 1))


# --- sending ---------------------------------------------------------------------------


def send(job: Job, office: Office) -> None:
    """Carry out the sending of a letter whose pause is over; one that was taken back is cancelled."""
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.subject)
    if sending is None or sending.state is not SendingState.AANGEKONDIGD:
        finish_job(job, office)
        return
    path = office.werkmap.path(sending.place)
    if not path.is_file() or office.disk.sha256_of(path) != sending.concept:
        _cancel(job, sending, office)
    elif office.clock() < sending.due:
        finish_job(job, office)
    else:
        _start(job, sending, path, office)


def _cancel(job: Job, sending: Sending, office: Office) -> None:
    if sending.notice:
        office.disk.remove(office.werkmap.path(Place.BRIEVEN_VERSTUREN, sending.notice))
    with office.journal.transaction() as ledger:
        ledger.save_sending(replace(sending, state=SendingState.GEANNULEERD))
        _next_attempt(sending.place.rpartition("/")[2], ledger)
        ledger.note("letter-cancelled", sending.id, "")
        ledger.finish_job(job)


def _start(job: Job, sending: Sending, path: Path, office: Office) -> None:
    """Make the final PDF, and plan the messages that carry it."""
    with office.journal.transaction() as ledger:
        gone = [one for one in ledger.sendings() if one.state is not SendingState.GEANNULEERD]
        earlier = [one for one in gone if one.file and one.meeting == sending.meeting]
        procedure = next(one for one in ledger.procedures() if one.dossier == sending.meeting)
    rule = _rule(procedure, sending.edition, office)
    number = 1 + sum(one.edition == sending.edition and one.id != sending.id for one in earlier)
    file = letters.final_name(sending.meeting, sending.edition, number)
    source = redated(procedure, path, office)
    made = source if source.suffix == ".pdf" else pages_of_document(source, office.workshop)
    to = _recipients(procedure, rule, office) if rule else ()
    if rule and rule.to_sections:
        made = _with_papers(made, procedure, office)
    sha256 = office.disk.sha256_of(made)
    office.disk.copy(made, office.werkmap.path(Place.BRIEVEN_VERSTUURD, file), sha256)
    begun = replace(sending, state=SendingState.BEZIG, file=file, final_sha256=sha256)
    planned = tuple(dispatching.plan_single(begun, person, office.domains) for person in to)
    with office.journal.transaction() as ledger:
        ledger.save_sending(begun)
        for dispatch in planned:
            ledger.save_dispatch(begun.id, dispatch)
            ledger.add_job(_message_job(dispatch, begun, office))
        ledger.finish_job(job)


def _with_papers(letter: Path, procedure: Procedure, office: Office) -> Path:
    """Join a letter and the papers it sends along into one PDF."""
    with office.journal.transaction() as ledger:
        papers = [one for one in ledger.filed() if one.dossier == procedure.dossier]
    sources = [(office.werkmap.path(Place.ARCHIEF, one.path), one.title) for one in papers]
    out = office.workshop.cache / "brief met stukken.pdf"
    join_documents(
        ((letter, "Brief"), *sources),
        out,
        title=procedure.title,
        author=office.council.name,
        workshop=office.workshop,
    )
    return out


def _message_job(dispatch: Dispatch, sending: Sending, office: Office) -> Job:
    return Job(
        key=f"letter-message:{dispatch.id}",
        kind=JobKind.LETTER_MESSAGE,
        subject=dispatch.id,
        detail=sending.id,
        due=office.clock(),
    )


def deliver(job: Job, office: Office) -> None:
    """Hand one message over exactly once; after the last one the letter is put away."""
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.detail)
        dispatch = next((one for one in ledger.dispatches(job.detail) if one.id == job.subject), None)
    if sending is None or dispatch is None or sending.state is not SendingState.BEZIG:
        finish_job(job, office)
        return
    hand_over(dispatch, _mail(sending, dispatch, office), _counter(sending, office))
    with office.journal.transaction() as ledger:
        states = {one.state for one in ledger.dispatches(sending.id)}
        undecided = states & {DispatchState.GEPLAND, DispatchState.BEZIG}
        if undecided:
            ledger.finish_job(job)
            return
    _close(job, sending, states, office)


def _close(job: Job, sending: Sending, states: set[DispatchState], office: Office) -> None:
    """Put a letter away that went, with its event; one that reached nobody is laid back."""
    if states == {DispatchState.AANGEHOUDEN}:
        path = office.werkmap.path(sending.place)
        if path.is_file():
            _refuse(job, path, _OUTSIDE, office)
        with office.journal.transaction() as ledger:
            ledger.save_sending(replace(sending, state=SendingState.GEANNULEERD))
            ledger.finish_job(job)
        return
    _put_away(sending, office)
    with office.journal.transaction() as ledger:
        if DispatchState.VERZONDEN in states:
            _record(sending, ledger, office)
        ledger.save_sending(replace(sending, state=SendingState.VERZONDEN))
        _next_attempt(sending.place.rpartition("/")[2], ledger)
        ledger.note("letter-sent", sending.id, sending.file)
        ledger.finish_job(job)


def _counter(sending: Sending, office: Office) -> Counter:
    return Counter(
        sending=sending.id,
        proofs=office.werkmap.path(Place.BRIEVEN_VERSTUURD, PROOFS),
        transport=office.transport,
        journal=office.journal,
        disk=office.disk,
        clock=office.clock,
    )


def _mail(sending: Sending, dispatch: Dispatch, office: Office) -> OutgoingMail:
    context = letters.mail(office.council, sending.meeting, sending.edition, sending.file)
    text, html = office.workshop.templates.render_mail("mail_brief", context)
    return OutgoingMail(
        message_id=dispatching.message_id(dispatch),
        sender=office.council.mailbox,
        to=Address(email=dispatch.to, name=dispatch.member),
        reply_to=office.council.secretary,
        subject=context.onderwerp,
        text=text,
        html=html,
        attachment_path=str(office.werkmap.path(Place.BRIEVEN_VERSTUURD, sending.file)),
        attachment_name=sending.file,
        sent_at=sending.due,
    )


def _put_away(sending: Sending, office: Office) -> None:
    """Lay the sent letter and what it was made from in the archive; ``Versturen/`` is empty again."""
    with office.journal.transaction() as ledger:
        dossier = next(one for one in ledger.dossiers() if one.number == sending.meeting)
    folder = office.werkmap.path(Place.ARCHIEF, dossier.year_folder, dossier.folder, "Brieven")
    sent = office.werkmap.path(Place.BRIEVEN_VERSTUURD, sending.file)
    office.disk.copy(sent, folder / sending.file, sending.final_sha256)
    moved = office.werkmap.path(sending.place)
    if moved.is_file() and office.disk.sha256_of(moved) == sending.concept:
        source = f"{Path(sending.file).stem}{moved.suffix}"
        if source != sending.file:
            office.disk.copy(moved, folder / source, sending.concept)
        office.disk.remove(moved)
    if sending.notice:
        office.disk.remove(office.werkmap.path(Place.BRIEVEN_VERSTUREN, sending.notice))


def _record(sending: Sending, ledger: Ledger, office: Office) -> None:
    """Record in the procedure what sending this letter means, on the day it left."""
    procedure = next((one for one in ledger.procedures() if one.dossier == sending.meeting), None)
    if procedure is None or procedure.state in CLOSED:
        return
    rule = _rule(procedure, sending.edition, office)
    if rule is None:
        return
    ledger.set_fact(drafted_key(procedure, rule), "verzonden")
    told = ((rule.records, legal_day(office.clock()).isoformat()),) if rule.records else ()
    tell(
        procedure,
        (*rule.answers, *told),
        ledger,
        office,
        source=EventSource.BRIEF,
        paper=sending.file,
    )
