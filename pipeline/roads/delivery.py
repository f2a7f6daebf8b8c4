"""Each message of a sending: handed over exactly once, and the sending closed when all is known.

deliver -> hand_over -> close_when_done -> close
"""

from dataclasses import replace
from pathlib import Path

from pipeline import contexts
from pipeline.bundle import plan as bundles
from pipeline.bundle import sheets
from pipeline.dispatch import mails, outcomes, parcels, together
from pipeline.dispatch import plan as dispatching
from pipeline.dispatch.apply import Counter, found_out, hand_over
from pipeline.errors import ListUnreadableError, RefusedTransportError, TooLargeTransportError
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.roads import addresses, links
from pipeline.roads.concepts import meeting_path
from pipeline.roads.copies import clear_staging, mailed_path, sent_file, with_copy
from pipeline.roads.meeting import read_folder
from pipeline.values import (
    Address,
    BuiltBundle,
    Dispatch,
    DispatchState,
    Job,
    JobKind,
    Meeting,
    MeetingPlace,
    Member,
    OutgoingMail,
    Sending,
    SendingState,
    SendPurpose,
)

PROOFS = "bewijs"
"""Folder in ``Verstuurd/`` with one proof per message."""

_UNDECIDED = (DispatchState.GEPLAND, DispatchState.BEZIG)


# --- what a sending rests on -----------------------------------------------------------


def concept_of(sending: Sending, office: Office) -> BuiltBundle:
    """Find the concept that a sending rests on."""
    with office.journal.transaction() as ledger:
        return next(one for one in ledger.concepts(sending.meeting) if one.sha256 == sending.concept)


def contents(bundle: BuiltBundle) -> str:
    """Count what a bundle holds, in words."""
    plan = bundle.plan
    return sheets.contents_line(len(plan.meeting.items), len(plan.papers), bundle.pages)


def plan_members(sending: Sending, meeting: Meeting, office: Office) -> tuple[Dispatch, ...]:
    """Plan the messages to the members, as leden.xlsx has them today; new addresses wait for a yes."""
    members = office.lists.read_members(office.settings_file("leden.xlsx"))
    pairs = tuple((member, bundles.edition_for(member, meeting)) for member in members)
    with office.journal.transaction() as ledger:
        new = addresses.unconfirmed(members, ledger)
    planned = dispatching.plan_dispatches(
        sending,
        pairs,
        day=office.today(),
        domains=office.domains,
        unconfirmed=new,
        confidential=bundles.is_confidential(concept_of(sending, office).plan),
    )
    return together.joined(planned, sending) if office.joint else planned


def announcement(
    sending: Sending, bundle: BuiltBundle, meeting: Meeting, office: Office
) -> contexts.AnnouncementMailContext:
    """Fill the announcement of a sending, as leden.xlsx has the members now."""
    return mails.announcement(
        office.council,
        bundle,
        sending,
        plan_members(replace(sending, sent=()), meeting, office),
        contents=contents(bundle),
        edition=sheets.edition_line(bundle.plan.edition),
    )


def finish_job(job: Job, office: Office) -> None:
    """Close a job for which nothing is left to do."""
    with office.journal.transaction() as ledger:
        ledger.finish_job(job)


def message_job(dispatch: Dispatch, sending: Sending, office: Office, *, again: str = "") -> Job:
    """Make the job that hands one message over; ``again`` tells it from one that was done and held it."""
    return Job(
        key=f"message:{dispatch.id}{again}",
        kind=JobKind.MESSAGE,
        subject=dispatch.id,
        detail=sending.id,
        due=office.clock(),
    )


# --- one message -----------------------------------------------------------------------


def deliver(job: Job, office: Office) -> None:
    """Hand one message over, exactly once; whom one to several cannot take along gets one of her own."""
    with office.journal.transaction() as ledger:
        sending, dispatch = ledger.sending(job.detail), ledger.dispatch(job.subject)
    if sending is None or dispatch is None:
        finish_job(job, office)
        return
    counter = Counter(
        sending=sending.id,
        proofs=office.werkmap.path(meeting_path(sending.meeting), MeetingPlace.VERSTUURD, PROOFS),
        transport=office.transport,
        journal=office.journal,
        disk=office.disk,
        clock=office.clock,
    )
    dispatch = found_out(dispatch, counter)
    alone: tuple[Dispatch, ...] = ()
    if dispatch.shared:
        _hand_over_to_several(dispatch, sending, counter, office)
        alone = _by_themselves(dispatch, sending, counter, office)
    else:
        _hand_over_to_one(dispatch, sending, counter, office)
    with office.journal.transaction() as ledger:
        for one in alone:
            ledger.add_job(message_job(one, sending, office))
        close_when_done(sending, ledger, office)
        ledger.finish_job(job)


def _hand_over_to_one(dispatch: Dispatch, sending: Sending, counter: Counter, office: Office) -> None:
    dispatch = _looked_at_once_more(dispatch, sending, office)
    counter.keep(dispatch)
    if dispatch.state is DispatchState.AANGEHOUDEN:
        office.transport.withdraw(dispatching.message_id(dispatch))
        counter.prove(dispatch)
    else:
        hand_over(dispatch, _mail(sending, dispatch, office), counter)


def _hand_over_to_several(message: Dispatch, sending: Sending, counter: Counter, office: Office) -> None:
    """Hand one message over to all who go along in it; what a server refuses for good, each gets alone."""
    message = links.looked_at(message, sending, office)
    if message.state is DispatchState.AANGEHOUDEN:
        office.transport.withdraw(dispatching.message_id(message))
        counter.record(message)
        return
    emails = {one.name: one.email for one in office.lists.read_members(office.settings_file("leden.xlsx"))}
    for one in together.travelling(message, counter.rows_within(message)):
        looked_at = together.against_own_proof(one, counter.proven(one))
        if one.member in emails:
            looked_at = dispatching.to_whom_it_may(looked_at, emails[one.member], office.domains)
        elif looked_at.state is DispatchState.GEPLAND:
            looked_at = together.gone_from_list(one)
        if looked_at != one:
            counter.record(looked_at)
    along = together.travelling(message, counter.rows_within(message))
    if not along and message.state is DispatchState.GEPLAND:
        office.transport.withdraw(dispatching.message_id(message))
        counter.record(together.dissolved(message))
        return
    unseen = tuple(Address(email=one.to, name=one.member) for one in along)
    mail = replace(_mail(sending, message, office), to=None, bcc=unseen)
    try:
        hand_over(message, mail, counter)
    except TooLargeTransportError:
        raise
    except RefusedTransportError:
        office.transport.withdraw(mail.message_id)
        counter.record(together.dissolved(message), frozenset(one.to for one in along))


def _by_themselves(
    message: Dispatch, sending: Sending, counter: Counter, office: Office
) -> tuple[Dispatch, ...]:
    """Find who of a sending waits for a message of her own, and prove that of those whom this one left out.

    Their proof said that they go along in it, and would hold them. Any other proof is left alone: it may
    know more than the journal.
    """
    with office.journal.transaction() as ledger:
        rows = ledger.dispatches(sending.id)
    alone = tuple(one for one in rows if one.state is DispatchState.GEPLAND and not one.within)
    for one in alone:
        if counter.proven(one).within == message.id:
            counter.prove(one)
    return alone


def _looked_at_once_more(dispatch: Dispatch, sending: Sending, office: Office) -> Dispatch:
    """Hold papers to a member against leden.xlsx, and make her own copy where she gets one."""
    if dispatch.edition == dispatching.NOTICE:
        return dispatch
    to_member = sending.purpose is SendPurpose.LEDEN
    if not to_member and not dispatch.is_personal:
        return dispatch
    member = _member(dispatch, sending, office)
    if to_member:
        dispatch = dispatching.to_whom_it_may(dispatch, member.email, office.domains)
        dispatch = links.looked_at(dispatch, sending, office)
    return with_copy(dispatch, sending, member, office)


def _mail(sending: Sending, dispatch: Dispatch, office: Office) -> OutgoingMail:
    """Write the mail that carries a message: papers to a member, a concept, or the announcement."""
    template, context, attachment = _letter(sending, dispatch, concept_of(sending, office), office)
    text, html = office.workshop.templates.render_mail(template, context)
    if isinstance(context, contexts.MeetingMailContext):
        links.must_name(context.koppeling, text, html)
    council = office.council
    return OutgoingMail(
        message_id=dispatching.message_id(dispatch),
        sender=council.mailbox,
        to=Address(email=dispatch.to, name=dispatch.member),
        reply_to=council.secretary,
        subject=context.onderwerp,
        text=text,
        html=html,
        attachment_path=str(attachment) if attachment else "",
        attachment_name=dispatch.file if attachment else "",
        linked_path=str(links.linked_path(sending, office)) if dispatch.linked else "",
        sent_at=sending.due,
    )


def _letter(
    sending: Sending, dispatch: Dispatch, bundle: BuiltBundle, office: Office
) -> tuple[str, contexts.MailContext, Path | None]:
    held, edition = contents(bundle), sheets.edition_line(bundle.plan.edition)
    if dispatch.edition == dispatching.NOTICE:
        meeting, _ = read_folder(sending.meeting, office)
        return "mail_aankondiging", announcement(sending, bundle, meeting, office), None
    bundle = replace(bundle, plan=replace(bundle.plan, file_name=dispatch.file))
    ways = parcels.for_member(sending.parcel, sent_file(dispatch, sending), dispatch)
    words = mails.Words(contents=held, edition=edition, ways=ways, part=parcels.part_words(dispatch))
    if sending.purpose is not SendPurpose.LEDEN:
        trial = mails.trial(office.council, bundle, dispatch.member, words)
        return "mail_proef", trial, mailed_path(dispatch, sending, office)
    if dispatch.linked:
        words = links.with_link(words, sending)
    member = None if dispatch.shared else _member(dispatch, sending, office)
    secrecy = sheets.secrecy_line(bundle.plan.edition)
    letter = mails.member_mail(office.council, bundle, member, words, secrecy=secrecy)
    return "mail_vergaderstukken", letter, None if dispatch.linked else mailed_path(dispatch, sending, office)


def _member(dispatch: Dispatch, sending: Sending, office: Office) -> Member:
    """Find the row of a member by name, and that of whoever gets a concept by address."""
    members, name = office.lists.read_members(office.settings_file("leden.xlsx")), dispatch.member
    by_name = sending.purpose is SendPurpose.LEDEN
    own = (one for one in members if (one.name == name if by_name else one.email == dispatch.to))
    found = next(own, None)
    if found is None:
        raise ListUnreadableError(
            "member vanished from the list while sending",
            wat=f"{name} staat niet meer in leden.xlsx, terwijl de verzending al was begonnen.",
            doe="Zet de naam terug of vraag de beheerder om hulp.",
        )
    return found


# --- whoever was not reached for want of an address -------------------------------------------


def notice_filled_addresses(office: Office) -> None:
    """Plan the message of a member who had no address that works, as soon as leden.xlsx has another."""
    members, problems = office.members()
    by_name = {} if problems else {member.name: member for member in members}
    with office.journal.transaction() as ledger:
        new = addresses.unconfirmed(members, ledger)
        for sending in ledger.sendings():
            if sending.purpose is not SendPurpose.LEDEN or sending.state not in _BEGUN:
                continue
            for one in members_of(sending, ledger):
                member = by_name.get(one.member)
                if member is not None and member.email not in new:
                    _plan_late(one, member, sending, ledger, office)


_BEGUN = (SendingState.BEZIG, SendingState.VERZONDEN)


def _plan_late(one: Dispatch, member: Member, sending: Sending, ledger: Ledger, office: Office) -> None:
    """Plan a message that can go now, if the member may still have this edition."""
    fresh = dispatching.anew(one, sending, member, office.domains)
    if fresh is None or (fresh.id != one.id and ledger.dispatch(fresh.id) is not None):
        return
    concept = next(two for two in ledger.concepts(sending.meeting) if two.sha256 == sending.concept)
    own = {group.casefold() for group in member.committees}
    allowed = all(group.casefold() in own for group in concept.plan.edition.groups)
    if allowed and member.is_member_on(office.today()):
        ledger.save_dispatch(sending.id, fresh)
        ledger.save_sending(replace(sending, state=SendingState.BEZIG))
        ledger.note("address-filled", one.id, "")
        ledger.add_job(message_job(fresh, sending, office, again=f":{ledger.last_seq()}"))


# --- closing ---------------------------------------------------------------------------


def close_when_done(sending: Sending, ledger: Ledger, office: Office) -> None:
    """Add the work of closing a sending that has begun, once every message to the members has its outcome."""
    now, messages = ledger.sending(sending.id), members_of(sending, ledger)
    begun = now is not None and now.state is SendingState.BEZIG
    if begun and not any(one.state in _UNDECIDED for one in messages):
        sent = sum(one.state is DispatchState.VERZONDEN for one in messages)
        key = f"close:{sending.id}:{sent}"
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
    if approved.is_file() and office.disk.sha256_of(approved) == sending.concept:
        place = MeetingPlace.VERSTUURD if sending.purpose is SendPurpose.LEDEN else MeetingPlace.BUNDEL
        office.disk.move(approved, folder / place / approved.name)
