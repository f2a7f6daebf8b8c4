"""Port for what goes out."""

from typing import Protocol

from pipeline.values import Address, OutgoingMail


class Transport(Protocol):
    """Hands mail over. The same mail handed over twice by us arrives at most twice, never silently."""

    def send(self, mail: OutgoingMail) -> None:
        """Hand a mail over.

        Raises:
            TransportError: It certainly did not leave.
            UncertainTransportError: It may have left.
        """

    def was_sent(self, message_id: str) -> bool | None:
        """Tell whether a mail left; None when the transport cannot know."""


class Drafter(Protocol):
    """Writes a mail for a person to send; nothing leaves."""

    def __call__(self, to: Address, subject: str, text: str, html: str) -> bytes:
        """Write it as a file; raises ``AddressUnusableError`` when it could not be addressed."""
