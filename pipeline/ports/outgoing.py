"""Port for what goes out."""

from typing import Protocol

from pipeline.values import Address, OutgoingMail


class Transport(Protocol):
    """Hands mail over. The same mail handed over twice by us arrives at most twice, never silently."""

    def prepare(self, mail: OutgoingMail) -> str:
        """Lay a mail ready at the server, unsent.

        Returns:
            What it is known by there, to be written down before it is sent; empty for a transport
            that lays nothing ready.

        Raises:
            TransportError: It certainly did not leave.
            UncertainTransportError: It seems to have left before.
        """

    def send(self, mail: OutgoingMail, draft: str) -> frozenset[str]:
        """Hand a mail over.

        Args:
            mail: The mail.
            draft: What ``prepare`` gave for it.

        Returns:
            Of a mail to several the addresses that were not taken; the others get it. Of a mail to one none.

        Raises:
            TransportError: It certainly did not leave.
            UncertainTransportError: It may have left.
        """

    def was_sent(self, message_id: str, draft: str) -> bool | None:
        """Tell whether a mail left; None when the transport cannot know.

        Args:
            message_id: Without brackets.
            draft: What ``prepare`` gave for it; empty when that was never written down.

        Raises:
            TransportError: It cannot be asked now; ask again later.
        """

    def withdraw(self, message_id: str) -> None:
        """Take away what was laid ready of a mail that goes no more; what left stays.

        Raises:
            TransportError: It cannot be taken away now.
        """


class Drafter(Protocol):
    """Writes a mail for a person to send; nothing leaves."""

    def __call__(self, to: Address, subject: str, text: str, html: str) -> bytes:
        """Write it as a file; raises ``AddressUnusableError`` when it could not be addressed."""
