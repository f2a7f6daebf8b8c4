"""What comes back of a message that was sent: a report of a mail server, or an automatic answer."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a message after it was handed over."""

    BEZORGD = "bezorgd"
    VERTRAAGD = "vertraagd"
    AFWEZIG = "afwezig"
    """It arrived; the member's mailbox answered by itself that she is away."""
    NIET_BEZORGD = "niet_bezorgd"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a mail tells of a message of ours to one recipient.

    Attributes:
        message_id: Of the message it tells of, without brackets.
        outcome: What became of it.
        detail: What the server says, one line, in its own words; may be empty.
        recipients: Addresses of the one recipient it tells of, lower case, the one we wrote to first; none
            when it does not say.
    """

    message_id: str
    outcome: Outcome
    detail: str
    recipients: tuple[str, ...] = ()
