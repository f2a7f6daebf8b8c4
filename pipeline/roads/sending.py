"""The road out: a moved concept approves a sending, a pause, the final file, a message to each member.

    notice_approvals -> approve -> (pause) -> send -> delivery.deliver -> closing.close

Moving the file back before the pause ends cancels. What leaves differs from the approved
concept only by the concept mark. Every message has its row, its intent and its proof.
"""

from dataclasses import replace
from pathlib import Path

from pipeline import contexts
from pipeline.archive import naming
from pipeline.bundle import apply as bundling
from pipeline.bundle import sheets
from pipeline.bundle.plan import edition_for, is_confidential
from pipeline.dispatch import approving, mails
from pipeline.dispatch import plan as dispatching
from pipeline.dispatch.apply import newest_proof
from pipeline.dispatch.packing import pack
from pipeline.dispatch.together import shared_messages
from pipeline.office import Office
from pipeline.roads import addresses, links
from pipeline.roads.closing import close_when_done, finish_job
from pipeline.roads.concepts import meeting_path, packing_table, weighed
from pipeline.roads.copies import staging
from pipeline.roads.delivery import PROOFS, message_job
from pipeline.roads.meeting import plan_editions, read_folder
from pipeline.roads.messages import announcement, concept_of, contents, plan_members
from pipeline.values import (
    Address,
    BuiltBundle,
    Dispatch,
    DispatchState,
    Entry,
    Job,
    JobKind,
    Meeting,
    MeetingPlace,
    Member,
    Place,
    Sending,
    SendingState,
    SendPurpose,
)

_PRINTS = "Afdrukken"
_OPEN = (SendingState.AANGEKONDIGD, SendingState.BEZIG)
_OTHER_ROADS = (SendPurpose.BRIEF, SendPurpose.DIENST)
"""What is not sent from a meeting folder."""


# --- approving -------------------------------------------------------------------------


def notice_approvals(office: Office) -> None:
    """See which concepts were moved to a folder that sends, and which were taken back."""
    with office.journal.transaction() as ledger:
        sendings = tuple(one for one in ledger.sendings() if one.purpose not in _OTHER_ROADS)
    _notice_taken_back(sendings, office)
    open_places = {(one.meeting, one.place, one.concept) for one in sendings if one.state in _OPEN}
    for entry in office.werkmap.listing(Place.VERGADERINGEN):
        meeting, _, inside = entry.path.partition("/")
        place, _, name = inside.partition("/")
        if entry.is_folder or place not in approving.PURPOSES or not name.lower().endswith(".pdf"):
            continue
        path = office.werkmap.path(Place.VERGADERINGEN, entry.path)
        sha256 = office.disk.sha256_of(path)
        if (meeting, inside, sha256) not in open_places:
            attempt = sum(one.meeting == meeting for one in sendings)
            _add(
                Job(
                    key=f"approval:{entry.path}:{sha256}:{attempt}:{_refusals(meeting, office)}",
                    kind=JobKind.APPROVAL,
                    subject=entry.path,
                    detail=sha256,
                    due=office.clock(),
                ),
                office,
            )


def _notice_taken_back(sendings: tuple[Sending, ...], office: Office) -> None:
    """Have a sending cancelled as soon as its concept no longer lies where it was approved."""
    for sending in sendings:
        approved = office.werkmap.path(meeting_path(sending.meeting), sending.place)
        if sending.state is SendingState.AANGEKONDIGD and not approved.is_file():
            back = Job(
                key=f"taken-back:{sending.id}",
                kind=JobKind.SENDING,
                subject=sending.id,
                due=office.clock(),
            )
            _add(back, office)


def _add(job: Job, office: Office) -> None:
    with office.journal.transaction() as ledger:
        ledger.add_job(job)


def _refusals(meeting: str, office: Office) -> str:
    with office.journal.transaction() as ledger:
        return ledger.fact(f"refused:{meeting}") or "0"


def approve(job: Job, office: Office) -> None:
    """Decide what a moved file means: a sending that is announced, or a refusal with its reason."""
    meeting_folder, _, inside = job.subject.partition("/")
    place, _, name = inside.partition("/")
    path = office.werkmap.path(Place.VERGADERINGEN, job.subject)
    if not path.is_file():
        finish_job(job, office)
        return
    meeting, members = read_folder(meeting_folder, office)
    with office.journal.transaction() as ledger:
        concepts = ledger.concepts(meeting_folder)
        earlier = tuple(one for one in ledger.sendings() if one.meeting == meeting_folder)
    purpose = approving.PURPOSES[MeetingPlace(place)]
    decision = approving.judge_approval(
        meeting=meeting_folder,
        place=MeetingPlace(place),
        file_name=name,
        sha256=job.detail,
        concepts=concepts,
        current=tuple(plan.manifest for plan in plan_editions(meeting, members, office)),
        problems=meeting.problems,
        sendings=earlier,
        chair_groups=_groups_of(office.council.chair, members, meeting),
        due=approving.pause_ends(office.clock(), office.council, purpose),
    )
    if isinstance(decision, approving.Refused):
        _refuse(job, path, decision.reason, office)
        return
    if purpose is SendPurpose.LEDEN and not plan_members(decision.sending, meeting, office):
        _refuse(job, path, "Niemand in leden.xlsx krijgt op dit moment deze editie.", office)
        return
    trial = purpose is not SendPurpose.LEDEN
    bundle = weighed(concept_of(decision.sending, office), path, office, trial=trial)
    sending = replace(decision.sending, parcel=bundle.parcel)
    if bundle.parcel and bundle.parcel.refusal and _is_mailed(sending, meeting, office):
        _refuse(job, path, bundle.parcel.refusal, office)
        return
    _announce(job, sending, bundle, meeting, office)


def _is_mailed(sending: Sending, meeting: Meeting, office: Office) -> bool:
    """Tell whether anybody gets it by mail; what all get on paper may be of any size."""
    if sending.purpose is not SendPurpose.LEDEN:
        return True
    planned = plan_members(sending, meeting, office)
    return any(one.state is not DispatchState.AFDRUK for one in planned)


def _groups_of(person: Address, members: tuple[Member, ...], meeting: Meeting) -> tuple[str, ...]:
    """Tell which groups with papers a person is in, by the address in leden.xlsx."""
    own = _row_of(person, members)
    return edition_for(own, meeting).groups if own else ()


def _row_of(person: Address, members: tuple[Member, ...]) -> Member | None:
    """Find a person in leden.xlsx by the address."""
    return next((one for one in members if one.email.casefold() == person.email.casefold()), None)


def _refuse(job: Job, path: Path, reason: str, office: Office) -> None:
    """Put a file back in ``Bundel/`` with the reason beside it; nothing is sent."""
    meeting, _, _ = job.subject.partition("/")
    bundle = office.werkmap.path(meeting_path(meeting), MeetingPlace.BUNDEL)
    taken = frozenset(found.name for found in bundle.iterdir()) if bundle.is_dir() else frozenset()
    note = f"{path.stem} - niet verzonden.txt"
    text = f"{path.name} is niet verzonden.\r\n\r\nReden: {reason}\r\n"
    office.disk.write(bundle / note, text.encode("utf-8-sig"))
    office.disk.move(path, bundle / naming.free_name(path.name, taken))
    with office.journal.transaction() as ledger:
        count = int(ledger.fact(f"refused:{meeting}") or 0)
        ledger.set_fact(f"refused:{meeting}", str(count + 1))
        ledger.note("approval-refused", job.detail[:16], reason)
        ledger.finish_job(job)


def _announce(job: Job, sending: Sending, bundle: BuiltBundle, meeting: Meeting, office: Office) -> None:
    """Write down a sending, its announcement, and the job that carries it out when the pause is over."""
    folder = office.werkmap.path(meeting_path(sending.meeting))
    if sending.purpose is SendPurpose.LEDEN:
        note = mails.announcement_note(announcement(sending, bundle, meeting, office))
        name = approving.notice_name(sending.place.rpartition("/")[2], mails.clock(sending.due))
        if office.council.pause_minutes:
            office.disk.write(folder / MeetingPlace.VERSTUREN / name, note.encode("utf-8-sig"))
            sending = replace(sending, notice=name)
    members, _ = office.members()
    with office.journal.transaction() as ledger:
        ledger.save_sending(sending)
        ledger.note("approved", sending.id, sending.place)
        if sending.purpose is SendPurpose.LEDEN:
            addresses.begin(members, ledger)
            notice = dispatching.plan_notice(sending, office.council.secretary)
            ledger.save_dispatch(sending.id, notice)
            ledger.add_job(message_job(notice, sending, office))
        ledger.add_job(
            Job(key=f"sending:{sending.id}", kind=JobKind.SENDING, subject=sending.id, due=sending.due)
        )
        ledger.finish_job(job)


# --- sending ---------------------------------------------------------------------------


def send(job: Job, office: Office) -> None:
    """Carry out a sending whose pause is over: make the final file and plan its messages."""
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.subject)
    if sending and sending.state is SendingState.AANGEKONDIGD:
        _start(job, sending, office)
    else:
        finish_job(job, office)


def _start(job: Job, sending: Sending, office: Office) -> None:
    approved = office.werkmap.path(meeting_path(sending.meeting), sending.place)
    if office.disk.sha256_if_any(approved) != sending.concept:
        _cancel(job, sending, "Het concept is teruggelegd voordat de bedenktijd om was.", office)
        return
    if office.clock() < sending.due:
        finish_job(job, office)
        return
    meeting, members = read_folder(sending.meeting, office)
    current = {plan.manifest for plan in plan_editions(meeting, members, office)}
    if sending.purpose is SendPurpose.LEDEN and (sending.manifest not in current or meeting.problems):
        reason = "De stukken, de agenda of de ledenlijst zijn na de goedkeuring gewijzigd."
        _cancel(job, sending, reason, office)
        return
    bundle = concept_of(sending, office)
    sending = links.prepared(sending, office)
    final = _make_final(sending, bundle, approved, office)
    if isinstance(final, str):
        _cancel(job, sending, final, office)
        return
    made = office.werkmap.path(meeting_path(final.meeting), MeetingPlace.VERSTUURD, final.file)
    sending = links.laid(final, made, office)
    planned = _plan_recipients(sending, meeting, office)
    _print_for_paper(sending, planned, meeting, bundle, office)
    with office.journal.transaction() as ledger:
        ledger.save_sending(replace(sending, state=SendingState.BEZIG))
        for dispatch in (*planned, *shared_messages(planned)):
            ledger.save_dispatch(sending.id, dispatch)
            if dispatch.state is DispatchState.GEPLAND and not dispatch.within:
                ledger.add_job(message_job(dispatch, sending, office))
        ledger.note("sending-started", sending.id, sending.file)
        close_when_done(sending, ledger, office)
        ledger.finish_job(job)


def _cancel(job: Job, sending: Sending, reason: str, office: Office) -> None:
    """Cancel a sending: nothing leaves, the announcement goes, a file that still lies there goes back."""
    folder = office.werkmap.path(meeting_path(sending.meeting))
    if sending.notice:
        office.disk.remove(folder / MeetingPlace.VERSTUREN / sending.notice)
    links.withdraw(sending, office)
    approved = folder / sending.place
    if office.disk.sha256_if_any(approved) == sending.concept:
        office.disk.move(approved, folder / MeetingPlace.BUNDEL / approved.name)
        text = f"{approved.name} is niet verzonden.\r\n\r\nReden: {reason}\r\n"
        note = folder / MeetingPlace.BUNDEL / f"{approved.stem} - niet verzonden.txt"
        office.disk.write(note, text.encode("utf-8-sig"))
    with office.journal.transaction() as ledger:
        ledger.save_sending(replace(sending, state=SendingState.GEANNULEERD))
        ledger.note("sending-cancelled", sending.id, reason)
        ledger.finish_job(job)


_OTHER_PAGES = "De definitieve bundel kreeg andere bladzijden dan het concept; er komt een nieuw concept."
_OTHER_SIZE = "De definitieve bundel werd groter dan aangekondigd. Keur het concept opnieuw goed."


def _make_final(sending: Sending, bundle: BuiltBundle, approved: Path, office: Office) -> Sending | str:
    """Make what leaves: the final file for the members, the concept itself for one person.

    Returns:
        The sending with its files; or in Dutch why they are not what was approved: other pages than those
        of the concept, as when LibreOffice came or went in between, or larger than was announced.
    """
    folder = office.werkmap.path(meeting_path(sending.meeting))
    if sending.purpose is not SendPurpose.LEDEN:
        whole = replace(sending, file=approved.name, final_sha256=sending.concept)
        return _packed(whole, approved, staging(sending, office), office)
    name = f"{sending.meeting} - {sending.edition}.pdf"
    built = bundling.build(
        replace(bundle.plan, file_name=name),
        folder,
        office.workshop.cache / "definitief.pdf",
        council=office.council,
        concept="",
        workshop=office.workshop,
    )
    if approving.pages_of(built) != approving.pages_of(bundle):
        return _OTHER_PAGES
    whole = replace(sending, file=name, final_sha256=built.sha256)
    final = _packed(whole, Path(built.path), folder / MeetingPlace.VERSTUURD, office)
    if isinstance(final, Sending):
        office.disk.copy(Path(built.path), folder / MeetingPlace.VERSTUURD / name, built.sha256)
    return final


def _packed(sending: Sending, path: Path, target: Path, office: Office) -> Sending | str:
    """Make the files that are mailed in place of one that is too large, as was announced."""
    if sending.parcel is None:
        return sending
    made = pack(path, sending.file, sending.parcel, target, packing_table(office))
    return _OTHER_SIZE if made is None else replace(sending, sent=made)


def _plan_recipients(sending: Sending, meeting: Meeting, office: Office) -> tuple[Dispatch, ...]:
    """Plan who gets the file; a database older than the proofs holds them all."""
    council = office.council
    if sending.purpose is SendPurpose.PROEF:
        planned = dispatching.plan_trial(sending, council.secretary, office.domains)
    elif sending.purpose is SendPurpose.VOORZITTER:
        members = office.lists.read_members(office.settings_file("leden.xlsx"))
        planned = dispatching.plan_trial(
            sending,
            council.chair,
            office.domains,
            member=_row_of(council.chair, members),
            confidential=is_confidential(concept_of(sending, office).plan),
        )
    else:
        planned = plan_members(sending, meeting, office)
    with office.journal.transaction() as ledger:
        last = ledger.last_seq()
    proof = newest_proof(_proof_texts(office))
    return tuple(dispatching.against_proof(one, proof_seq=proof, last_seq=last) for one in planned)


def _proof_texts(office: Office) -> tuple[bytes, ...]:
    """Read every proof that lies in the werkmap."""
    return tuple(
        office.werkmap.path(Place.VERGADERINGEN, entry.path).read_bytes()
        for entry in office.werkmap.listing(Place.VERGADERINGEN)
        if _is_proof(entry)
    )


def _is_proof(entry: Entry) -> bool:
    steps = entry.path.split("/")
    return steps[1:3] == [MeetingPlace.VERSTUURD, PROOFS] and entry.path.endswith(".json")


def _print_for_paper(
    sending: Sending, planned: tuple[Dispatch, ...], meeting: Meeting, bundle: BuiltBundle, office: Office
) -> None:
    """Lay ready what must be printed: the bundle and an address sheet for each member who gets paper."""
    names = {one.member for one in planned if one.state is DispatchState.AFDRUK}
    if not names:
        return
    folder = office.werkmap.path(meeting_path(sending.meeting))
    sent = folder / MeetingPlace.VERSTUURD / sending.file
    members = office.lists.read_members(office.settings_file("leden.xlsx"))
    office.disk.copy(sent, folder / _PRINTS / sending.file, sending.final_sha256)
    lines = tuple(_address(member, bundle) for member in members if member.name in names)
    context = mails.address_sheet(office.council, meeting, lines)
    office.lay_pdf("adresblad", context, folder / _PRINTS / f"Adresbladen - {sending.edition}.pdf")


def _address(member: Member, bundle: BuiltBundle) -> contexts.AddressLine:
    return contexts.AddressLine(
        naam=f"{member.salutation} {member.name}".strip(),
        editie=sheets.edition_line(bundle.plan.edition),
        inhoud=contents(bundle),
        regels=tuple(line.capitalize() for line in (member.geleding, member.school) if line),
    )
