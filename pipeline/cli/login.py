"""The command ``login``: what Microsoft 365 has to permit, and whether it does."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import cli
from pipeline.cli.access import Wanted, explained, permissions
from pipeline.cli.options import DONE, NEEDS_A_PERSON, find, json_option, put_json, say, shared
from pipeline.errors import AccessDeniedError, WrongUseError

if TYPE_CHECKING:
    from pipeline.edges.microsoft import Microsoft
    from pipeline.settings.accounts import MicrosoftAccount
    from pipeline.settings.machine import Machine


@cli.command()
@click.option("--dry-run", is_flag=True, help="Toon alleen wat er nodig is; meld niet aan.")
@shared
@json_option
def login(*, dry_run: bool, werkmap: Path | None, data: Path | None, now: str | None, as_json: bool) -> int:  # noqa: ARG001
    """Laat de dienst toe tot Microsoft 365: wat er nodig is, en of het werkt."""
    from pipeline import mail_wiring, wiring  # noqa: PLC0415
    from pipeline.edges.microsoft import Microsoft  # noqa: PLC0415

    folder = wiring.data_folder(data, find(werkmap))
    machine = wiring.machine_settings(folder)
    account = machine.microsoft
    if account is None:
        raise _unused("no block [microsoft365]")
    wanted = _wanted(machine, account)
    if wanted.nothing:
        raise _unused("nothing uses Microsoft 365")
    say(explained(wanted), as_json=as_json)
    if dry_run:
        return DONE
    microsoft = Microsoft(mail_wiring.identity(machine, account, folder))
    if wanted.by_person:
        _sign_in_by_device(microsoft, as_json=as_json)
    return _try_out(microsoft, wanted, as_json=as_json)


def _unused(detail: str) -> WrongUseError:
    return WrongUseError(
        detail,
        wat="Volgens dienst.toml wordt Microsoft 365 niet gebruikt.",
        doe="Vul het blok [microsoft365] in, en kies het bij [postbus], [imap] of [verzending].",
    )


def _wanted(machine: "Machine", account: "MicrosoftAccount") -> Wanted:
    from pipeline.settings.accounts import SignIn  # noqa: PLC0415

    return Wanted(
        tenant=account.tenant,
        app=account.app,
        mailbox=account.mailbox,
        by_person=account.sign_in is SignIn.APPARAATCODE,
        reads=machine.mailbox.sort == "microsoft365",
        sends=machine.transport == "microsoft365",
        drive=bool(account.drive),
        imap=machine.mailbox.sort == "imap" and machine.imap is not None and machine.imap.oauth,
        smtp=machine.transport == "smtp" and machine.smtp_oauth,
    )


def _sign_in_by_device(microsoft: "Microsoft", *, as_json: bool) -> None:
    """Have a person sign in at Microsoft, once for each service that she has to permit."""
    for resource in microsoft.sign_in.identity.delegated or {}:
        flow = microsoft.sign_in.begin_device_flow(resource)
        minutes = int(flow.get("expires_in", 0)) // 60
        say(
            f"\nOpen {flow['verification_uri']} en typ daar de code {flow['user_code']} in, "
            f"binnen {minutes} minuten. De dienst wacht daarop.",
            as_json=as_json,
        )
        microsoft.sign_in.finish_device_flow(flow)


def _try_out(microsoft: "Microsoft", wanted: Wanted, *, as_json: bool) -> int:
    """Sign in and look into what will be used; nothing is changed there."""
    from pipeline.edges.microsoft import Resource  # noqa: PLC0415

    problem = ""
    if wanted.imap or wanted.smtp:
        microsoft.sign_in.token(Resource.MAIL)
    if wanted.reads or wanted.sends or wanted.drive:
        microsoft.sign_in.token()
    if wanted.reads or wanted.sends:
        try:
            microsoft.look_into_mailbox()
        except AccessDeniedError as fault:
            problem = f"{fault.wat} {fault.doe}"
    if as_json:
        put_json(
            {
                "aangemeld": True,
                "postbus": wanted.mailbox,
                "toegang": not problem,
                "machtigingen": permissions(wanted),
            }
        )
    elif problem:
        say(f"\nDe aanmelding is gelukt, maar: {problem}")
    else:
        say("\nDe aanmelding is gelukt" + (", en de postbus is te lezen." if wanted.reads else "."))
    return NEEDS_A_PERSON if problem else DONE
