"""Connecting to an IMAP server and signing in, and what its failures mean.

TLS is always verified. A server without the protection that was chosen is refused before anything is
signed in with. What a server or IMAPClient says is never put in a message or the log: it may hold
addresses; so IMAPClient's own log, which holds whole mails, is kept silent.
"""

import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from pipeline.edges.mail_server import MailServer
from pipeline.edges.secure import Security, trusted
from pipeline.errors import PostbusAwayError, SignInRefusedError

logging.getLogger("imapclient").setLevel(logging.WARNING)

_FOR_NOW = re.compile(r"\[(?:UNAVAILABLE|LIMIT|INUSE|SERVERBUG|CONTACTADMIN)\b", re.IGNORECASE)
"""Codes with which a server refuses a sign-in for reasons of its own (RFC 5530), not for the password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer(MailServer):
    """An IMAP server and who signs in there."""

    timeout: float = 60.0

    def connect(self) -> IMAPClient:
        """Open a connection and sign in.

        Raises:
            SignInRefusedError: The server refused, now or so short a while ago that it is not asked again.
            PostbusAwayError: It cannot be reached, or is not who it should be.
        """
        secret = self.secret(SignInRefusedError, _NOT_KNOWN)
        with self.patience.attempt("" if self.token else secret, SignInRefusedError), reaching():
            client = self._open()
            try:
                self._protect(client)
                self._sign_in(client, secret)
            except BaseException:
                hang_up(client)
                raise
        return client

    def _open(self) -> IMAPClient:
        direct = self.security is Security.TLS
        client = IMAPClient(
            self.host,
            port=self.port,
            ssl=direct,
            ssl_context=trusted(self.tls) if direct else None,
            timeout=SocketTimeout(connect=min(self.timeout, 30.0), read=self.timeout),
        )
        client.normalise_times = False
        client._imap.debug = 0  # noqa: SLF001  # it would write every mail out for a log that is off
        return client

    def _protect(self, client: IMAPClient) -> None:
        if self.security is not Security.STARTTLS:
            return
        if not client.has_capability("STARTTLS"):
            raise PostbusAwayError("server without STARTTLS", wat=_UNPROTECTED, doe=_TO_OPERATOR)
        client.starttls(trusted(self.tls))

    def _sign_in(self, client: IMAPClient, secret: str) -> None:
        try:
            if self.token:
                client.oauth2_login(self.user, secret)
            elif client.has_capability("AUTH=PLAIN"):
                client.plain_login(self.user, secret)
            else:
                client.login(self.user, secret)
        except LoginError as error:
            if isinstance(error.__context__, IMAPClientAbortError):
                raise error.__context__ from error
            if _FOR_NOW.search(str(error)):
                raise PostbusAwayError("sign-in not possible now", wat=_NOT_NOW, doe=_BY_ITSELF) from error
            raise SignInRefusedError("sign-in refused") from error


def hang_up(client: IMAPClient) -> None:
    """Close a connection, whatever its state."""
    with suppress(IMAPClientError, OSError, ValueError):
        client.shutdown()


def was_lost(fault: BaseException) -> bool:
    """Tell whether a failure was that of the connection, so that a new one may help."""
    return isinstance(fault.__cause__, IMAPClientAbortError | OSError)


@contextmanager
def reaching() -> Iterator[None]:
    """Translate whatever goes wrong on the way to the server and back.

    Raises:
        PostbusAwayError: With the cause in Dutch.
    """
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise PostbusAwayError(
            f"certificate not trusted: {error.verify_message}", wat=_WRONG_CERTIFICATE, doe=_TO_OPERATOR
        ) from error
    except ssl.SSLError as error:
        raise PostbusAwayError(f"TLS failed: {error.reason}", wat=_UNPROTECTED, doe=_TO_OPERATOR) from error
    except (OSError, IMAPClientAbortError) as error:
        raise PostbusAwayError(
            f"mail server not reached: {type(error).__name__}", wat=_UNREACHABLE, doe=_BY_ITSELF
        ) from error
    except (IMAPClientError, ValueError, LookupError, AttributeError) as error:
        raise PostbusAwayError(
            f"mail server gave no usable answer: {type(error).__name__}", wat=_REFUSED, doe=_BY_ITSELF
        ) from error


_UNREACHABLE = "De mailserver waar de post binnenkomt is niet bereikbaar."
_WRONG_CERTIFICATE = (
    "Het certificaat van de mailserver waar de post binnenkomt klopt niet; er is niet aangemeld."
)
_NOT_KNOWN = "Het wachtwoord van de postbus is niet bekend bij de dienst."
_UNPROTECTED = "De mailserver waar de post binnenkomt biedt geen beveiligde verbinding; er is niet aangemeld."
_NOT_NOW = "De mailserver waar de post binnenkomt kan de dienst nu niet toelaten."
_REFUSED = "De mailserver waar de post binnenkomt weigert een opdracht van de dienst."
_BY_ITSELF = "De dienst probeert het vanzelf opnieuw; er gaat niets verloren."
_TO_OPERATOR = "Laat de beheerder de mailserver en [imap] in dienst.toml nakijken; er gaat niets verloren."
