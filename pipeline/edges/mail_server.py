"""A mail server and who signs in there: what fetching and sending mail have in common.

Reads the password from the environment when it is needed; connects to nothing.
"""

import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.edges.secure import Security, must_be_safe
from pipeline.edges.sign_in import Patience, token_for_mail
from pipeline.errors import OperatorError


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server and who signs in there.

    Attributes:
        host: Name or address of the server.
        port: Its port.
        security: How the connection is protected.
        user: Account.
        password_env: Name of the environment variable that holds the password.
        token: Gives a fresh access token for XOAUTH2; None to sign in with the password.
        timeout: Seconds to wait for each answer.
        tls: Which certificates are trusted; None for those of the system.
        patience: What is known of refused sign-ins, shared by all connections.

    Raises:
        UnsafeTransportError: No protection was chosen for a server elsewhere.
    """

    host: str
    port: int
    security: Security
    user: str
    password_env: str = ""
    token: Callable[[], str] | None = None
    timeout: float
    tls: ssl.SSLContext | None = None
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        """Refuse an unprotected connection to another machine."""
        must_be_safe(self.security, self.host)

    def secret(self, refusal: type[OperatorError], unknown: str) -> str:
        """Give what is signed in with: a fresh token, or the password.

        Args:
            refusal: What is raised when there is none.
            unknown: Dutch sentence for a password that is not there.
        """
        if self.token:
            return token_for_mail(self.token, refusal)
        password = os.environ.get(self.password_env, "")
        if not password:
            raise refusal(
                f"environment variable {self.password_env!r} holds no password",
                wat=unknown,
                doe=f"Zet het in de omgevingsvariabele {self.password_env} en start de dienst opnieuw.",
            )
        return password
