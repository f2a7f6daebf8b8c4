"""Nothing is signed in with before the server is who it should be; a refusal is not repeated at once."""

import socket
import socketserver
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import dovecot as dovecot_server
import pytest
from dovecot import Dovecot

from pipeline.edges.imap import ImapPostbus, ImapServer
from pipeline.edges.imap.session import hang_up
from pipeline.edges.secure import Security
from pipeline.edges.sign_in import FIRST_WAIT, Patience
from pipeline.errors import OperatorError, PostbusAwayError, SignInRefusedError, UnsafeTransportError


def scripted_server(*answers: bytes) -> tuple[socketserver.TCPServer, list[bytes]]:
    """Make a server that greets with the first answer and gives the others in turn; ``TAG`` is filled in."""
    heard: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(answers[0])
            tag = b""
            for answer, line in zip(answers[1:], self.rfile, strict=False):
                heard.append(line)
                tag = line.split()[0] if len(line.split()) > 1 else tag
                self.wfile.write(answer.replace(b"TAG", tag))
            self.rfile.readline()

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server, heard


@contextmanager
def scripted(*answers: bytes) -> Iterator[tuple[ImapServer, list[bytes]]]:
    server, heard = scripted_server(*answers)
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield (
            ImapServer(
                host="127.0.0.1",
                port=server.server_address[1],
                security=Security.GEEN,
                user="raad",
                password_env=dovecot_server.PASSWORD_VARIABLE,
                timeout=3,
            ),
            heard,
        )
        server.shutdown()


@pytest.mark.parametrize("security", list(Security))
def test_every_protection_works_with_a_server_that_is_trusted(
    dovecot: Dovecot, mail_user: str, security: Security
) -> None:
    hang_up(dovecot.server(mail_user, security).connect())
    assert dovecot.sign_ins(mail_user) == 1


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_server_that_is_not_trusted_never_hears_the_password(
    dovecot: Dovecot, mail_user: str, security: Security
) -> None:
    with pytest.raises(PostbusAwayError) as caught:
        dovecot.server(mail_user, security, tls=None).connect()
    assert "certificaat" in caught.value.for_secretary()
    assert dovecot.sign_ins(mail_user) == 0


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_name_in_the_certificate_counts(dovecot: Dovecot, mail_user: str, security: Security) -> None:
    with pytest.raises(PostbusAwayError) as caught:
        replace(dovecot.server(mail_user, security), host="127.0.0.1").connect()
    assert "certificaat" in caught.value.for_secretary()


@pytest.mark.usefixtures("mail_user")
def test_a_server_without_starttls_gets_no_password() -> None:
    """Nobody on the road can talk us out of the protection."""
    greeting = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hier\r\n"
    with scripted(greeting, b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK klaar\r\n") as (server, heard):
        with pytest.raises(PostbusAwayError) as caught:
            replace(server, security=Security.STARTTLS).connect()
        assert "beveiligde verbinding" in caught.value.for_secretary()
        assert not [line for line in heard if b"AUTH" in line or b"LOGIN" in line]


@pytest.mark.usefixtures("mail_user")
def test_a_server_that_says_we_are_in_already_is_not_believed() -> None:
    """RFC 3501: after PREAUTH there is no STARTTLS; somebody in between may have said it."""
    greeting = b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hier\r\n"
    with scripted(greeting, b"* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK klaar\r\n", b"TAG OK klaar\r\n") as (
        server,
        _,
    ):
        with pytest.raises(PostbusAwayError):
            replace(server, security=Security.STARTTLS).connect()
        with pytest.raises(PostbusAwayError):
            server.connect()


@pytest.mark.parametrize("host", ["mail.zandhof.example", "10.0.0.1"])
def test_an_unprotected_connection_elsewhere_is_refused(host: str) -> None:
    with pytest.raises(UnsafeTransportError):
        ImapServer(host=host, port=143, security=Security.GEEN, user="raad")


def test_no_server_is_told_as_unreachable(mail_user: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = ImapServer(
        host="127.0.0.1",
        port=port,
        security=Security.GEEN,
        user=mail_user,
        password_env=dovecot_server.PASSWORD_VARIABLE,
    )
    with pytest.raises(PostbusAwayError) as caught:
        server.connect()
    assert "niet bereikbaar" in caught.value.for_secretary()


# --- refused ----------------------------------------------------------------------------


def test_a_wrong_password_is_told_once_and_not_hammered_with(
    dovecot: Dovecot, mail_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, "fout")
    clock = [0.0]
    postbus = ImapPostbus(dovecot.server(mail_user, patience=Patience(lambda: clock[0])), done="Verwerkt")
    told = set()
    for _ in range(20):
        with pytest.raises(SignInRefusedError) as caught:
            postbus.list_new("")
        told.add(caught.value.for_secretary())
    assert isinstance(caught.value, OperatorError)
    assert dovecot.sign_ins(mail_user) == 1
    assert len(told) == 1
    assert "(code POSTBUS-02)" in told.pop()
    clock[0] = FIRST_WAIT
    with pytest.raises(SignInRefusedError):
        postbus.list_new("")
    assert dovecot.sign_ins(mail_user) == 2
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, dovecot_server.PASSWORD)
    assert postbus.list_new("").items == ()
    assert dovecot.sign_ins(mail_user) == 3
    postbus.close()


def test_without_a_password_nothing_is_tried(
    dovecot: Dovecot, mail_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(dovecot_server.PASSWORD_VARIABLE)
    with pytest.raises(SignInRefusedError) as caught:
        dovecot.server(mail_user).connect()
    assert dovecot_server.PASSWORD_VARIABLE in caught.value.for_secretary()
    assert dovecot.sign_ins(mail_user) == 0


GREETING = b"* OK hier\r\n"
CAPABILITIES = b"* CAPABILITY IMAP4rev1\r\nTAG OK klaar\r\n"


@pytest.mark.usefixtures("mail_user")
@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] raad@zandhof.example onbekend\r\n", True),
        (b"TAG NO nee\r\n", True),
        (b"TAG NO [UNAVAILABLE] straks\r\n", False),
        (b"TAG NO [LIMIT] te veel verbindingen\r\n", False),
        (b"* BYE tot ziens\r\n", False),
    ],
)
def test_only_a_refusal_counts_as_one(answer: bytes, *, refused: bool) -> None:
    """A server that is busy or goes away says nothing of the password."""
    with scripted(GREETING, CAPABILITIES, answer, answer) as (server, heard):
        with pytest.raises(PostbusAwayError) as caught:
            server.connect()
        assert isinstance(caught.value, SignInRefusedError) is refused
        assert "zandhof" not in f"{caught.value} {caught.value.for_secretary()}"
        tried = len(heard)
        with pytest.raises(PostbusAwayError):
            server.connect()
        assert (len(heard) == tried) is refused


def test_a_password_that_is_not_ascii_can_be_used(
    dovecot: Dovecot, mail_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(dovecot_server.PASSWORD_VARIABLE, 'gehéim "x\\')
    with pytest.raises(SignInRefusedError):
        dovecot.server(mail_user).connect()
    assert dovecot.sign_ins(mail_user) == 1


XOAUTH2 = b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK klaar\r\n"


def test_a_token_signs_in_with_xoauth2() -> None:
    with scripted(GREETING, XOAUTH2, b"+ \r\n", b"* BYE dat was het\r\n") as (server, heard):
        with pytest.raises(PostbusAwayError):
            replace(server, token=lambda: "sleutel", password_env="").connect()
        assert b"AUTHENTICATE XOAUTH2" in heard[1]
        assert b64decode(heard[2]) == b"user=raad\x01auth=Bearer sleutel\x01\x01"


def test_a_refused_token_is_not_tried_again_though_the_next_is_another() -> None:
    """A fresh token of the same account will be refused too; the server tells why in a challenge first."""
    refusal = (b"+ eyJzdGF0dXMiOiI0MDEifQ==\r\n", b"TAG NO nee\r\n")
    with scripted(GREETING, XOAUTH2, b"+ \r\n", *refusal) as (server, heard):
        tokens = count()
        own = replace(server, token=lambda: f"sleutel {next(tokens)}")
        for _ in range(3):
            with pytest.raises(SignInRefusedError):
                own.connect()
        assert sum(b"AUTHENTICATE" in line for line in heard) == 1
