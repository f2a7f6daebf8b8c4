"""The file behind a link: laid where it can be fetched, looked at before each message, taken away in the end.

    prepared -> laid -> looked_at -> end

Works in the folder of ``[koppeling]`` only, and there in one folder for each sending, named by a token
that stands in the journal before anything is laid. The folder itself is never made: one that is not
there is a share that is not mounted.
"""

import secrets
from dataclasses import replace
from pathlib import Path

from pipeline.dispatch import links, mails
from pipeline.dispatch.parcels import megabytes
from pipeline.errors import LinkFolderAwayError, TemplateError
from pipeline.office import Office
from pipeline.values import Dispatch, DispatchState, Job, JobKind, Link, LinkFolder, Sending

_TOKEN_BYTES = 16
"""128 bits: nobody finds a file by trying."""


def prepared(sending: Sending, office: Office) -> Sending:
    """Give a sending its link, written down with the day it ends, before anything is laid there.

    Returns:
        The sending as it was when it does not go as a link, or has one already.

    Raises:
        LinkFolderAwayError: The folder is not there; nothing was written down.
    """
    if sending.parcel is None or not sending.goes_as_link:
        return sending
    if sending.link:
        _folder(sending, office)
        return sending
    place = _place(office)
    last = links.until(office.today(), sending.parcel.link_days)
    token = secrets.token_hex(_TOKEN_BYTES)
    link = Link(token=token, until=last, place=place.written, address=place.address)
    sending = replace(sending, link=link)
    key = f"link-end:{sending.id}"
    with office.journal.transaction() as ledger:
        ledger.save_sending(sending)
        ledger.add_job(Job(key=key, kind=JobKind.LINK_END, subject=sending.id, due=links.ends(link)))
        ledger.note("link-prepared", sending.id, "")
    return sending


def laid(sending: Sending, made: Path, office: Office) -> Sending:
    """Lay the file that was made where its link leads to; one that lies there already is left alone.

    Raises:
        LinkFolderAwayError: The folder is not there.
    """
    if sending.link is None:
        return sending
    office.disk.copy(made, linked_path(sending, office), sending.final_sha256)
    return replace(sending, link=replace(sending.link, size=made.stat().st_size))


def _place(office: Office) -> LinkFolder:
    """Give the folder for links, that is there."""
    if office.links is None:
        raise LinkFolderAwayError("no folder for links in the settings", wat=_NOT_SET)
    if not office.links.folder.is_dir():
        raise LinkFolderAwayError("the folder for links is not there")
    return office.links


_NOT_SET = "In dienst.toml staat geen [koppeling] meer, terwijl een verzending die nog nodig heeft."


def _folder(sending: Sending, office: Office) -> Path:
    """Give the folder of the link of a sending, also when the settings name another place by now."""
    own = links.own_folder(sending.link, office.data) if sending.link else None
    if own is None:
        raise LinkFolderAwayError(f"sending {sending.id} has no usable link")
    if not own.parent.is_dir():
        raise LinkFolderAwayError("the folder for links is not there")
    return own


def linked_path(sending: Sending, office: Office) -> Path:
    """Tell where the file lies that the link of a sending leads to.

    Raises:
        LinkFolderAwayError: The folder is not there.
    """
    return _folder(sending, office) / sending.file


# --- before a message leaves ----------------------------------------------------------


def looked_at(dispatch: Dispatch, sending: Sending, office: Office) -> Dispatch:
    """Hold a message of which the link does not lead to what was approved.

    Raises:
        LinkFolderAwayError: The folder is not there, so that nobody can tell.
    """
    if not dispatch.linked or sending.link is None or dispatch.state is not DispatchState.GEPLAND:
        return dispatch
    lies = office.disk.sha256_if_any(linked_path(sending, office))
    return links.as_it_lies(dispatch, sending.link, lies=lies, today=office.today())


def with_link(words: mails.Words, sending: Sending) -> mails.Words:
    """Have a mail say where its file can be fetched."""
    if sending.link is None:
        return words
    return replace(
        words,
        ways=(*words.ways, *links.for_member(sending.link)),
        address=links.address(sending.link, sending.file),
        size=megabytes(sending.link.size),
    )


def must_name(address: str, *bodies: str) -> None:
    """Make sure that a mail names its link: a template of the council's own may be older than links.

    Raises:
        TemplateError: It does not; the mail would carry neither file nor link.
    """
    if not all(address in body for body in bodies):
        raise TemplateError(
            "mail_vergaderstukken names no link",
            wat="Uw eigen sjabloon mail_vergaderstukken noemt de link naar de stukken niet.",
            doe="Zet het veld koppeling erin, in de .txt en de .html, of haal het eigen sjabloon weg.",
        )


# --- the end of a link ----------------------------------------------------------------


def withdraw(sending: Sending, office: Office) -> None:
    """Take away what was laid for a sending that is cancelled; what is away now is taken at the end."""
    if sending.link and (office.data / sending.link.place).is_dir():
        office.disk.remove_folder(_folder(sending, office))


def end(job: Job, office: Office) -> None:
    """Take away what was laid for a sending, because its last day is over; nothing else is touched.

    Raises:
        LinkFolderAwayError: The folder is not there; it is tried again.
    """
    with office.journal.transaction() as ledger:
        sending = ledger.sending(job.subject)
    if sending and sending.link:
        office.disk.remove_folder(_folder(sending, office))
    with office.journal.transaction() as ledger:
        ledger.note("link-ended", job.subject, sending.file if sending else "")
        ledger.finish_job(job)


def link_problems(office: Office) -> tuple[str, ...]:
    """Tell in Dutch that the folder for links is not there; nothing when there is none in the settings."""
    return (_AWAY,) if office.links and not office.links.folder.is_dir() else ()


_AWAY = (
    "De map voor links ([koppeling] in dienst.toml) is niet bereikbaar: een bundel die te groot is voor één "
    "bericht wacht tot zij er weer is, en links naar eerdere bundels werken misschien niet."
)
