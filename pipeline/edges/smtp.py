"""Hand mail over to an SMTP server, knowing for each failure whether the mail can have left.

Opens one connection per mail and reads the password from the environment when it needs it. The
line is drawn at the end of the data: until all of it has been given to the connection the
server cannot have accepted the mail; from then on only its answer tells. A server without the
protection that was chosen gets neither password nor mail; one that tells how much it takes is not
offered more. One way of signing in is tried, once: a refusal is no fault of the message.
"""

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pipeline.edges.mail.compose import compose, envelope, envelope_address
from pipeline.edges.mail_server import MailServer
from pipeline.edges.secure import Security, trusted
from pipeline.errors import (
    RefusedTransportError,
    SignInTransportError,
    TooLargeTransportError,
    TransportError,
    UncertainTransportError,
)
from pipeline.values import OutgoingMail

_READY_FOR_TLS = 220
_SIGNED_IN = 235
_CHALLENGED = 334
_TOO_LARGE = 552
_READY_FOR_DATA = 354
_ACCEPTED = 250
_TAKEN = (_ACCEPTED, 251)
"""Answers of a server that takes a recipient: its own, or to be forwarded."""
_PERMANENT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTransport(MailServer):
    """A transport that delivers to an SMTP server; one that wants no sign-in has an empty ``user``."""

    user: str = ""
    timeout: float = 30.0

    def prepare(self, mail: OutgoingMail) -> str:  # noqa: ARG002 - the same interface as every transport
        """Lay nothing ready: SMTP knows no drafts."""
        return ""

    def send(self, mail: OutgoingMail, draft: str = "") -> frozenset[str]:  # noqa: ARG002 - idem
        """Deliver a mail; of several recipients those whom the server does not take now are left out.

        Raises:
            AddressUnusableError: An address is not usable.
            TooLargeTransportError: It is larger than the server takes.
            RefusedTransportError: The server refused it for good.
            SignInTransportError: The server does not let us in, now or a short while ago.
            TransportError: It failed; it is certain that it did not leave.
            UncertainTransportError: The connection broke while the server was answering.
        """
        data = _as_data(compose(mail))
        sender, (recipients, unusable) = envelope_address(mail.sender), envelope(mail)
        with _certain_failures(mail.message_id):
            connection = self._signed_in(sender.rpartition("@")[2])
        try:
            with _certain_failures(mail.message_id):
                refused = _offer(connection, sender, recipients, len(data))
                connection.send(data)
            _await_acceptance(connection, mail.message_id)
            _say_goodbye(connection)
        finally:
            connection.close()
        offered = (one for one in mail.bcc if one.email not in unusable)
        return unusable | {one.email for one in offered if envelope_address(one) in refused}

    def withdraw(self, message_id: str) -> None:
        """Take nothing away: nothing was laid ready."""

    def was_sent(self, message_id: str, draft: str = "") -> bool | None:  # noqa: ARG002 - idem
        """Tell that SMTP does not know: a server cannot be asked what it accepted."""
        return None

    def _signed_in(self, own_name: str) -> smtplib.SMTP:
        """Open a connection on which mail can be offered."""
        secret = self.secret(SignInTransportError, _NOT_KNOWN) if self.user else ""
        with self.patience.attempt("" if self.token else secret, SignInTransportError):
            connection = self._connect(own_name)
            try:
                self._protect(connection)
                if self.user:
                    self._sign_in(connection, secret)
            except BaseException:
                connection.close()
                raise
        return connection

    def _connect(self, own_name: str) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=own_name, timeout=self.timeout, context=trusted(self.tls)
            )
        return smtplib.SMTP(self.host, self.port, local_hostname=own_name, timeout=self.timeout)

    def _protect(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self.security is Security.STARTTLS:
            try:
                code, _ = connection.starttls(context=trusted(self.tls))
            except smtplib.SMTPNotSupportedError:
                code = 0
            if code != _READY_FOR_TLS:
                raise TransportError("server without STARTTLS", wat=_UNPROTECTED, doe=_TO_OPERATOR)
            connection.ehlo()

    def _sign_in(self, connection: smtplib.SMTP, secret: str) -> None:
        """Sign in in the first way that the server offers, once.

        Raises:
            SignInTransportError: It was refused; other answers are errors of ``smtplib``.
        """
        offered = connection.esmtp_features.get("auth", "").upper().split()
        if self.token:
            code, answer = _sign_in_by(
                connection, "XOAUTH2", f"user={self.user}\x01auth=Bearer {secret}\x01\x01"
            )
        elif "PLAIN" in offered:
            code, answer = _sign_in_by(connection, "PLAIN", f"\0{self.user}\0{secret}")
        elif "LOGIN" in offered:
            connection.docmd("AUTH", "LOGIN")
            connection.docmd(_encoded(self.user))
            code, answer = connection.docmd(_encoded(secret))
        else:
            raise smtplib.SMTPNotSupportedError
        if code >= _PERMANENT:
            raise SignInTransportError(f"sign-in refused with {code}")
        if code != _SIGNED_IN:
            raise smtplib.SMTPConnectError(code, answer)


def _sign_in_by(connection: smtplib.SMTP, mechanism: str, response: str) -> tuple[int, bytes]:
    """Sign in with one answer; a challenge after it only tells why not, and is answered with nothing."""
    code, answer = connection.docmd("AUTH", f"{mechanism} {_encoded(response)}")
    return connection.docmd("") if code == _CHALLENGED else (code, answer)


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


@contextmanager
def _certain_failures(message_id: str) -> Iterator[None]:
    """Translate whatever goes wrong before the server has all the data."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _refusal(message_id, error.smtp_code) from error
    except ssl.SSLError as error:
        raise TransportError(
            f"TLS failed: {type(error).__name__}", wat=_NOT_TRUSTED, doe=_TO_OPERATOR
        ) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise TransportError(f"{message_id} did not leave: {type(error).__name__}") from error


def _refusal(message_id: str, code: int) -> TransportError:
    kind = RefusedTransportError if code >= _PERMANENT else TransportError
    return kind(f"{message_id} was refused with {code}")


def _offer(connection: smtplib.SMTP, sender: str, recipients: tuple[str, ...], size: int) -> frozenset[str]:
    """Name sender, size and recipients and ask to send the data; any other answer than yes is an error.

    Returns:
        Whom the server does not take, when it takes others.
    """
    told = connection.esmtp_features.get("size")
    most = int(told) if told and told.isdecimal() else 0
    if most and size > most:
        raise TooLargeTransportError(f"a mail of {size} bytes, the server takes {most}")
    options = [f"SIZE={size}"] if told is not None else []
    code, answer = connection.mail(sender, options)
    if code == _TOO_LARGE:
        raise TooLargeTransportError(f"a mail of {size} bytes is too large for the server")
    _must_be(code, answer, _ACCEPTED)
    answers = {recipient: connection.rcpt(recipient) for recipient in recipients}
    refused = {recipient for recipient, (code, _) in answers.items() if code not in _TAKEN}
    if refused == set(recipients):
        _must_be(*answers[recipients[0]], *_TAKEN)
    _must_be(*connection.docmd("DATA"), _READY_FOR_DATA)
    return frozenset(refused)


def _must_be(code: int, answer: bytes, *wanted: int) -> None:
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, answer)


def _as_data(content: bytes) -> bytes:
    """Double the dots at the start of lines and add the closing one (RFC 5321, 4.5.2)."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    if b"\n." in ended or ended.startswith(b"."):
        ended = re.sub(rb"(?m)^\.", b"..", ended)
    return ended + b".\r\n"


def _await_acceptance(connection: smtplib.SMTP, message_id: str) -> None:
    """Wait for the answer to the data; without an answer nobody knows."""
    try:
        code, _ = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise UncertainTransportError(f"no answer after the data of {message_id}") from error
    if code == _TOO_LARGE:
        raise TooLargeTransportError(f"{message_id} is too large for the server")
    if code != _ACCEPTED:
        raise _refusal(message_id, code)


def _say_goodbye(connection: smtplib.SMTP) -> None:
    """End the session; the mail was accepted, so a failure here means nothing."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()


_NOT_KNOWN = "Het wachtwoord voor verzending is niet bekend bij de dienst; er is niets verzonden."
_UNPROTECTED = "De mailserver voor verzending biedt geen beveiligde verbinding; er is niets verzonden."
_NOT_TRUSTED = (
    "De beveiligde verbinding met de mailserver voor verzending lukt niet, of het certificaat klopt niet; "
    "er is niets verzonden."
)
_TO_OPERATOR = "Laat de beheerder de mailserver en [verzending] in dienst.toml nakijken."
