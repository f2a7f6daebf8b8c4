"""The files that are mailed: where they lie, and the copy that is made for one person alone.

A copy with a password or a name is made just before it leaves, in the data folder of the service, and
never in the werkmap; its digest is in the journal before the message is handed over.
"""

from dataclasses import replace
from pathlib import Path

from pipeline.dispatch import plan as dispatching
from pipeline.office import Office
from pipeline.roads.concepts import meeting_path
from pipeline.values import Dispatch, DispatchState, MeetingPlace, Member, Sending, SendPurpose, SentFile


def staging(sending: Sending, office: Office) -> Path:
    """Give the folder for files that are mailed and do not lie in the werkmap."""
    return office.data / "verzending" / sending.id


def sent_file(dispatch: Dispatch, sending: Sending) -> SentFile:
    """Find the file of a sending that a message carries, as it is before a copy is made of it."""
    return next((one for one in sending.files if one.part == dispatch.part), sending.whole[0])


def shared_path(dispatch: Dispatch, sending: Sending, office: Office) -> Path:
    """Tell where the file lies that all get."""
    folder = office.werkmap.path(meeting_path(sending.meeting))
    if sending.purpose is SendPurpose.LEDEN:
        return folder / MeetingPlace.VERSTUURD / dispatch.file
    return staging(sending, office) / dispatch.file if sending.sent else folder / sending.place


def mailed_path(dispatch: Dispatch, sending: Sending, office: Office) -> Path:
    """Tell where the file lies that goes along with a message."""
    if dispatch.is_personal:
        return staging(sending, office) / f"{dispatch.id}.pdf"
    return shared_path(dispatch, sending, office)


def with_copy(dispatch: Dispatch, sending: Sending, member: Member, office: Office) -> Dispatch:
    """Make the copy of one person, if that is still to be done.

    Returns:
        The message with the digest of its copy; held when there is no password any more, or when the
        file of which the copy is made is not the one that was approved.
    """
    if not dispatch.is_personal or dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    made = mailed_path(dispatch, sending, office)
    if made.is_file() and office.disk.sha256_of(made) == dispatch.sha256:
        return dispatch
    source = shared_path(dispatch, sending, office)
    if dispatch.protected and not member.password:
        return _held(dispatch, dispatching.UNPROTECTED)
    if not source.is_file() or office.disk.sha256_of(source) != sent_file(dispatch, sending).sha256:
        return _held(dispatch, dispatching.CHANGED_FILE)
    office.disk.make_folder(made.parent)
    name, password = member.name * dispatch.named, member.password if dispatch.protected else ""
    office.packer.personal(source, made, name=name, password=password)
    return replace(dispatch, sha256=office.disk.sha256_of(made))


def _held(dispatch: Dispatch, reason: str) -> Dispatch:
    return replace(dispatch, state=DispatchState.AANGEHOUDEN, reason=reason)


def clear_staging(sending: Sending, dispatches: tuple[Dispatch, ...], office: Office) -> None:
    """Remove the files outside the werkmap that nobody waits for any more."""
    folder, gone = staging(sending, office), DispatchState.VERZONDEN
    for one in dispatches:
        if one.is_personal and one.state is gone:
            office.disk.remove(mailed_path(one, sending, office))
    if sending.purpose is not SendPurpose.LEDEN and all(one.state is gone for one in dispatches):
        for file in sending.sent:
            office.disk.remove(folder / file.name)
    office.disk.remove_folder_if_empty(folder)
