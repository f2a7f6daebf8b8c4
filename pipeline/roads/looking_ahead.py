"""Who would get which file of a meeting, as things lie now; nothing is sent or written."""

from dataclasses import replace

from pipeline.dispatch.parcels import planned_files
from pipeline.office import Office
from pipeline.roads.closing import members_of
from pipeline.roads.concepts import meeting_path
from pipeline.roads.meeting import plan_editions, read_folder
from pipeline.roads.messages import plan_members
from pipeline.values import (
    BuiltBundle,
    Dispatch,
    Meeting,
    MeetingPlace,
    Sending,
    SendingState,
    SendPurpose,
)


def preview(folder: str, office: Office) -> tuple[Dispatch, ...]:
    """Tell who gets which file of a meeting, as things lie now; nothing is sent or written.

    Messages of a sending that has begun are shown as they stand. For the others the newest
    concept of each edition is taken; what has not been approved says so.
    """
    with office.journal.transaction() as ledger:
        begun = [
            one for one in ledger.sendings() if one.meeting == folder and one.purpose is SendPurpose.LEDEN
        ]
        known = {
            one.id: members_of(one, ledger) for one in begun if one.state is not SendingState.GEANNULEERD
        }
        concepts = ledger.concepts(folder)
    sent = tuple(dispatch for dispatches in known.values() for dispatch in dispatches)
    meeting, members = read_folder(folder, office)
    current = {plan.manifest for plan in plan_editions(meeting, members, office)}
    newest = {one.plan.edition.name: one for one in concepts if one.plan.manifest in current}
    done = {one.edition for one in sent}
    ahead = (_ahead(one, meeting, office) for name, one in sorted(newest.items()) if name not in done)
    return (*sent, *(dispatch for dispatches in ahead for dispatch in dispatches))


def _ahead(concept: BuiltBundle, meeting: Meeting, office: Office) -> tuple[Dispatch, ...]:
    """Plan the messages of a concept as if it were approved."""
    lying = office.werkmap.path(meeting_path(meeting.folder), MeetingPlace.VERSTUREN, concept.plan.file_name)
    approved = office.disk.sha256_if_any(lying) == concept.sha256
    name = f"{meeting.folder} - {concept.plan.edition.name}.pdf"
    sending = Sending(
        id="vooruitblik",
        meeting=meeting.folder,
        purpose=SendPurpose.LEDEN,
        edition=concept.plan.edition.name,
        concept=concept.sha256,
        manifest=concept.plan.manifest,
        place="",
        notice="",
        due=office.clock(),
        state=SendingState.AANGEKONDIGD,
        file=name,
        final_sha256=concept.sha256,
        parcel=concept.parcel,
        sent=planned_files(name, concept.parcel),
    )
    planned = plan_members(sending, meeting, office)
    return planned if approved else tuple(_not_approved(one) for one in planned)


def _not_approved(dispatch: Dispatch) -> Dispatch:
    return dispatch if dispatch.reason else replace(dispatch, reason="nog niet goedgekeurd")
