"""How a connection to a mail server is protected, and whom it is trusted to be.

Without protection only to this machine itself. A server that does not offer the protection that was
chosen is an error of whoever connects; nothing here ever goes on without it.
"""

import ssl
from enum import StrEnum
from ipaddress import ip_address

from pipeline.errors import UnsafeTransportError


class Security(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    GEEN = "geen"


def must_be_safe(security: Security, host: str) -> None:
    """Refuse an unprotected connection to another machine.

    Raises:
        UnsafeTransportError: No protection was chosen for a server elsewhere.
    """
    if security is Security.GEEN and not is_loopback(host):
        raise UnsafeTransportError("security 'geen' is for loopback hosts only")


def is_loopback(host: str) -> bool:
    """Tell whether a name or address is this machine itself; a name is never looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def trusted(tls: ssl.SSLContext | None) -> ssl.SSLContext:
    """Give which certificates are trusted: those given, else those of the system."""
    return tls or ssl.create_default_context()
