"""The road of a paper that comes in: kept, taken apart, judged, filed or held, and what it starts.

    collect -> handle_arrival -> examine -> judge -> plan -> finish -> open_procedure

Numbers are given in the journal before a file is put anywhere; a road that is walked again
finds them there.
"""

import hashlib
from dataclasses import replace
from datetime import date

from pipeline.archive import apply as archiving
from pipeline.archive import plan as archive
from pipeline.classify.citations import find_citations
from pipeline.classify.plan import Paper, judge
from pipeline.classify.sender import may_be_trusted, sender_role
from pipeline.dates import legal_day
from pipeline.intake.apply import TakenApart, take_apart
from pipeline.office import Bench, Office
from pipeline.ports import Ledger
from pipeline.roads.procedures import open_procedure
from pipeline.sources import plan as sources
from pipeline.values import (
    Arrival,
    Classified,
    Document,
    Dossier,
    Filed,
    Held,
    HeldPaper,
    Job,
    JobKind,
    Kind,
    Message,
    Origin,
    PartVerdict,
    Place,
    Received,
    Right,
    SenderRole,
    Verdict,
    Via,
)

_WHOLE_FILE = "0"
"""Number of the one part of a file that came by itself."""

# --- collecting ------------------------------------------------------------------------


def collect_mail(office: Office) -> bool:
    """Keep every new mail of the postbus; it is acknowledged when the journal has it.

    Returns:
        True when a mail is still being written there.
    """
    waiting = False
    for item in office.postbus.list_new():
        if not office.werkmap.is_complete(item.path):
            waiting = True
            continue
        content = office.postbus.read(item)
        message = office.opener(content, "bericht.eml").message
        received = (
            sources.received_of_mail(message, item.server_time, office.clock())
            if message
            else sources.received_of_file(item.name, office.clock(), None)
        )
        _keep(
            office,
            key=f"postbus:{item.key}",
            via=Via.POSTBUS,
            name=item.name,
            content=content,
            received=received,
        )
        office.postbus.acknowledge(item)
    return waiting


def collect_drops(office: Office) -> bool:
    """Claim what is complete in ``Inkomend/`` and keep it.

    Returns:
        True when something lies there that is not complete yet.
    """
    waiting = False
    for entry in office.werkmap.listing(Place.INKOMEND):
        if entry.is_folder or sources.is_ignored(entry.path.rpartition("/")[2]):
            continue
        path = office.werkmap.path(Place.INKOMEND, entry.path)
        if office.werkmap.is_complete(path):
            office.werkmap.claim(path, office.clock())
        else:
            waiting = True
    for claimed in office.werkmap.claimed():
        content = claimed.path.read_bytes()
        received = sources.received_of_file(claimed.name, claimed.dropped_at, None)
        _keep(
            office, key=claimed.key, via=Via.INKOMEND, name=claimed.name, content=content, received=received
        )
        office.werkmap.release(claimed)
    office.werkmap.sweep_empty(Place.INKOMEND)
    return waiting


def _keep(office: Office, *, key: str, via: Via, name: str, content: bytes, received: Received) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    office.originals.keep(content, sha256)
    arrival = Arrival(key=key, via=via, name=name, sha256=sha256, size_bytes=len(content), received=received)
    with office.journal.transaction() as ledger:
        if ledger.arrival(key) is None:
            ledger.keep_arrival(arrival)
            ledger.note("arrived", key, name)
        ledger.add_job(Job(key=f"arrival:{key}", kind=JobKind.ARRIVAL, subject=key, due=office.clock()))


# --- one arrival -----------------------------------------------------------------------


def handle_arrival(job: Job, office: Office) -> None:
    """Take one arrival as far as it can go without a person."""
    with office.journal.transaction() as ledger:
        arrival = ledger.arrival(job.subject)
        known, done = ledger.known_digests(), ledger.documents(job.subject)
        decided = ledger.fact(f"decided:{job.subject}")
    if arrival is None:
        return
    if not done:
        content, seen_on = office.originals.read(arrival.sha256), legal_day(arrival.received.at)
        taken = examine(content, arrival.name, office.bench, known=known, seen_on=seen_on)
        judged = _judge_all(taken, arrival, office)
        if decided:
            judged = tuple(replace(paper, verdict=_settled(Kind(decided))) for paper in judged)
        _plan(arrival, taken, judged, office)
    finish(job, arrival.key, office)


def examine(
    content: bytes, name: str, bench: Bench, *, known: frozenset[str], seen_on: date | None
) -> TakenApart:
    """Give every part of an arrival its verdict; nothing is kept or moved.

    Args:
        content: The arrival as it came.
        name: Its file name.
        bench: Where it is read.
        known: Digests of what was filed or held before.
        seen_on: Day from which dates without a year count, when the arrival itself has none.
    """
    return take_apart(content, name, opener=bench.opener, reader=bench.reader, known=known, seen_on=seen_on)


def _judge_all(taken: TakenApart, arrival: Arrival, office: Office) -> tuple[archive.Judged, ...]:
    """Judge every paper; what cannot be read, or is of no known sort, waits for a person."""
    wanted = (document for document in taken.documents if _needs_place(document, arrival))
    return tuple(
        archive.Judged(
            origin=_origin(document, taken.message, arrival),
            document=document,
            verdict=judge_document(document, taken.message, office.bench),
            received=_received(document, taken.message, arrival),
        )
        for document in wanted
    )


_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def _needs_place(document: Document, arrival: Arrival) -> bool:
    """Tell whether a part is filed or held; an empty file that somebody dropped is asked about too."""
    held = (PartVerdict.UNREADABLE, PartVerdict.OTHER)
    if document.part.content_type in _SIGNATURES:
        return False
    dropped_empty = document.verdict is PartVerdict.EMPTY and document.part.number == _WHOLE_FILE
    return document.is_paper or document.verdict in held or (dropped_empty and arrival.via is Via.INKOMEND)


def judge_document(document: Document, message: Message | None, bench: Bench) -> Verdict:
    """Say what a paper is, with its evidence, or that a person must."""
    if not document.is_paper or document.reading is None:
        return Held(judgement=None, reasons=(document.reason,))
    is_body = document.verdict is PartVerdict.BODY_IS_LETTER
    paper = Paper(
        text=document.reading.text,
        facts=document.facts,
        subject=message.subject if message else "",
        sender_role=role_of(message, bench),
        bulk=bool(message and message.bulk),
        file_name="" if is_body else document.part.name,
        is_mail_body=is_body,
        rights=rights_in(document.reading.text, bench),
        council=bench.council,
        day=legal_day(message.sent_at) if message and message.sent_at else None,
    )
    return judge(paper, bench.kinds, bench.model)


def role_of(message: Message | None, bench: Bench) -> SenderRole:
    """Tell what the sender is to the council; a mail that fails its own domain's checks is a stranger's."""
    if message is None:
        return sender_role("", bench.council, via_folder=True)
    if message.sender is None or not may_be_trusted(message.authentication):
        return SenderRole.ONBEKEND
    role = sender_role(message.sender.email, bench.council, via_folder=False)
    passed_on = message.forwarded is not None and role is SenderRole.RAAD
    return SenderRole.SECRETARIS_MAP if passed_on else role


def rights_in(text: str, bench: Bench) -> tuple[Right, ...]:
    """Find the rights a text appeals to, as far as it is certain which."""
    sure = (one.right for one in find_citations(text, bench.rights) if one.right is not None)
    return tuple(dict.fromkeys(sure))


def _origin(document: Document, message: Message | None, arrival: Arrival) -> Origin:
    return Origin(
        arrival=arrival.key,
        part=document.part.number,
        name=document.part.name,
        sender=message.sender.email if message and message.sender else document.facts.sender,
        mail_subject=message.subject if message else "",
    )


def _received(document: Document, message: Message | None, arrival: Arrival) -> Received:
    """Give the day of receipt; of a dropped letter its own date is a candidate too."""
    if message is None:
        return sources.received_of_file(arrival.name, arrival.received.at, document.facts.document_date)
    if arrival.via is Via.INKOMEND:
        return sources.received_of_mail(message, None, arrival.received.at)
    return arrival.received


def _settled(kind: Kind) -> Classified:
    return Classified(judgement=archive.settled(None, kind))


def _plan(arrival: Arrival, taken: TakenApart, judged: tuple[archive.Judged, ...], office: Office) -> None:
    """Keep the papers' bytes, then give out numbers and places in one transaction."""
    wanted = {paper.document.part.sha256 for paper in judged}
    for one in taken.contents:
        if one.part.sha256 in wanted:
            office.originals.keep(one.content, one.part.sha256)
    texts = (taken.message.subject, taken.message.own_text) if taken.message else (arrival.name,)
    with office.journal.transaction() as ledger:
        into = archive.linked_dossier(texts, ledger.dossiers())
        plan = archive.plan_filing(
            judged,
            labels=office.rulebook.title_words,
            today=office.today(),
            last_serial=ledger.last_serial(office.today().year),
            into=into,
            used_numbers=ledger.used_numbers(into.number) if into else 0,
            taken=frozenset(paper.place for paper in ledger.held()),
        )
        ledger.save_documents(arrival.key, taken.documents)
        write_down(plan, ledger)
        for document in taken.documents:
            ledger.note(
                f"part-{document.verdict.value}", f"{arrival.key}#{document.part.number}", document.reason
            )


def write_down(plan: archive.FilingPlan, ledger: Ledger) -> None:
    """Record what a plan gives out: numbers, places, and what is held."""
    for dossier in plan.dossiers:
        ledger.save_dossier(dossier)
        ledger.note("dossier-opened", dossier.number, dossier.title)
    for paper in plan.filed:
        ledger.plan(paper)
    for held in plan.held:
        ledger.hold(held)
        ledger.note("held", held.origin.paper, " ".join(held.verdict.reasons))


def finish(job: Job, arrival: str, office: Office) -> None:
    """Put everything where it was planned, start what it starts, and close the job."""
    with office.journal.transaction() as ledger:
        planned = tuple(paper for paper in ledger.planned() if paper.origin.arrival == arrival)
        held = tuple(paper for paper in ledger.held() if paper.origin.arrival == arrival)
        dossiers = {dossier.number: dossier for dossier in ledger.dossiers()}
        source = ledger.arrival(arrival)
    for paper in planned:
        _put_away(paper, dossiers[paper.dossier], source, office)
    for waiting in held:
        lay_out(waiting, office)
    with office.journal.transaction() as ledger:
        for paper in planned:
            ledger.confirm(paper)
            ledger.note("filed", paper.kenmerk, paper.title)
        for paper in planned:
            open_procedure(paper, ledger, office)
        ledger.finish_job(job)


def _put_away(paper: Filed, dossier: Dossier, source: Arrival | None, office: Office) -> None:
    """Lay a paper in the archive, and the mail it came with in the same dossier."""
    archiving.put_away(paper, dossier, office.shelf)
    if source and paper.origin.part != _WHOLE_FILE:
        archiving.keep_mail(paper, dossier, source.sha256, office.shelf)


def lay_out(paper: HeldPaper, office: Office) -> None:
    """Lay a held paper in ``Te beoordelen/`` with the reason beside it."""
    archiving.lay_out(paper, office.rulebook.labels, office.rulebook.folders, office.shelf)


# --- guarding the archive --------------------------------------------------------------


def guard_archive(office: Office) -> None:
    """Put back what was dragged out of ``Archief/``; a changed copy there is taken in as a new arrival."""
    lying = {entry.path: entry.sha256 for entry in office.werkmap.listing(Place.ARCHIEF, digests=True)}
    with office.journal.transaction() as ledger:
        astray = tuple(paper for paper in ledger.filed() if lying.get(paper.path) != paper.sha256)
        dossiers = {dossier.number: dossier for dossier in ledger.dossiers()}
    for paper in astray:
        if paper.path in lying:
            office.werkmap.claim(office.werkmap.path(Place.ARCHIEF, paper.path), office.clock())
        archiving.put_away(paper, dossiers[paper.dossier], office.shelf)
        with office.journal.transaction() as ledger:
            ledger.note("put-back", paper.kenmerk, "gewijzigd" if paper.path in lying else "verdwenen")
