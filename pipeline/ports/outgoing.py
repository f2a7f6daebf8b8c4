"""Port for what goes out."""

from typing import Protocol

from pipeline.values import OutgoingMail


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
