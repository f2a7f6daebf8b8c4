"""After every failure it is known whether the mail can have left."""

import socket
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from pipeline.edges.mail.compose import compose
from pipeline.edges.secure import Security
from pipeline.edges.sign_in import FIRST_WAIT, Patience
from pipeline.edges.smtp import SmtpTransport, _as_data
from pipeline.errors import (
    AddressUnusableError,
    OperatorError,
    RefusedTransportError,
    SignInTransportError,
    TooLargeTransportError,
    TransportError,
    UncertainTransportError,
    UnsafeTransportError,
)
from pipeline.values import Address, OutgoingMail

MAIL = OutgoingMail(
    message_id="a1@school.example",
    sender=Address(email="cmr@school.example"),
    to=Address(email="lid@school.example"),
    reply_to=Address(email="cmr@school.example"),
    subject="Stukken",
    text="Tekst\n.\n..dubbel\n.punt\n",
    html="<p>Tekst</p>",
    attachment_path="",
    attachment_name="",
    sent_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
)


class Receiver:
    """Keeps what arrives; answers as it is told."""

    def __init__(self, *, recipient: str = "250 OK", data: str = "250 OK") -> None:
        self.recipient = recipient
        self.data = data
        self.arrived: list[Envelope] = []
        self.told: list[str] = []

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: ANN001, ARG002, N802
        envelope.mail_from = address
        self.told += options
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: ANN001, ARG002, N802
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: ANN001, ARG002, N802
        self.arrived.append(envelope)
        return self.data


@contextmanager
def serving(receiver: Receiver, **options: object) -> Iterator[SmtpTransport]:
    controller = Controller(receiver, hostname="127.0.0.1", port=0, **options)
    controller.port = free_port()
    controller.start()
    try:
        yield SmtpTransport(host="127.0.0.1", port=controller.port, security=Security.GEEN, timeout=5)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def scripted(act: Callable[[socketserver.StreamRequestHandler], None]) -> Iterator[SmtpTransport]:
    """Serve one connection with a script, for what a real server does not do on purpose."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            act(self)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield SmtpTransport(
            host="127.0.0.1", port=server.server_address[1], security=Security.GEEN, timeout=1
        )
        thread.join(5)


def dialogue(last: str) -> Callable[[socketserver.StreamRequestHandler], None]:
    """Answer yes to everything up to a command; there the connection drops."""

    def act(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(b"220 hier\r\n")
        for line in handler.rfile:
            verb = line[:4].decode("ascii", "replace").upper().strip()
            if verb == last:
                return
            handler.wfile.write(b"354 toe maar\r\n" if verb == "DATA" else b"250 OK\r\n")
            if verb == "DATA":
                for data in handler.rfile:
                    if data == b".\r\n":
                        return

    return act


def test_the_mail_arrives_byte_for_byte() -> None:
    """Also lines that begin with a dot, which the protocol doubles."""
    receiver = Receiver()
    with serving(receiver) as transport:
        transport.send(MAIL)
    assert [envelope.content for envelope in receiver.arrived] == [compose(MAIL)]
    assert receiver.arrived[0].mail_from == "cmr@school.example"
    assert receiver.arrived[0].rcpt_tos == ["lid@school.example"]


def test_smtp_never_claims_to_know_what_was_sent() -> None:
    transport = SmtpTransport(host="localhost", port=1, security=Security.GEEN)
    assert transport.was_sent("a1@school.example") is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 onbekend", RefusedTransportError), ("451 straks", TransportError)],
)
def test_a_refused_recipient_certainly_got_nothing(answer: str, error: type[Exception]) -> None:
    receiver = Receiver(recipient=answer)
    with serving(receiver) as transport, pytest.raises(TransportError) as caught:
        transport.send(MAIL)
    assert caught.type is error
    assert receiver.arrived == []


class Picky(Receiver):
    """Takes some recipients only."""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: ANN001, ARG002, N802
        if address in self.recipient:
            return "452 vol"
        envelope.rcpt_tos.append(address)
        return "250 OK"


TO_SEVERAL = replace(
    MAIL, to=None, bcc=tuple(Address(email=f"{name}@school.example") for name in ("a", "b", "c"))
)


def test_of_several_only_those_whom_the_server_takes_get_it_and_the_others_are_told() -> None:
    receiver = Picky(recipient="b@school.example")
    with serving(receiver) as transport:
        assert transport.send(TO_SEVERAL) == {"b@school.example"}
    (arrived,) = receiver.arrived
    assert arrived.rcpt_tos == ["a@school.example", "c@school.example"]
    assert b"Bcc" not in (arrived.content or b"")


@pytest.mark.parametrize(
    ("answer", "error"),
    [("550 onbekend", RefusedTransportError), ("451 straks", TransportError)],
)
def test_when_the_server_takes_none_of_several_nothing_leaves(answer: str, error: type[Exception]) -> None:
    receiver = Receiver(recipient=answer)
    with serving(receiver) as transport, pytest.raises(TransportError) as caught:
        transport.send(TO_SEVERAL)
    assert caught.type is error
    assert receiver.arrived == []


@pytest.mark.parametrize(
    ("answer", "error"), [("554 geweigerd", RefusedTransportError), ("452 vol", TransportError)]
)
def test_a_mail_refused_after_the_data_certainly_did_not_leave(answer: str, error: type[Exception]) -> None:
    with serving(Receiver(data=answer)) as transport, pytest.raises(TransportError) as caught:
        transport.send(MAIL)
    assert caught.type is error


def test_a_connection_lost_after_the_data_is_uncertain() -> None:
    with scripted(dialogue("geen")) as transport, pytest.raises(UncertainTransportError):
        transport.send(MAIL)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_data_is_certain(command: str) -> None:
    with scripted(dialogue(command)) as transport, pytest.raises(TransportError):
        transport.send(MAIL)


def test_silence_after_the_data_is_uncertain() -> None:
    silence = threading.Event()

    def act(handler: socketserver.StreamRequestHandler) -> None:
        dialogue("geen")(handler)
        silence.wait(3)

    with scripted(act) as transport:
        with pytest.raises(UncertainTransportError):
            transport.send(MAIL)
        silence.set()


def test_no_server_is_a_certain_failure() -> None:
    transport = SmtpTransport(host="127.0.0.1", port=free_port(), security=Security.GEEN, timeout=1)
    with pytest.raises(TransportError):
        transport.send(MAIL)


def test_an_unusable_address_opens_no_connection() -> None:
    transport = SmtpTransport(host="127.0.0.1", port=1, security=Security.GEEN)
    with pytest.raises(AddressUnusableError):
        transport.send(replace(MAIL, to=Address(email="lid@school.example\r\nRCPT TO:<x@y.example>")))


@pytest.mark.parametrize(
    "host", ["mail.school.example", "10.0.0.1", "localhost.elders.example", "192.0.2.1", ""]
)
def test_an_unprotected_connection_elsewhere_is_refused(host: str) -> None:
    with pytest.raises(UnsafeTransportError):
        SmtpTransport(host=host, port=25, security=Security.GEEN)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_an_unprotected_connection_to_this_machine_is_allowed(host: str) -> None:
    assert SmtpTransport(host=host, port=25, security=Security.GEEN).host == host


def test_a_server_without_starttls_gets_no_mail() -> None:
    """Nobody on the road can talk us out of the protection."""
    receiver = Receiver()
    with serving(receiver) as transport, pytest.raises(TransportError) as caught:
        replace(transport, security=Security.STARTTLS).send(MAIL)
    assert "geen beveiligde verbinding" in caught.value.for_secretary()
    assert receiver.arrived == receiver.told == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a key and a certificate for localhost that only this test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("security", "option"), [(Security.STARTTLS, "tls_context"), (Security.TLS, "ssl_context")]
)
def test_a_protected_mail_goes_only_to_a_server_that_is_who_it_says(
    certificate: Path, security: Security, option: str
) -> None:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate)
    receiver = Receiver()
    with serving(receiver, **{option: own}) as plain:
        unknown = replace(plain, host="localhost", security=security)
        with pytest.raises(TransportError):
            unknown.send(MAIL)
        replace(unknown, tls=ssl.create_default_context(cafile=str(certificate))).send(MAIL)
    assert [envelope.content for envelope in receiver.arrived] == [compose(MAIL)]


# --- size -------------------------------------------------------------------------------


def test_the_server_is_told_the_size_and_offered_no_more_than_it_takes() -> None:
    receiver = Receiver()
    size = len(compose(MAIL)) + 50  # dots are doubled on the way
    with serving(receiver, data_size_limit=size) as transport:
        transport.send(MAIL)
        assert receiver.told == [f"SIZE={len(_as_data(compose(MAIL)))}"]
        with pytest.raises(TooLargeTransportError) as caught:
            transport.send(replace(MAIL, text="regel\n" * 100))
    assert isinstance(caught.value, RefusedTransportError)
    assert "(code VERZEND-06)" in caught.value.for_secretary()
    assert len(receiver.arrived) == len(receiver.told) == 1


def test_a_server_that_names_no_limit_may_still_find_a_mail_too_large() -> None:
    with serving(Receiver(data="552 te groot")) as transport, pytest.raises(TooLargeTransportError):
        transport.send(MAIL)


# --- signing in -------------------------------------------------------------------------


@contextmanager
def guarded_server(receiver: Receiver, tried: list[object], **options: object) -> Iterator[SmtpTransport]:
    """Serve whoever signs in with the right password, and count the attempts."""

    def check(server, session, envelope, mechanism, data) -> AuthResult:  # noqa: ANN001
        tried.append((data.login, data.password))
        return AuthResult(success=data.password == "gehéim".encode(), handled=False)

    own = {"authenticator": check, "auth_require_tls": False, "auth_required": True, **options}
    with serving(receiver, **own) as plain:
        yield replace(plain, user="cmr", password_env=PASSWORD)


PASSWORD = "POST_WACHTWOORD"  # noqa: S105 - a name, no password


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("offered", [(), ("PLAIN",)])
def test_the_password_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, offered: tuple[str, ...]
) -> None:
    """And may hold letters outside ASCII; a server may offer no more than LOGIN."""
    tried: list[object] = []
    receiver = Receiver()
    with guarded_server(receiver, tried, auth_exclude_mechanism=offered) as transport:
        with pytest.raises(SignInTransportError) as caught:
            transport.send(MAIL)
        assert PASSWORD in caught.value.for_secretary()
        assert tried == []
        monkeypatch.setenv(PASSWORD, "gehéim")
        transport.send(MAIL)
    assert tried == [(b"cmr", "gehéim".encode())]
    assert len(receiver.arrived) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_refused_sign_in_blames_no_message_and_is_not_hammered_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[object] = []
    receiver = Receiver()
    clock = [0.0]
    with guarded_server(receiver, tried) as plain:
        transport = replace(plain, patience=Patience(lambda: clock[0]))
        monkeypatch.setenv(PASSWORD, "fout")
        for _ in range(18):
            with pytest.raises(TransportError) as caught:
                transport.send(MAIL)
            assert isinstance(caught.value, SignInTransportError)
            assert not isinstance(caught.value, RefusedTransportError)
        assert "(code VERZEND-07)" in caught.value.for_secretary()
        assert len(tried) == 1
        clock[0] = FIRST_WAIT
        with pytest.raises(SignInTransportError):
            transport.send(MAIL)
        assert len(tried) == 2
        monkeypatch.setenv(PASSWORD, "gehéim")
        transport.send(MAIL)
    assert len(receiver.arrived) == 1


def signing_in(*answers: bytes) -> tuple[Callable[[socketserver.StreamRequestHandler], None], list[bytes]]:
    """Offer XOAUTH2, and answer what is said after EHLO in turn."""
    heard: list[bytes] = []

    def act(handler: socketserver.StreamRequestHandler) -> None:
        handler.wfile.write(b"220 hier\r\n")
        handler.rfile.readline()
        handler.wfile.write(b"250-hier\r\n250 AUTH XOAUTH2 PLAIN LOGIN\r\n")
        for answer, line in zip(answers, handler.rfile, strict=False):
            heard.append(line)
            handler.wfile.write(answer)
        handler.rfile.readline()

    return act, heard


def test_a_token_signs_in_with_xoauth2() -> None:
    act, heard = signing_in(b"235 binnen\r\n", b"550 en nu weg\r\n")
    with scripted(act) as plain, pytest.raises(RefusedTransportError):
        replace(plain, user="raad", token=lambda: "sleutel").send(MAIL)
    assert b64decode(heard[0].removeprefix(b"AUTH XOAUTH2 ")) == b"user=raad\x01auth=Bearer sleutel\x01\x01"


def test_a_refused_token_is_told_by_a_challenge_and_not_tried_again() -> None:
    act, heard = signing_in(b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n", b"535 nee\r\n")
    tokens = count()
    with scripted(act) as plain:
        transport = replace(plain, user="raad", token=lambda: str(next(tokens)))
        for _ in range(3):
            with pytest.raises(SignInTransportError):
                transport.send(MAIL)
    assert len(heard) == 2
    assert heard[1] == b"\r\n"


def test_no_token_is_a_refused_sign_in_in_the_words_of_who_gives_it() -> None:
    def no_token() -> str:
        raise OperatorError("expired", wat="Het certificaat is verlopen.", doe="Maak een nieuw.")

    transport = SmtpTransport(host="localhost", port=1, security=Security.GEEN, user="raad", token=no_token)
    with pytest.raises(SignInTransportError) as caught:
        transport.send(MAIL)
    assert caught.value.for_secretary().startswith("Het certificaat is verlopen. Maak een nieuw.")


def test_a_sign_in_that_is_not_possible_now_is_tried_again_at_once() -> None:
    act, _ = signing_in(b"454 straks\r\n")
    with scripted(act) as plain:
        transport = replace(plain, user="raad", token=lambda: "sleutel")
        for _ in range(2):
            with pytest.raises(TransportError) as caught:
                transport.send(MAIL)
            assert not isinstance(caught.value, SignInTransportError | RefusedTransportError)
