"""What dienst.toml asks for is what is built, and nothing connects before it is used."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from pipeline import mail_wiring
from pipeline.edges.imap import ImapPostbus
from pipeline.edges.postbus import PostbusFolder
from pipeline.edges.secure import Security
from pipeline.edges.smtp import SmtpTransport
from pipeline.errors import SettingsError, UnsafeTransportError
from pipeline.settings.machine import Machine, load_machine

IMAP = """
[postbus]
soort = "imap"
postvak = "Raad"
na_verwerking = "markeren"

[imap]
server = "imap.zandhof.example"
gebruiker = "mr@zandhof.example"
{imap}

[verzending]
wijze = "smtp"
server = "smtp.zandhof.example"
gebruiker = "mr@zandhof.example"
{sending}

[microsoft365]
tenant = "zandhof.example"
app = "1234"
postbus = "mr@zandhof.example"
"""


def machine(folder: Path, *, imap: str = "", sending: str = "") -> Machine:
    (folder / "dienst.toml").write_text(IMAP.format(imap=imap, sending=sending), "utf-8")
    return load_machine((folder / "dienst.toml",), folder)


def test_a_mailbox_on_a_server_is_built_and_no_folder_is_made(tmp_path: Path) -> None:
    found = machine(tmp_path)
    with ExitStack() as stack:
        postbus = mail_wiring.postbus(found, None, Path.is_file, stack, works=True)
    assert isinstance(postbus, ImapPostbus)
    server = postbus._server
    assert (server.host, server.port, server.security) == ("imap.zandhof.example", 993, Security.TLS)
    assert (postbus._inbox, postbus._keeps, postbus._done) == ("Raad", True, "Verwerkt")
    assert not (tmp_path / "postbus").exists()
    transport = mail_wiring.transport(found, None)
    assert isinstance(transport, SmtpTransport)
    assert (transport.security, transport.token) == (Security.STARTTLS, None)


@pytest.mark.parametrize("sort", ["map", "imap", "microsoft365"])
def test_every_mailbox_is_told_where_done_mail_goes_and_of_which_day_on_mail_counts(
    tmp_path: Path, sort: str
) -> None:
    found = machine(tmp_path)
    found = replace(found, mailbox=replace(found.mailbox, sort=sort, done="Klaar", since=date(2027, 1, 1)))
    account = mail_wiring.microsoft(found, tmp_path)
    with ExitStack() as stack:
        postbus = mail_wiring.postbus(found, account, Path.is_file, stack, works=True)
    if isinstance(postbus, ImapPostbus):
        assert (postbus._done, postbus._since) == ("Klaar", date(2027, 1, 1))
    else:
        assert (postbus.done, postbus.since) == ("Klaar", date(2027, 1, 1))  # type: ignore[attr-defined]


def test_all_connections_of_an_account_know_of_a_refusal(tmp_path: Path) -> None:
    found = machine(tmp_path)
    assert mail_wiring._imap_server(found, None).patience is mail_wiring._imap_server(found, None).patience
    assert mail_wiring._imap_server(found, None).patience is not mail_wiring._patience(
        "smtp.zandhof.example", 587, "mr"
    )


def test_a_folder_is_made_only_by_who_works(tmp_path: Path) -> None:
    found = load_machine((), tmp_path)
    for works in (False, True):
        with ExitStack() as stack:
            assert isinstance(
                mail_wiring.postbus(found, None, Path.is_file, stack, works=works), PostbusFolder
            )
        assert (tmp_path / "postbus").is_dir() is works


def test_no_password_crosses_a_network_unprotected(tmp_path: Path) -> None:
    plain = 'beveiliging = "geen"'
    with ExitStack() as stack, pytest.raises(UnsafeTransportError):
        mail_wiring.postbus(machine(tmp_path, imap=plain), None, Path.is_file, stack, works=True)
    with pytest.raises(UnsafeTransportError):
        mail_wiring.transport(machine(tmp_path, sending=plain), None)


def test_a_token_is_asked_of_microsoft_when_it_is_needed(tmp_path: Path) -> None:
    """Nothing connects before that; the mailbox and the sending share one sign-in."""
    found = machine(tmp_path, imap='aanmelding = "oauth"', sending='aanmelding = "oauth"')
    account = mail_wiring.microsoft(found, tmp_path)
    assert account is not None
    with ExitStack() as stack:
        postbus = mail_wiring.postbus(found, account, Path.is_file, stack, works=True)
    transport = mail_wiring.transport(found, account)
    assert isinstance(postbus, ImapPostbus)
    assert isinstance(transport, SmtpTransport)
    assert postbus._server.token == transport.token == account.mail_token
    assert mail_wiring.microsoft(machine(tmp_path), tmp_path) is None


def test_a_token_without_microsoft_365_is_a_wrong_setting(tmp_path: Path) -> None:
    found = machine(tmp_path, imap='aanmelding = "oauth"', sending='aanmelding = "oauth"')
    with ExitStack() as stack, pytest.raises(SettingsError) as caught:
        mail_wiring.postbus(found, None, Path.is_file, stack, works=True)
    assert "[imap].aanmelding" in caught.value.for_secretary()
    with pytest.raises(SettingsError):
        mail_wiring.transport(found, None)


def test_nobody_waits_at_a_folder(tmp_path: Path) -> None:
    wake = Event()
    with mail_wiring.waiting_for_mail(load_machine((), tmp_path), None, wake.set):
        assert not wake.is_set()
