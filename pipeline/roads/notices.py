"""What the service itself tells: the digest of a day; at once an alarm, or that a message came back.

    the digest of rounds.make_round -> deliver
    an alarm of procedures.keep -> deliver
    a message that came back (returns.take_report), a new address (addresses) -> deliver

Each reader gets each notice exactly once.
"""

from datetime import date

from pipeline import contexts
from pipeline.dispatch import mails, outcomes
from pipeline.dispatch import plan as dispatching
from pipeline.dispatch.apply import Counter, hand_over
from pipeline.letters import plan as letters
from pipeline.office import Office
from pipeline.procedures import digest, overview
from pipeline.procedures.definition import LetterRule
from pipeline.roads import addresses
from pipeline.roads.addresses import NEW
from pipeline.roads.meeting import secret_dossiers
from pipeline.roads.news import Span, day_news
from pipeline.roads.returns import BOUNCE
from pipeline.roads.rounds import ROUND
from pipeline.values import (
    Address,
    Job,
    OutgoingMail,
    Procedure,
    Sending,
    SendingState,
    SendPurpose,
    is_own_term,
)

ALARM = "alarm"
_PROOFS = (".stukkenstroom", "bewijs")


def deliver(job: Job, office: Office) -> None:
    """Send a notice of the service to everybody it is for, each exactly once."""
    for person in _readers(job, office):
        context = _context(job, person, office)
        if context is not None:
            _deliver(job, person, context, office)
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def _readers(job: Job, office: Office) -> tuple[Address, ...]:
    """Name who is told: the secretary, in an absence the deputy too; what cannot wait also the chair.

    Whether an address is right only the secretary is asked.
    """
    council = office.council
    deputy = (council.deputy,) if council.deputy else ()
    if job.subject == ALARM:
        people = (council.secretary, council.chair, *deputy)
    elif job.subject == NEW:
        people = (council.secretary,)
    else:
        away = any(one.covers(office.today()) for one in council.absences)
        people = (council.secretary, *(deputy if away else ()))
    return tuple({one.email: one for one in people}.values())


def _context(job: Job, person: Address, office: Office) -> contexts.ServiceMailContext | None:
    return _WRITERS[job.subject](job, person, office)


def _digest(job: Job, person: Address, office: Office) -> contexts.ServiceMailContext | None:
    today, since, first, last, untold = job.detail.split("|")
    day = date.fromisoformat(today)
    with office.journal.transaction() as ledger:
        span = Span(
            date.fromisoformat(since) if since else None,
            day,
            range(int(first), int(last) + 1),
            ledger.fact(f"digest:{today}"),
            int(untold),
        )
        running = tuple(one for one in ledger.procedures() if one.state not in overview.CLOSED)
        news = day_news(running, span, ledger, office)
    if not news.is_worth_a_mail:
        return None
    return digest.digest(
        news,
        day,
        council=office.council.name,
        board=office.council.board_words,
        secretary=person.name,
        secret=secret_dossiers(office),
    )


def _alarm(job: Job, person: Address, office: Office) -> contexts.ServiceMailContext | None:
    """Fill the alarm of a term; None when a correction has taken it away since."""
    dossier, term_id, strict, _ = job.detail.split("|")
    with office.journal.transaction() as ledger:
        procedure = ledger.procedure(dossier)
    if procedure is None:
        return None
    term = next(
        (one for one in procedure.deadlines if one.term == term_id and str(one.strict) == strict), None
    )
    guard = next((one for one in procedure.guards if one.term == term_id and one.alarm), None)
    if term is None or guard is None:
        return None
    letter = _letter_ready(procedure, term_id, office)
    return digest.alarm(
        procedure,
        guard,
        term,
        council=office.council.name,
        reader=person.name,
        secret=secret_dossiers(office),
        letter=letters.concept_name(procedure.dossier, letter.name) if letter else "",
        template=letter.template if letter else "",
    )


def _bounce(job: Job, person: Address, office: Office) -> contexts.ServiceMailContext | None:
    """Fill the mail on a message that came back."""
    with office.journal.transaction() as ledger:
        dispatch, sending = ledger.dispatch(job.detail), ledger.sending_of(job.detail)
    return outcomes.bounce(office.council, sending, dispatch, person) if dispatch and sending else None


def _new_addresses(job: Job, _person: Address, office: Office) -> contexts.ServiceMailContext | None:
    """Fill the question whether new addresses are right."""
    members = addresses.asked_about(job, office)
    return mails.new_addresses(office.council, members) if members else None


_WRITERS = {ROUND: _digest, ALARM: _alarm, BOUNCE: _bounce, NEW: _new_addresses}
_TEMPLATES = {
    ROUND: "mail_dagoverzicht",
    ALARM: "mail_alarm",
    BOUNCE: "mail_niet_bezorgd",
    NEW: "mail_nieuw_adres",
}


def _letter_ready(procedure: Procedure, term_id: str, office: Office) -> LetterRule | None:
    definition = office.rulebook.definition(procedure.definition)
    own = is_own_term(term_id)
    rule = next((one for one in definition.terms if one.term == term_id or (own and one.own_kind)), None)
    return definition.letter(rule.letter) if rule and rule.letter else None


def _deliver(job: Job, person: Address, context: contexts.ServiceMailContext, office: Office) -> None:
    template = _TEMPLATES[job.subject]
    sending = Sending(
        id=addresses.notice_id(job),
        meeting=job.detail.partition("|")[0],
        purpose=SendPurpose.DIENST,
        edition=template,
        concept="",
        manifest="",
        place="",
        notice="",
        due=job.due,
        state=SendingState.VERZONDEN,
    )
    planned = dispatching.plan_single(sending, person, office.domains)
    with office.journal.transaction() as ledger:
        ledger.save_sending(sending)
        known = ledger.dispatch(planned.id)
        if known is None:
            ledger.save_dispatch(sending.id, planned)
    text, html = office.workshop.templates.render_mail(template, context)
    mail = OutgoingMail(
        message_id=dispatching.message_id(planned),
        sender=office.council.mailbox,
        to=person,
        reply_to=office.council.mailbox if job.subject == NEW else office.council.secretary,
        subject=context.onderwerp,
        text=text,
        html=html,
        attachment_path="",
        attachment_name="",
        sent_at=job.due,
    )
    counter = Counter(
        sending=sending.id,
        proofs=office.werkmap.path(*_PROOFS),
        transport=office.transport,
        journal=office.journal,
        disk=office.disk,
        clock=office.clock,
    )
    hand_over(known or planned, mail, counter)
