"""Builds the edges for mail from the machine's settings: where it comes in, how it leaves, who signs in.

Nothing is connected to here: a mailbox or server is spoken to when there is something to ask. Heavy
libraries are imported inside the functions that need them.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edges import files
from pipeline.errors import Problem, SettingsError
from pipeline.ports import Postbus, Transport
from pipeline.settings.accounts import MicrosoftAccount, SignIn
from pipeline.settings.machine import Machine

if TYPE_CHECKING:
    from pipeline.edges.imap import ImapServer
    from pipeline.edges.microsoft import Identity, Microsoft
    from pipeline.edges.sign_in import Patience

TOKENS = "microsoft365.json"
"""File in the data folder with the tokens of the person who signed in."""


def postbus(
    machine: Machine,
    account: "Microsoft | None",
    is_complete: Callable[[Path], bool],
    stack: ExitStack,
    *,
    works: bool,
) -> Postbus:
    """Give the mailbox; one on a server is not connected to before it is looked into.

    Args:
        machine: The settings.
        account: Microsoft 365, when it is used.
        is_complete: Tells whether a file is no longer being written.
        stack: Closes what has to be closed.
        works: True for the one process that works.
    """
    mailbox = machine.mailbox
    if mailbox.sort == "microsoft365":
        return _known(account, "[postbus].soort").postbus(
            mailbox.inbox, mailbox.done, keeps=mailbox.keeps, since=mailbox.since
        )
    if mailbox.sort == "imap":
        from pipeline.edges.imap import ImapPostbus  # noqa: PLC0415

        server = _imap_server(machine, account)
        found = ImapPostbus(
            server, inbox=mailbox.inbox, keeps=mailbox.keeps, done=mailbox.done, since=mailbox.since
        )
        stack.callback(found.close)
        return found
    from pipeline.edges.postbus import PostbusFolder  # noqa: PLC0415

    if works:
        files.make_folder(mailbox.folder)
    return PostbusFolder(
        folder=mailbox.folder, is_complete=is_complete, done=mailbox.done, since=mailbox.since
    )


def drops(machine: Machine, account: "Microsoft | None") -> Postbus | None:
    """Give the folder elsewhere that counts as a second ``Inkomend/``; None without one.

    Args:
        machine: The settings.
        account: Microsoft 365, when it is used.
    """
    place = machine.microsoft.drive if machine.microsoft else ""
    return _known(account, "[microsoft365].inkomend").drops(place, machine.settle_seconds) if place else None


def _imap_server(machine: Machine, microsoft: "Microsoft | None") -> "ImapServer":
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
        token=_known(microsoft, "[imap].aanmelding").mail_token if account.oauth else None,
        patience=_patience(account.host, account.port, account.user),
    )


@lru_cache
def _patience(host: str, port: int, user: str) -> "Patience":  # noqa: ARG001 - one for each account
    """Give what is known of refused sign-ins of an account; all its connections share it."""
    from pipeline.edges.sign_in import Patience  # noqa: PLC0415

    return Patience()


@contextmanager
def waiting_for_mail(
    machine: Machine, account: "Microsoft | None", wake: Callable[[], None]
) -> Iterator[None]:
    """Call ``wake`` from another thread when the server of the mailbox tells of new mail; only a hint.

    Args:
        machine: The settings.
        account: Microsoft 365, when it is used.
        wake: May be called at any time.
    """
    if machine.mailbox.sort != "imap":
        yield
        return
    from pipeline.edges.imap.watch import watch_mailbox  # noqa: PLC0415

    with watch_mailbox(_imap_server(machine, account), machine.mailbox.inbox, wake):
        yield


def transport(machine: Machine, account: "Microsoft | None") -> Transport:
    """Give what hands mail over.

    Args:
        machine: The settings.
        account: Microsoft 365, when it is used.
    """
    if machine.transport == "map":
        from pipeline.edges.outbox import OutboxFolder  # noqa: PLC0415

        files.make_folder(machine.outbox)
        return OutboxFolder(machine.outbox)
    if machine.transport == "microsoft365":
        return _known(account, "[verzending].wijze").transport()
    from pipeline.edges.secure import Security  # noqa: PLC0415
    from pipeline.edges.smtp import SmtpTransport  # noqa: PLC0415

    return SmtpTransport(
        host=machine.smtp_host,
        port=machine.smtp_port,
        security=Security(machine.smtp_security),
        user=machine.smtp_user,
        password_env=machine.smtp_password_variable,
        token=_known(account, "[verzending].aanmelding").mail_token if machine.smtp_oauth else None,
        patience=_patience(machine.smtp_host, machine.smtp_port, machine.smtp_user),
    )


def microsoft(machine: Machine, data: Path) -> "Microsoft | None":
    """Give Microsoft 365, when anything is fetched, handed over or signed in for through it.

    Args:
        machine: The settings.
        data: The service's data folder.
    """
    if machine.microsoft is None or not (uses_graph(machine) or uses_mail_token(machine)):
        return None
    from pipeline.edges.microsoft import Microsoft  # noqa: PLC0415

    return Microsoft(identity(machine, machine.microsoft, data))


def uses_graph(machine: Machine) -> bool:
    """Tell whether the mailbox, the sending or a folder of Microsoft 365 is used."""
    by_graph = "microsoft365" in (machine.mailbox.sort, machine.transport)
    return by_graph or bool(machine.microsoft and machine.microsoft.drive)


def uses_mail_token(machine: Machine) -> bool:
    """Tell whether IMAP or SMTP signs in with a token of Microsoft 365."""
    by_imap = machine.mailbox.sort == "imap" and machine.imap is not None and machine.imap.oauth
    return by_imap or (machine.transport == "smtp" and machine.smtp_oauth)


def identity(machine: Machine, account: MicrosoftAccount, data: Path) -> "Identity":
    """Say who the service is to Microsoft 365, and what a person is asked to permit."""
    from pipeline.edges.microsoft import Identity, delegated_scopes  # noqa: PLC0415

    by_person = account.sign_in is SignIn.APPARAATCODE
    return Identity(
        tenant=account.tenant,
        app=account.app,
        mailbox=account.mailbox,
        certificate=account.certificate if account.sign_in is SignIn.CERTIFICAAT else None,
        secret_variable=account.secret_variable if account.sign_in is SignIn.GEHEIM else "",
        tokens=data / TOKENS if by_person else None,
        delegated=delegated_scopes(
            mail="microsoft365" in (machine.mailbox.sort, machine.transport),
            folder=bool(account.drive),
            imap=machine.mailbox.sort == "imap",
            smtp=machine.transport == "smtp",
        )
        if by_person
        else None,
    )


def _known(account: "Microsoft | None", place: str) -> "Microsoft":
    if account is None:
        raise SettingsError(
            (Problem(place=f"dienst.toml {place}", text="Vul daarvoor het blok [microsoft365] in."),)
        )
    return account
