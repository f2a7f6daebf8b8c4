"""The road of a letter out: moved to ``Versturen/``, announced, sent once after the pause, archived.

    notice_letters -> approve -> (pause) -> letter_delivery.send

A letter goes to the board; the one that tells the other sections goes, with the papers, to their
members. Sending it records its event in the procedure; moving it back before the pause ends cancels.
"""

import hashlib
from datetime import timedelta
from pathlib import Path

from pipeline.dispatch.mails import clock
from pipeline.letters import plan as letters
from pipeline.office import Office
from pipeline.procedures.definition import LetterRule
from pipeline.procedures.overview import CLOSED
from pipeline.roads.closing import finish_job
from pipeline.roads.letter_delivery import (
    NO_BOARD,
    NOBODY_THERE,
    OUTSIDE,
    lay_back,
    papers_along,
    recipients_of,
    refusal_name,
    rule_of,
)
from pipeline.roads.meeting import secret_dossiers
from pipeline.values import (
    Address,
    Entry,
    Filed,
    Job,
    JobKind,
    Place,
    Procedure,
    Sending,
    SendingState,
    SendPurpose,
)

_NOTICE_ENDING = " uur.txt"


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
    """Tell whether a file is meant to be sent; what is no letter is laid back with the reason."""
    ours = entry.path.endswith(_NOTICE_ENDING)
    return not entry.is_folder and "/" not in entry.path and entry.path[0] not in "~." and not ours


def _is_waiting(sending: Sending) -> bool:
    return sending.purpose is SendPurpose.BRIEF and sending.state is SendingState.AANGEKONDIGD


def approve(job: Job, office: Office) -> None:
    """Announce a letter that was moved to ``Versturen/``, or lay it back with the reason why not."""
    path = office.werkmap.path(Place.BRIEVEN_VERSTUREN, job.subject)
    if office.disk.sha256_if_any(path) != job.detail:
        finish_job(job, office)
        return
    dossier, name = letters.read_name(job.subject)
    with office.journal.transaction() as ledger:
        procedure = ledger.procedure(dossier)
        attempt = int(ledger.fact(f"letter-attempt:{job.subject}") or 0)
        others = {one.concept for one in ledger.sendings() if one.state is not SendingState.GEANNULEERD}
    problem, rule = _ALREADY if job.detail in others else _problem(path, procedure, name, office), None
    if procedure is not None and not problem:
        rule = rule_of(procedure, name, office)
    if procedure is None or rule is None:
        lay_back(job, path, problem, office)
        return
    to = recipients_of(procedure, rule, office)
    identity = hashlib.sha256(f"{job.subject}|{job.detail}|{attempt}".encode()).hexdigest()[:24]
    pause = office.council.pause_minutes
    due = office.clock() + timedelta(minutes=pause)
    notice = f"{path.stem} - wordt verzonden om {clock(due)}{_NOTICE_ENDING}" if pause else ""
    sending = Sending(
        id=identity,
        meeting=dossier,
        purpose=SendPurpose.BRIEF,
        edition=rule.name,
        concept=job.detail,
        manifest="",
        place=f"{Place.BRIEVEN_VERSTUREN}/{job.subject}",
        notice=notice,
        due=due,
        state=SendingState.AANGEKONDIGD,
    )
    office.disk.remove(office.werkmap.path(Place.BRIEVEN_CONCEPT, refusal_name(path)))
    papers = papers_along(procedure, office) if rule.to_sections else ()
    if notice:
        office.disk.write(
            path.with_name(notice), _announcement(sending, path.name, to, papers).encode("utf-8-sig")
        )
    with office.journal.transaction() as ledger:
        ledger.save_sending(sending)
        ledger.note("letter-approved", sending.id, job.subject)
        ledger.add_job(
            Job(key=f"letter-sending:{identity}", kind=JobKind.LETTER_SENDING, subject=identity, due=due)
        )
        ledger.finish_job(job)


def _announcement(sending: Sending, name: str, to: tuple[Address, ...], papers: tuple[Filed, ...]) -> str:
    along = "".join(f"- {one.title} ({one.kenmerk})\r\n" for one in papers)
    with_papers = f"Deze stukken gaan mee:\r\n{along}\r\n" if along else ""
    people = "\r\n".join(f"- {one.name} <{one.email}>" for one in to)
    return (
        f"{name} wordt om {clock(sending.due)} uur verzonden aan:\r\n{people}\r\n\r\n{with_papers}"
        "Toch niet versturen? Sleep de brief vóór die tijd terug naar de map 'Concept'.\r\n"
        "Er gaat dan niets uit.\r\n"
    )


def _problem(path: Path, procedure: Procedure | None, name: str, office: Office) -> str:
    """Say in Dutch why a letter may not go; empty when it may."""
    if path.suffix.lower() not in (".docx", ".pdf"):
        return "Alleen een Word-bestand (.docx) of een pdf kan worden verzonden. Sla de brief zo op."
    if procedure is None:
        return "De naam begint niet met het kenmerk van een zaak, zoals in '2026-0009 Advies.docx'."
    if procedure.state in CLOSED:
        return "Deze zaak is afgesloten. Heropen haar in Nieuwe zaak.xlsx als de brief nog weg moet."
    rule = rule_of(procedure, name, office)
    if rule is None:
        known = ", ".join(one.name for one in office.rulebook.definition(procedure.definition).letters)
        return f"‘{name}’ is geen brief van deze zaak. Geef het bestand een van deze namen: {known}."
    if letters.OPEN in office.reader(path.read_bytes(), path.name).text:
        return _OPEN
    return _nobody(procedure, rule, office)


def _nobody(procedure: Procedure, rule: LetterRule, office: Office) -> str:
    """Say in Dutch why a letter can go to nobody; empty when it can."""
    if rule.to_sections and procedure.dossier in secret_dossiers(office):
        return "Deze zaak is vertrouwelijk; de stukken gaan niet vanzelf naar andere geledingen."
    people = recipients_of(procedure, rule, office)
    if not people:
        return NOBODY_THERE if rule.to_sections else NO_BOARD
    allowed = not office.domains or any(one.email.rpartition("@")[2] in office.domains for one in people)
    return "" if allowed else OUTSIDE


_OPEN = "In de brief staat nog een stuk tussen haken dat met [NOG begint. Vul dat eerst in of haal het weg."
_ALREADY = "Precies deze brief is al verzonden, of staat al klaar om te worden verzonden."
