"""Hand mail over to an SMTP server, knowing for each failure whether the mail can have left.

Opens one connection per mail and reads the password from the environment when it needs it. The
line is drawn at the end of the data: until all of it has been given to the connection the
server cannot have accepted the mail; from then on only its answer tells.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pipeline.edges.mail.compose import compose, envelope_address
from pipeline.edges.secure import Security, must_be_safe, trusted
from pipeline.errors import (
    RefusedTransportError,
    TransportError,
    UncertainTransportError,
)
from pipeline.values import OutgoingMail

_READY_FOR_DATA = 354
_ACCEPTED = 250
_ACCEPTED_FOR_FORWARDING = 251
_PERMANENT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTransport:
    """A transport that delivers to an SMTP server.

    Attributes:
        host: Name or address of the server.
        port: Its port.
        security: How the connection is protected.
        user: Account; empty for a server that wants none.
        password_env: Name of the environment variable that holds the password.
        timeout: Seconds to wait for each answer.
        tls: Which certificates are trusted; None for those of the system.

    Raises:
        UnsafeTransportError: No protection was chosen for a server elsewhere.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password_env: str = ""
    timeout: float = 30.0
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        """Refuse an unprotected connection to another machine."""
        must_be_safe(self.security, self.host)

    def prepare(self, mail: OutgoingMail) -> str:  # noqa: ARG002 - the same interface as every transport
        """Lay nothing ready: SMTP knows no drafts."""
        return ""

    def send(self, mail: OutgoingMail, draft: str = "") -> None:  # noqa: ARG002 - idem
        """Deliver a mail.

        Raises:
            AddressUnusableError: An address is not usable.
            RefusedTransportError: The server refused it for good.
            TransportError: It failed; it is certain that it did not leave.
            UncertainTransportError: The connection broke while the server was answering.
        """
        content = compose(mail)
        sender, recipient = envelope_address(mail.sender), envelope_address(mail.to)
        with _certain_failures(mail.message_id):
            connection = self._connect(sender.rpartition("@")[2])
        try:
            with _certain_failures(mail.message_id):
                self._log_in(connection)
                _offer(connection, sender, recipient)
                connection.send(_as_data(content))
            _await_acceptance(connection, mail.message_id)
            _say_goodbye(connection)
        finally:
            connection.close()

    def was_sent(self, message_id: str, draft: str = "") -> bool | None:  # noqa: ARG002 - idem
        """Tell that SMTP does not know: a server cannot be asked what it accepted."""
        return None

    def _connect(self, own_name: str) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=own_name, timeout=self.timeout, context=trusted(self.tls)
            )
        return smtplib.SMTP(self.host, self.port, local_hostname=own_name, timeout=self.timeout)

    def _log_in(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self.security is Security.STARTTLS:
            connection.starttls(context=trusted(self.tls))
            connection.ehlo()
        if self.user:
            connection.login(self.user, self._password())

    def _password(self) -> str:
        password = os.environ.get(self.password_env, "")
        if not password:
            raise TransportError(f"environment variable {self.password_env!r} holds no password")
        return password


@contextmanager
def _certain_failures(message_id: str) -> Iterator[None]:
    """Translate whatever goes wrong before the server has all the data."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _refusal(message_id, error.smtp_code) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise TransportError(f"{message_id} did not leave: {type(error).__name__}") from error


def _refusal(message_id: str, code: int) -> TransportError:
    kind = RefusedTransportError if code >= _PERMANENT else TransportError
    return kind(f"{message_id} was refused with {code}")


def _offer(connection: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Name sender and recipient and ask to send the data; any other answer than yes is an error."""
    for (code, answer), wanted in (
        (connection.mail(sender), (_ACCEPTED,)),
        (connection.rcpt(recipient), (_ACCEPTED, _ACCEPTED_FOR_FORWARDING)),
        (connection.docmd("DATA"), (_READY_FOR_DATA,)),
    ):
        if code not in wanted:
            raise smtplib.SMTPResponseException(code, answer)


def _as_data(content: bytes) -> bytes:
    """Double the dots at the start of lines and add the closing one (RFC 5321, 4.5.2)."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def _await_acceptance(connection: smtplib.SMTP, message_id: str) -> None:
    """Wait for the answer to the data; without an answer nobody knows."""
    try:
        code, _ = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise UncertainTransportError(f"no answer after the data of {message_id}") from error
    if code != _ACCEPTED:
        raise _refusal(message_id, code)


def _say_goodbye(connection: smtplib.SMTP) -> None:
    """End the session; the mail was accepted, so a failure here means nothing."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
