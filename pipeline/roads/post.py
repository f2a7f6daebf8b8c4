"""The road of a paper that came in: taken apart, judged, filed or held, and what it starts.

    handle_arrival -> examine -> judge -> plan -> finish -> open_procedure

Numbers are given in the journal before a file is put anywhere; a road that is walked again
finds them there.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial

from pipeline.archive import apply as archiving
from pipeline.archive import notes
from pipeline.archive import plan as archive
from pipeline.archive.accounts import WHOLE_FILE, needs_place
from pipeline.archive.asking import readable_copy
from pipeline.archive.linking import Link, asked_which
from pipeline.archive.steps import asks_sender
from pipeline.classify.citations import find_citations
from pipeline.classify.plan import Paper, judge
from pipeline.classify.sender import standing_of
from pipeline.dates import legal_day
from pipeline.errors import AddressUnusableError
from pipeline.intake.apply import TakenApart, take_apart
from pipeline.office import Bench, Office
from pipeline.ports import Ledger
from pipeline.roads import choosing
from pipeline.roads.addresses import as_handled, take_confirmation
from pipeline.roads.photos import bind_photos, keep_pictures
from pipeline.roads.procedures import open_procedure
from pipeline.roads.recognising import Recognised, find_link, recognise, with_remarks, written_by_others
from pipeline.roads.returns import take_report
from pipeline.roads.siblings import in_view
from pipeline.sources import plan as sources
from pipeline.values import (
    Address,
    Arrival,
    Document,
    Dossier,
    Filed,
    Held,
    HeldPaper,
    Job,
    Message,
    Origin,
    PartVerdict,
    Received,
    Right,
    Verdict,
    Via,
)

# --- one arrival -----------------------------------------------------------------------


def handle_arrival(job: Job, office: Office) -> None:
    """Take one arrival as far as it can go without a person."""
    with office.journal.transaction() as ledger:
        arrival = ledger.arrival(job.subject)
        done = ledger.documents(job.subject)
        choice = choosing.choice_of(job.subject, ledger, office)
    if arrival is None:
        return
    if not done:
        arrival, taken = _open(arrival, office)
        with office.journal.transaction() as ledger:
            seen = recognise(taken, arrival, ledger)
        if taken.message and take_confirmation(taken.message, arrival, office):
            seen = replace(seen, taken=as_handled(seen.taken))
        judged, seen = _as_pages(_judge_all(seen.taken, arrival, office), seen, office)
        judged = with_remarks(judged, seen.remarks)
        if choice:
            judged = choosing.let_count(choice, judged, seen, office)
        _plan(seen, judged, choice.into if choice else None, office)
    finish(job, arrival.key, office)


def _open(arrival: Arrival, office: Office) -> tuple[Arrival, TakenApart]:
    """Take an arrival apart; a mail tells more of the day on which it was received."""
    content = office.originals.read(arrival.sha256)
    opened = office.opener(content, arrival.name)
    if arrival.via is Via.POSTBUS:
        arrival = replace(arrival, received=sources.received_when_opened(arrival.received, opened.message))
    with office.journal.transaction() as ledger:
        known = ledger.known_among(one.part.sha256 for one in opened.parts)
    bench, seen_on = replace(office.bench, opener=lambda *_: opened), legal_day(arrival.received.at)
    taken = examine(content, arrival.name, bench, known=known, seen_on=seen_on)
    with office.journal.transaction() as ledger:
        strange = written_by_others(taken, ledger)
    if strange:
        taken = examine(content, arrival.name, bench, known=known - strange, seen_on=seen_on)
    return arrival, taken


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
    wanted = (document for document in taken.documents if needs_place(document, arrival.via))
    return tuple(
        archive.Judged(
            origin=_origin(document, taken.message, arrival),
            document=document,
            verdict=judge_document(
                document, taken.message, office.bench, dropped=arrival.via is Via.INKOMEND
            ),
            received=_received(document, taken.message, arrival),
            correspondent=_correspondent(_seen(document, taken.message)),
        )
        for document in wanted
    )


def judge_document(
    document: Document, message: Message | None, bench: Bench, *, dropped: bool = False
) -> Verdict:
    """Say what a paper is, with its evidence, or that a person must.

    Args:
        document: The part, read.
        message: The mail it came in; None for a file that came by itself.
        bench: Where it is judged.
        dropped: The secretary put it in a folder herself.
    """
    if not document.is_paper or document.reading is None:
        return Held(judgement=None, reasons=(document.reason,))
    is_body = document.verdict is PartVerdict.BODY_IS_LETTER
    standing, message = (
        standing_of(message, bench.council, bench.servers, dropped=dropped),
        _seen(document, message),
    )
    paper = Paper(
        text=document.reading.text,
        facts=document.facts,
        subject=message.subject if message else "",
        sender_role=standing.role,
        sender_doubt=standing.doubt,
        bulk=bool(message and message.bulk),
        file_name="" if is_body else document.part.name,
        is_mail_body=is_body,
        rights=rights_in(document.reading.text, bench),
        council=bench.council,
        certainty=document.reading.certainty,
        unread=document.reading.unread,
        day=legal_day(message.sent_at) if message and message.sent_at else None,
        first_sent=message.forwarded.sent_on if message and message.forwarded else None,
        beside=message.own_text if message and not is_body else "",
    )
    return judge(paper, bench.kinds, bench.model)


def _seen(document: Document, message: Message | None) -> Message | None:
    """Give the mail as this part of it sees it: within one that came along, with the origin of that."""
    return message.seen_from(document.mail) if message else None


def rights_in(text: str, bench: Bench) -> tuple[Right, ...]:
    """Find the rights a text appeals to, as far as it is certain which."""
    sure = (one.right for one in find_citations(text, bench.rights) if one.right is not None)
    return tuple(dict.fromkeys(sure))


def _origin(document: Document, message: Message | None, arrival: Arrival) -> Origin:
    seen = _seen(document, message)
    writer = _correspondent(seen) if document.mail else seen.sender if seen else None
    return Origin(
        arrival=arrival.key,
        part=document.part.number,
        name=document.part.name,
        sender=writer.email if writer else document.facts.sender,
        mail_subject=seen.subject if seen else "",
    )


def _correspondent(message: Message | None) -> Address | None:
    """Tell who can be asked about a paper: of a forwarded mail who sent the original."""
    original = message.forwarded.sender if message and message.forwarded else None
    found = original or (message.sender if message else None)
    return found if found and found.email else None


def _received(document: Document, message: Message | None, arrival: Arrival) -> Received:
    """Give the day of receipt; of a dropped letter its own date is a candidate too."""
    if message is None:
        return sources.received_of_file(arrival.name, arrival.received.at, document.facts.document_date)
    seen = message.seen_from(document.mail)
    if arrival.via is Via.INKOMEND:
        return sources.received_of_mail(seen, None, arrival.received.at)
    return sources.received_within(seen, arrival.received) if document.mail else arrival.received


def _as_pages(
    judged: tuple[archive.Judged, ...], seen: Recognised, office: Office
) -> tuple[tuple[archive.Judged, ...], Recognised]:
    """Propose the pictures of a mail as the pages of one paper."""
    judge = partial(judge_document, message=seen.taken.message, bench=office.bench)
    judged, documents = bind_photos(judged, seen.taken, office, judge)
    return judged, replace(seen, taken=replace(seen.taken, documents=documents))


def _plan(
    seen: Recognised, judged: tuple[archive.Judged, ...], chosen: Dossier | None, office: Office
) -> None:
    """Keep the papers' bytes, then give out numbers and places in one transaction."""
    arrival, taken = seen.arrival, seen.taken
    wanted = {paper.document.part.sha256 for paper in judged}
    papers = {one.part.sha256: one.content for one in taken.contents if one.part.sha256 in wanted}
    office.originals.keep_all(papers)
    with office.journal.transaction() as ledger:
        link = Link(dossier=chosen) if chosen else find_link(seen, ledger)
        into = link.dossier
        plan = archive.plan_filing(
            asked_which(judged, link),
            labels=office.rulebook.title_words,
            today=office.today(),
            last_serial=ledger.last_serial(office.today().year),
            into=into,
            used_numbers=ledger.used_numbers(into.number) if into else 0,
            taken=ledger.held_places(),
        )
        ledger.keep_arrival(arrival)
        ledger.save_documents(arrival.key, taken.documents)
        write_down(plan, ledger)
        for report in taken.message.reports if taken.message else ():
            take_report(report, ledger, office)
        if into and judged:
            ledger.note("linked", f"{arrival.key} {into.number}", link.why)
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
        mine = ledger.papers_of(arrival)
        held = tuple(paper for paper in mine if isinstance(paper, HeldPaper) and not paper.page_of)
        found = (ledger.dossier(paper.dossier) for paper in planned)
        dossiers = {dossier.number: dossier for dossier in found if dossier}
        source = ledger.arrival(arrival)
        is_file = _is_file(source, ledger.documents(arrival))
    puts = [_put(paper, dossiers[paper.dossier], source, is_file=is_file) for paper in planned]
    archiving.put_all_away(puts, office.shelf)
    for paper in planned:
        keep_pictures(paper, dossiers[paper.dossier], office)
    for waiting in held:
        lay_out(waiting, office)
    with office.journal.transaction() as ledger:
        for paper in planned:
            ledger.confirm(paper)
            ledger.note("filed", paper.kenmerk, paper.title)
        for paper in planned:
            open_procedure(paper, ledger, office)
        ledger.finish_job(job)


def _put(paper: Filed, dossier: Dossier, source: Arrival | None, *, is_file: bool) -> archiving.Put:
    """Give a paper its place in the archive; the mail or zip it came in goes to the same dossier."""
    if source is None or paper.origin.part == WHOLE_FILE or paper.sha256 == source.sha256:
        return archiving.Put(paper=paper, dossier=dossier)
    place = notes.box_path if is_file else notes.mail_path
    return archiving.Put(
        paper=paper, dossier=dossier, whole=source.sha256, whole_path=place(paper, dossier, source.name)
    )


def _is_file(source: Arrival | None, documents: tuple[Document, ...]) -> bool:
    """Tell whether what came in was a file by itself, and no mail: then its first part is that file."""
    first = next(iter(documents), None)
    whole = first is not None and first.part.number == WHOLE_FILE
    return source is not None and first is not None and whole and first.part.sha256 == source.sha256


def lay_out(paper: HeldPaper, office: Office) -> None:
    """Lay a held paper in ``Te beoordelen/`` with the reason beside it."""
    paper = in_view(paper, office)
    archiving.lay_out(paper, office.rulebook.labels, office.rulebook.folders, office.shelf)
    if paper.correspondent is not None and asks_sender(paper):
        _lay_request(paper, paper.correspondent, office)


def _lay_request(paper: HeldPaper, correspondent: Address, office: Office) -> None:
    """Lay a mail ready that asks for a readable copy; an address nobody can be mailed at gets none."""
    context = readable_copy(paper, office.council)
    text, html = office.workshop.templates.render_mail("mail_leesbaar_exemplaar", context)
    with suppress(AddressUnusableError):
        draft = office.drafter(correspondent, context.onderwerp, text, html)
        archiving.lay_request(paper, draft, office.shelf)
