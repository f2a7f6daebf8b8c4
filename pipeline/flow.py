"""READ FIRST. What happens to an arrival, in a procedure, before a meeting, and each day.

Three roads that meet only in the journal: of a paper, of a procedure, of a meeting.

    collecting      what comes in is kept, and told to the mailbox only then
    post            a letter -> taken apart -> judged -> filed or held -> a procedure starts
    reconciling     each day the whole mailbox is held against the journal
    decisions       a person moves a held paper, or takes a filing back
    dividing        a paper that is several things: a sheet to fill in, once filed for each
    procedures      what is told of a procedure -> its terms, its letters, its alarms
    cards           its folder in Lopend/ and the zaakkaart, on which every event can be given
    new_cases       a case that no letter began; one that is opened again
    formal_check    a request held against the law
    letters         a letter drafted as a concept
    letter_sending  a moved letter -> announced, or laid back; letter_delivery -> sent, exactly once
    learning        what she decided makes the judgement of the next papers better
    rounds          each day: counted anew, what falls due is told once
    notices         what the service itself tells: the digest of a day, an alarm at once
    meeting         a meeting folder -> its agenda -> what is proposed -> a concept of each edition
    sending         a moved concept -> approval -> a pause -> the final file
    links           a bundle too large for one message laid where a link leads to, and taken away in time
    delivery        -> a message to each member, exactly once -> closing -> proof
    addresses       a new address in leden.xlsx -> the secretary is asked -> her yes by mail
    returns         a report or automatic answer on a message of ours -> where that message stands

``look_around`` finds work and writes it in the journal; ``handle`` does one piece. Every piece
may be killed anywhere and done again: numbers and intents stand in the journal before anything
is done with them, and what has been done is left alone. Stages decide, ports act.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from pipeline import contexts
from pipeline.archive.senders import sender_words
from pipeline.dates import dutch_weekday_date
from pipeline.errors import PostbusAwayError
from pipeline.office import Office
from pipeline.procedures import overview as procedures
from pipeline.roads import (
    access,
    addresses,
    archive_guard,
    cards,
    closing,
    collecting,
    decisions,
    delivery,
    dividing,
    learning,
    letter_delivery,
    letter_sending,
    letters,
    links,
    meeting,
    new_cases,
    notices,
    post,
    reconciling,
    returns,
    rounds,
    sending,
)
from pipeline.values import DispatchState, Filed, HeldPaper, Job, JobKind, Kind, Place, Procedure

Handler = Callable[[Job, Office], None]


def look_around(office: Office, *, quiet_seconds: float) -> bool:
    """Find everything that has to be done and write it in the journal.

    Args:
        office: The desk.
        quiet_seconds: How long a meeting folder must have been left alone before it counts.

    Returns:
        True when a dropped file is still being written.

    Raises:
        WerkmapAwayError: The werkmap is not there; nothing was concluded from that.
        PostbusAwayError: Of the mailbox only; everything else has been looked at.
    """
    office.werkmap.check()
    decisions.notice_decisions(office)
    dividing.notice_divisions(office)
    archive_guard.guard_archive(office)
    mail = _look_in(office, collecting.collect_mail, _TROUBLE)
    elsewhere = _look_in(office, collecting.collect_elsewhere, _TROUBLE_ELSEWHERE)
    waiting = collecting.collect_drops(office) or mail.unfinished or elsewhere.unfinished
    reconciling.notice_reconciliation(office)
    cards.notice_cards(office)
    new_cases.notice_new_cases(office)
    letter_sending.notice_letters(office)
    sending.notice_approvals(office)
    addresses.notice_new_addresses(office)
    delivery.notice_filled_addresses(office)
    meeting.open_meetings(office, quiet_seconds=quiet_seconds)
    access.notice_access(office)
    rounds.notice_round(office)
    learning.notice_learning(office)
    _notice_overviews(office)
    if trouble := mail.trouble or elsewhere.trouble:
        raise trouble
    return waiting


def handle(job: Job, office: Office) -> None:
    """Do one piece of work."""
    _HANDLERS[job.kind](job, office)


# --- the mailbox -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """How the look in the mailbox went: whether a mail is still being written, and what went wrong."""

    unfinished: bool = False
    trouble: PostbusAwayError | None = None


def _look_in(office: Office, collect: Callable[[Office], bool], fact: str) -> _Mail:
    """Collect what is elsewhere; that it is away must not keep the rest of the work from going on."""
    try:
        found = _Mail(unfinished=collect(office))
    except PostbusAwayError as fault:
        found = _Mail(trouble=fault)
    told = found.trouble.for_secretary() if found.trouble else ""
    with office.journal.transaction() as ledger:
        if ledger.fact(fact) != told:
            ledger.set_fact(fact, told)
            place = fact.partition("-")[0]
            ledger.note(f"{place}-away" if told else f"{place}-back", place, told)
    return found


_TROUBLE, _TROUBLE_ELSEWHERE = "postbus-trouble", "elders-trouble"
"""Facts: in Dutch, why no mail, and nothing from the folder elsewhere, comes in; empty when it does."""


# --- what happens each day -------------------------------------------------------------


def _notice_overviews(office: Office) -> None:
    """Add the work of making the overviews, when what they show has changed or a day has passed."""
    secret = sorted(meeting.secret_dossiers(office))
    with office.journal.transaction() as ledger:
        shown = repr((office.today(), ledger.procedures(), ledger.filed(), office.council.name, secret))
        state = hashlib.sha256(shown.encode()).hexdigest()[:32]
        if ledger.fact("overviews") != state:
            turn = ledger.fact("overviews-turn") or "0"
            ledger.add_job(
                Job(
                    key=f"overviews:{state}:{turn}",
                    kind=JobKind.OVERVIEW,
                    subject="overviews",
                    detail=state,
                    due=office.clock(),
                )
            )


def refresh_overviews(job: Job, office: Office) -> None:
    """Make the overviews: running terms as pdf, xlsx and ics; the list of papers that came in."""
    with office.journal.transaction() as ledger:
        started, filed = ledger.procedures(), ledger.filed()
    secret = meeting.secret_dossiers(office)
    _write_terms(tuple(_veiled(one) if one.dossier in secret else one for one in started), office)
    told = (_veiled_paper(one) if one.dossier in secret else _named_paper(one, office) for one in filed)
    _write_incoming(tuple(told), office)
    with office.journal.transaction() as ledger:
        ledger.set_fact("overviews", job.detail)
        ledger.set_fact("overviews-turn", str(int(ledger.fact("overviews-turn") or 0) + 1))
        ledger.finish_job(job)


def _veiled(procedure: Procedure) -> Procedure:
    """Leave of a confidential procedure its number and its term only."""
    return replace(procedure, title=_VEIL)


def _veiled_paper(paper: Filed) -> Filed:
    """Leave of a confidential paper its number and its day only."""
    origin = replace(paper.origin, name="", sender="", mail_subject="")
    facts = replace(paper.facts, sender="", subject="")
    return replace(paper, title=_VEIL, kind=Kind.OVERIG, path="", origin=origin, facts=facts)


def _named_paper(paper: Filed, office: Office) -> Filed:
    """Name who wrote a paper as others may read it."""
    return replace(paper, origin=replace(paper.origin, sender=sender_words(paper, office.council)))


_VEIL = "vertrouwelijk"


def _write_terms(started: tuple[Procedure, ...], office: Office) -> None:
    context = contexts.TermsOverviewContext(
        raad=office.council.name,
        stand=f"Stand op {dutch_weekday_date(office.today())}",
        regels=procedures.overview(started, office.today()),
    )
    place = office.werkmap.path(Place.OVERZICHTEN)
    office.lay_pdf("termijnen", context, place / "Termijnen.pdf")
    office.lists.write_terms(place / "Termijnen.xlsx", started, office.today())
    feed = office.calendar_file(procedures.running(started), office.council.name)
    office.disk.write(place / "Termijnen.ics", feed)


def _write_incoming(filed: tuple[Filed, ...], office: Office) -> None:
    labels = tuple((kind.value, label) for kind, label in office.rulebook.labels.items())
    path = office.werkmap.path(Place.OVERZICHTEN, "Ingekomen stukken.xlsx")
    office.lists.write_incoming(path, filed, labels)


# --- what waits for a person -----------------------------------------------------------


def waits_for_person(office: Office) -> tuple[str, ...]:
    """List, in Dutch, everything a person has to look at; empty when all is well."""
    sheets = dividing.sheets_to_fill(office)
    with office.journal.transaction() as ledger:
        held, failed = ledger.held(), ledger.failed_jobs()
        not_divided = tuple(dividing.refused(sheets.values(), ledger))
        dispatches = tuple(one for one in ledger.dispatches() if not one.shared)
        back = (*reconciling.unseen(ledger), *returns.not_reached(ledger, office))
        problems = cards.card_problems(ledger, office)
        no_mail, no_drops = ledger.fact(_TROUBLE), ledger.fact(_TROUBLE_ELSEWHERE)
    waiting = (DispatchState.AANGEHOUDEN, DispatchState.MOGELIJK_VERZONDEN)
    return (
        *((f"Er komt geen post binnen: {no_mail}",) if no_mail else ()),
        *_not_yet(office),
        *((f"Uit de map bij Microsoft 365 komt niets binnen: {no_drops}",) if no_drops else ()),
        *_to_judge(held, sheets),
        *not_divided,
        *(f"Nog niet gelukt: {cards.told_of(one)}" for one in failed),
        *(f"Niet verzonden aan {one.member}: {one.reason}" for one in dispatches if one.state in waiting),
        *back,
        *addresses.waiting(office),
        *problems,
        *decisions.not_understood(office),
        *_not_taken_in(office),
        *office.rulebook.trouble,
        *access.access_problems(office),
        *links.link_problems(office),
        *_meeting_problems(office),
    )


def _not_yet(office: Office) -> tuple[str, ...]:
    """Tell that no mail is taken in, because the day from which it counts has still to come."""
    day = office.mail_from
    if day is None or day <= office.today():
        return ()
    return (f"Er komt geen post binnen vóór {dutch_weekday_date(day)}: zie 'vanaf' in dienst.toml.",)


def _not_taken_in(office: Office) -> tuple[str, ...]:
    """Name what lies where post is looked for and cannot be taken in; it is left alone."""
    lying = (
        (place, name)
        for place in (Place.INKOMEND, Place.TE_BEOORDELEN)
        for name in office.werkmap.unusable(place)
    )
    return (
        *(
            f"'{name}' in '{place}' is geen gewoon bestand, maar bijvoorbeeld een koppeling naar een andere "
            "plek. Er gebeurt niets mee; leg het bestand zelf neer, of haal het weg."
            for place, name in lying
        ),
        *(
            f"'{name}' in de postbus is geen mail (.eml). Er gebeurt niets mee; leg het in 'Inkomend', of "
            "vraag uw beheerder om het weg te halen."
            for name in office.postbus.no_mails()
        ),
        *(
            f"'{name}' in de map bij Microsoft 365 is zelf een map. Leg de stukken die erin liggen los neer."
            for name in (office.drops.no_mails() if office.drops else ())
        ),
    )


def _to_judge(held: tuple[HeldPaper, ...], sheets: Mapping[str, str]) -> Iterator[str]:
    """Name every paper that waits, with the sheet to fill in when one lies beside it."""
    papers = {paper.origin.paper: paper.place for paper in held}
    for paper, place in papers.items():
        yield f"Te beoordelen: {place}" + (f" (vul in: {sheets[paper]})" if paper in sheets else "")
    yield from (f"Vul in: Te beoordelen/{sheet}" for paper, sheet in sheets.items() if paper not in papers)


def _meeting_problems(office: Office) -> tuple[str, ...]:
    """Tell what blocks the coming meetings; what blocks several is told once."""
    meetings: dict[str, list[str]] = {}
    with office.journal.transaction() as ledger:
        for folder in meeting.coming_meetings(office):
            for problem in ledger.fact(f"meeting-problems:{folder}").splitlines():
                meetings.setdefault(problem, []).append(folder)
    return tuple(
        f"{folders[0] if len(folders) == 1 else 'Vergaderingen'}: {problem}"
        for problem, folders in meetings.items()
    )


PAUSE_BETWEEN_LOOKS = timedelta(seconds=30)
"""Longest time the running service goes without looking around."""

_HANDLERS: Mapping[JobKind, Handler] = MappingProxyType(
    {
        JobKind.ARRIVAL: post.handle_arrival,
        JobKind.DECISION: decisions.handle_decision,
        JobKind.UNDO: decisions.handle_undo,
        JobKind.DIVISION: dividing.divide,
        JobKind.LOOSE_PHOTOS: decisions.handle_loose_photos,
        JobKind.CASE: cards.write_case,
        JobKind.CARD: cards.read_card,
        JobKind.NEW_CASES: new_cases.open_new_cases,
        JobKind.LETTER: letters.write_letter,
        JobKind.LETTER_APPROVAL: letter_sending.approve,
        JobKind.LETTER_SENDING: letter_delivery.send,
        JobKind.LETTER_MESSAGE: letter_delivery.deliver,
        JobKind.NOTICE: notices.deliver,
        JobKind.ROUND: rounds.make_round,
        JobKind.RECONCILE: reconciling.reconcile,
        JobKind.LEARN: learning.learn,
        JobKind.MEETING: meeting.prepare_meeting,
        JobKind.APPROVAL: sending.approve,
        JobKind.SENDING: sending.send,
        JobKind.MESSAGE: delivery.deliver,
        JobKind.CLOSING: closing.close,
        JobKind.PROOF: closing.renew_proof,
        JobKind.LINK_END: links.end,
        JobKind.OVERVIEW: refresh_overviews,
    }
)
"""Who does which work."""
