"""Where mail comes in and goes out: builds the mailbox and the transport that dienst.toml asks for.

Nothing connects before it is used. Heavy libraries are imported inside the functions that need them.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edges import files
from pipeline.errors import Problem, SettingsError
from pipeline.ports import Postbus, Transport
from pipeline.settings.machine import Machine

if TYPE_CHECKING:
    from pipeline.edges.imap import ImapServer
    from pipeline.edges.sign_in import Patience


def postbus(
    machine: Machine, is_complete: Callable[[Path], bool], stack: ExitStack, *, works: bool
) -> Postbus:
    """Give the mailbox that is set.

    Args:
        machine: The machine file.
        is_complete: Tells whether a file is no longer being written.
        stack: Closes what is open at the end.
        works: True for the one process that works; a folder is made for it.

    Raises:
        SettingsError: What was chosen lacks a setting.
        UnsafeTransportError: No protection was chosen for a server elsewhere.
    """
    mailbox = machine.mailbox
    if mailbox.sort == "imap":
        from pipeline.edges.imap import ImapPostbus  # noqa: PLC0415

        server = _imap_server(machine)
        found = ImapPostbus(server, inbox=mailbox.inbox, keeps=mailbox.keeps, done=mailbox.done)
        stack.callback(found.close)
        return found
    from pipeline.edges.postbus import PostbusFolder  # noqa: PLC0415

    if works:
        files.make_folder(mailbox.folder)
    return PostbusFolder(folder=mailbox.folder, is_complete=is_complete)


def _imap_server(machine: Machine) -> "ImapServer":
    from pipeline.edges.imap import ImapServer  # noqa: PLC0415
    from pipeline.edges.secure import Security  # noqa: PLC0415

    account = machine.imap
    if account is None:
        raise SettingsError((Problem(place="dienst.toml [imap].server", text="Vul dit in."),))
    return ImapServer(
        host=account.host,
        port=account.port,
        security=Security(account.security),
        user=account.user,
        password_env=account.password_variable,
        token=_token(machine, "[imap].aanmelding") if account.oauth else None,
        patience=_patience(account.host, account.port, account.user),
    )


@lru_cache
def _patience(host: str, port: int, user: str) -> "Patience":  # noqa: ARG001 - one for each account
    """Give what is known of refused sign-ins of an account; all its connections share it."""
    from pipeline.edges.sign_in import Patience  # noqa: PLC0415

    return Patience()


def _token(machine: Machine, place: str) -> Callable[[], str]:  # noqa: ARG001 - the sign-in comes with Microsoft 365
    """Give what fetches a fresh access token of Microsoft 365 for IMAP or SMTP."""
    text = "Aanmelden met oauth kan nog niet; kies wachtwoord."
    raise SettingsError((Problem(place=f"dienst.toml {place}", text=text),))


@contextmanager
def waiting_for_mail(machine: Machine, wake: Callable[[], None]) -> Iterator[None]:
    """Call ``wake`` from another thread when the server of the mailbox tells of new mail; only a hint."""
    if machine.mailbox.sort != "imap":
        yield
        return
    from pipeline.edges.imap.watch import watch_mailbox  # noqa: PLC0415

    with watch_mailbox(_imap_server(machine), machine.mailbox.inbox, wake):
        yield


def transport(machine: Machine) -> Transport:
    """Give the transport that is set."""
    if machine.transport == "map":
        from pipeline.edges.outbox import OutboxFolder  # noqa: PLC0415

        files.make_folder(machine.outbox)
        return OutboxFolder(machine.outbox)
    from pipeline.edges.secure import Security  # noqa: PLC0415
    from pipeline.edges.smtp import SmtpTransport  # noqa: PLC0415

    return SmtpTransport(
        host=machine.smtp_host,
        port=machine.smtp_port,
        security=Security(machine.smtp_security),
        user=machine.smtp_user,
        password_env=machine.smtp_password_variable,
        token=_token(machine, "[verzending].aanmelding") if machine.smtp_oauth else None,
        patience=_patience(machine.smtp_host, machine.smtp_port, machine.smtp_user),
    )
