"""Each message of a sending is handed over exactly once: at its turn, or late when an address was filled in.

deliver -> hand_over -> closing.close_when_done
"""

from dataclasses import replace

from pipeline.dispatch import plan as dispatching
from pipeline.dispatch import together
from pipeline.dispatch.apply import Counter, found_out, hand_over
from pipeline.errors import RefusedTransportError, TooLargeTransportError
from pipeline.office import Office
from pipeline.ports import Ledger
from pipeline.roads import addresses, links
from pipeline.roads.closing import close_when_done, finish_job, members_of
from pipeline.roads.concepts import meeting_path
from pipeline.roads.copies import with_copy
from pipeline.roads.messages import mail_of, member_of
from pipeline.values import (
    Address,
    Dispatch,
    DispatchState,
    Job,
    JobKind,
    MeetingPlace,
    Member,
    Sending,
    SendingState,
    SendPurpose,
)

PROOFS = "bewijs"
"""Folder in ``Verstuurd/`` with one proof per message."""


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
    if dispatch.shared:
        _hand_over_to_several(dispatch, sending, counter, office)
        _send_by_themselves(dispatch, sending, counter, office)
    else:
        _hand_over_to_one(dispatch, sending, counter, office)
    with office.journal.transaction() as ledger:
        close_when_done(sending, ledger, office)
        ledger.finish_job(job)


def _hand_over_to_one(dispatch: Dispatch, sending: Sending, counter: Counter, office: Office) -> None:
    dispatch = _looked_at_once_more(dispatch, sending, office)
    if dispatch.state is DispatchState.AANGEHOUDEN:
        counter.hold(dispatch)
    else:
        counter.keep(dispatch)
        hand_over(dispatch, mail_of(sending, dispatch, office), counter)


def _hand_over_to_several(message: Dispatch, sending: Sending, counter: Counter, office: Office) -> None:
    """Hand one message over to all who go along in it; what a server refuses for good, each gets alone."""
    message = links.looked_at(message, sending, office)
    if message.state is DispatchState.AANGEHOUDEN:
        counter.hold(message)
        return
    along = _who_goes_along(message, counter, office)
    if not along and message.state is DispatchState.GEPLAND:
        counter.hold(together.dissolved(message))
        return
    unseen = tuple(Address(email=one.to, name=one.member) for one in along)
    mail = replace(mail_of(sending, message, office), to=None, bcc=unseen)
    try:
        hand_over(message, mail, counter)
    except TooLargeTransportError:
        raise
    except RefusedTransportError:
        counter.hold(together.dissolved(message), frozenset(one.to for one in along))


def _who_goes_along(message: Dispatch, counter: Counter, office: Office) -> tuple[Dispatch, ...]:
    """Hold each member who was to go along against leden.xlsx and her own proof; give who still may."""
    emails = {one.name: one.email for one in office.lists.read_members(office.settings_file("leden.xlsx"))}
    for one in together.travelling(message, counter.rows_within(message)):
        looked_at = together.against_own_proof(one, counter.proven(one))
        if one.member in emails:
            looked_at = dispatching.to_whom_it_may(looked_at, emails[one.member], office.domains)
        elif looked_at.state is DispatchState.GEPLAND:
            looked_at = together.gone_from_list(one)
        if looked_at != one:
            counter.record(looked_at)
    return together.travelling(message, counter.rows_within(message))


def _send_by_themselves(message: Dispatch, sending: Sending, counter: Counter, office: Office) -> None:
    """Add the work for whoever of a sending waits for a message of her own.

    The proof of those whom this message left out said that they go along in it, and would hold them. Any
    other proof is left alone: it may know more than the journal.
    """
    with office.journal.transaction() as ledger:
        rows = ledger.dispatches(sending.id)
    alone = tuple(one for one in rows if one.state is DispatchState.GEPLAND and not one.within)
    for one in alone:
        if counter.proven(one).within == message.id:
            counter.prove(one)
    with office.journal.transaction() as ledger:
        for one in alone:
            ledger.add_job(message_job(one, sending, office))


def _looked_at_once_more(dispatch: Dispatch, sending: Sending, office: Office) -> Dispatch:
    """Hold papers to a member against leden.xlsx, and make her own copy where she gets one."""
    if dispatch.edition == dispatching.NOTICE:
        return dispatch
    to_member = sending.purpose is SendPurpose.LEDEN
    if not to_member and not dispatch.is_personal:
        return dispatch
    member = member_of(dispatch, sending, office)
    if to_member:
        dispatch = dispatching.to_whom_it_may(dispatch, member.email, office.domains)
        dispatch = links.looked_at(dispatch, sending, office)
    return with_copy(dispatch, sending, member, office)


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
