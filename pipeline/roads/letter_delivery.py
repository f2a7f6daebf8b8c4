"""The way of a letter out: its final PDF, one message to each who gets it, its event, the archive.

send -> deliver -> (laid back when it reached nobody)
"""

from dataclasses import replace
from pathlib import Path

from pipeline.archive import naming
from pipeline.bundle.apply import join_documents, pages_of_document
from pipeline.dates import legal_day
from pipeline.dispatch import plan as dispatching
from pipeline.dispatch.apply import Counter, hand_over
from pipeline.letters import plan as letters
from pipeline.letters import recipients
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.procedures.definition import RECEIVED, LetterRule
from pipeline.procedures.overview import CLOSED
from pipeline.procedures.standing import answers_of
from pipeline.roads.closing import finish_job
from pipeline.roads.formal_check import request_of
from pipeline.roads.letters import drafted_key, redated
from pipeline.roads.procedures import tell
from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    EventSource,
    Filed,
    Job,
    JobKind,
    OutgoingMail,
    Place,
    Procedure,
    Sending,
    SendingState,
)

PROOFS = "bewijs"
"""Folder in ``Verstuurd/`` with one proof per message."""

OUTSIDE = (
    "Het domein van de ontvanger staat niet op de lijst van de beheerder. "
    "Vraag uw beheerder het toe te voegen."
)
CHANGED = (
    "De pdf in Verstuurd is veranderd nadat u de brief liet versturen. Verplaats de brief opnieuw naar "
    "Versturen; de dienst maakt dan een nieuwe pdf."
)
NO_BOARD = "Er is geen adres van het bestuur bekend. Zet het bij [[relaties]] in raad.toml."
NOBODY_THERE = (
    "In leden.xlsx staat niemand van een andere geleding met een e-mailadres. Vul geleding en e-mailadres in."
)


# --- who gets it, and what goes back ------------------------------------------------------


def recipients_of(procedure: Procedure, rule: LetterRule, office: Office) -> tuple[Address, ...]:
    """Name who gets a letter: the board, or the members of the sections that do not hold the right."""
    if rule.to_sections:
        members, _ = office.members()
        return recipients.other_sections(members, procedure.right_holder, office.today())
    request = request_of(procedure, office)
    board = recipients.board_address(office.council, request.origin.sender if request else "")
    return (board,) if board else ()


def rule_of(procedure: Procedure, name: str, office: Office) -> LetterRule | None:
    """Find the letter of a procedure by the name in its file name, whatever its case."""
    definition = office.rulebook.definition(procedure.definition)
    return next((one for one in definition.letters if one.name.casefold() == name.casefold()), None)


def lay_back(job: Job, path: Path, reason: str, office: Office) -> None:
    """Lay a letter back in ``Concept/`` with the reason beside it; nothing is sent."""
    concept = office.werkmap.path(Place.BRIEVEN_CONCEPT)
    taken = frozenset(one.name for one in concept.iterdir()) if concept.is_dir() else frozenset()
    text = f"{path.name} is niet verzonden.\r\n\r\nReden: {reason}\r\n"
    office.disk.write(concept / refusal_name(path), text.encode("utf-8-sig"))
    office.disk.move(path, concept / naming.free_name(path.name, taken))
    with office.journal.transaction() as ledger:
        next_attempt(job.subject, ledger)
        ledger.note("letter-refused", job.detail[:16], reason)
        ledger.finish_job(job)


def refusal_name(path: Path) -> str:
    """Name the note that says why a letter was not sent."""
    return f"{path.stem} - niet verzonden.txt"


def next_attempt(path: str, ledger: Ledger) -> None:
    """Make the next moving of a file with this name a new one."""
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
    if office.disk.sha256_if_any(path) != sending.concept:
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
        next_attempt(sending.place.rpartition("/")[2], ledger)
        ledger.note("letter-cancelled", sending.id, "")
        ledger.finish_job(job)


def _start(job: Job, sending: Sending, path: Path, office: Office) -> None:
    """Make the final PDF, and plan the messages that carry it."""
    with office.journal.transaction() as ledger:
        gone = [one for one in ledger.sendings() if one.state is not SendingState.GEANNULEERD]
        earlier = [one for one in gone if one.file and one.meeting == sending.meeting]
        procedure = next(one for one in ledger.procedures() if one.dossier == sending.meeting)
    rule = rule_of(procedure, sending.edition, office)
    to = recipients_of(procedure, rule, office) if rule else ()
    if not to:
        _cancel(job, sending, office)
        lay_back(job, path, NOBODY_THERE if rule and rule.to_sections else NO_BOARD, office)
        return
    number = 1 + sum(one.edition == sending.edition and one.id != sending.id for one in earlier)
    file = letters.final_name(sending.meeting, sending.edition, number)
    source = redated(procedure, path, office)
    made = source if source.suffix.lower() == ".pdf" else pages_of_document(source, office.workshop)
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


def papers_along(procedure: Procedure, office: Office) -> tuple[Filed, ...]:
    """Name the papers that go along with a letter to the other sections."""
    with office.journal.transaction() as ledger:
        return recipients.goes_along(procedure, ledger.filed())


def _with_papers(letter: Path, procedure: Procedure, office: Office) -> Path:
    """Join a letter and the papers it sends along into one PDF."""
    papers = papers_along(procedure, office)
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
        sending, dispatch = ledger.sending(job.detail), ledger.dispatch(job.subject)
    if sending is None or dispatch is None:
        finish_job(job, office)
        return
    if sending.state is not SendingState.BEZIG:
        if dispatch.state is DispatchState.AANGEHOUDEN:
            _counter(sending, office).hold(dispatch)  # its draft may still be there
        finish_job(job, office)
        return
    hand_over(dispatch, _mail(sending, dispatch, office), _counter(sending, office))
    with office.journal.transaction() as ledger:
        messages = ledger.dispatches(sending.id)
        if any(one.is_undecided for one in messages):
            ledger.finish_job(job)
            return
    _close(job, sending, messages, office)


def _close(job: Job, sending: Sending, messages: tuple[Dispatch, ...], office: Office) -> None:
    """Put a letter away that went, with its event; one that reached nobody is laid back."""
    states, has_changed = {one.state for one in messages}, any(map(dispatching.is_changed, messages))
    if states == {DispatchState.AANGEHOUDEN}:
        path = office.werkmap.path(sending.place)
        if path.is_file():
            lay_back(job, path, CHANGED if has_changed else OUTSIDE, office)
        with office.journal.transaction() as ledger:
            ledger.save_sending(replace(sending, state=SendingState.GEANNULEERD))
            ledger.finish_job(job)
        return
    _put_away(sending, office)
    with office.journal.transaction() as ledger:
        if DispatchState.VERZONDEN in states:
            _record(sending, ledger, office)
        ledger.save_sending(replace(sending, state=SendingState.VERZONDEN))
        next_attempt(sending.place.rpartition("/")[2], ledger)
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
    known = (letter for book in office.rulebook.definitions for letter in book.letters)
    inside = any(letter.to_sections for letter in known if letter.name == sending.edition)
    context = letters.mail(office.council, sending.meeting, sending.edition, sending.file, to_sections=inside)
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
        (dossier,) = ledger.dossiers_named((sending.meeting,))
    folder = office.werkmap.path(Place.ARCHIEF, dossier.year_folder, dossier.folder, "Brieven")
    sent = office.werkmap.path(Place.BRIEVEN_VERSTUURD, sending.file)
    office.disk.copy(sent, folder / sending.file, sending.final_sha256)
    moved = office.werkmap.path(sending.place)
    if office.disk.sha256_if_any(moved) == sending.concept:
        source = f"{Path(sending.file).stem}{moved.suffix}"
        if source != sending.file:
            office.disk.copy(moved, folder / source, sending.concept)
        office.disk.remove(moved)
    if sending.notice:
        office.disk.remove(office.werkmap.path(Place.BRIEVEN_VERSTUREN, sending.notice))


def _record(sending: Sending, ledger: Ledger, office: Office) -> None:
    """Record in the procedure what sending this letter means, on the day it left."""
    procedure = ledger.procedure(sending.meeting)
    if procedure is None or procedure.state in CLOSED:
        return
    rule = rule_of(procedure, sending.edition, office)
    if rule is None:
        return
    ledger.set_fact(drafted_key(procedure, rule), "verzonden")
    known = answers_of(procedure.events)
    other = tuple((event, answer) for event, answer in rule.answers if known.get(event) != answer)
    sent_on = legal_day(office.clock()).isoformat()
    new = rule.records and (rule.records not in known or rule.records == RECEIVED or bool(other))
    told = ((rule.records, sent_on),) if new else ()
    tell(
        procedure,
        (*other, *told),
        ledger,
        office,
        source=EventSource.BRIEF,
        paper=sending.file,
    )
