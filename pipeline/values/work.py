"""Units of work, and lines of the journal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobKind(StrEnum):
    """The units of work; each is a row in the journal."""

    ARRIVAL = "arrival"
    DECISION = "decision"
    UNDO = "undo"
    LETTER = "letter"
    MEETING = "meeting"
    APPROVAL = "approval"
    SENDING = "sending"
    MESSAGE = "message"
    CLOSING = "closing"
    PROOF = "proof"
    LINK_END = "link_end"
    OVERVIEW = "overview"
    CASE = "case"
    CARD = "card"
    NEW_CASES = "new_cases"
    DIVISION = "division"
    LOOSE_PHOTOS = "loose_photos"
    LETTER_APPROVAL = "letter_approval"
    LETTER_SENDING = "letter_sending"
    LETTER_MESSAGE = "letter_message"
    NOTICE = "notice"
    ROUND = "round"
    RECONCILE = "reconcile"
    LEARN = "learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A unit of work.

    Attributes:
        key: The same work has the same key; a key is worked off once.
        kind: What is to be done.
        subject: Id of what it is done to.
        detail: Second id, when one is not enough; may be empty.
        due: Not before this instant of the legal clock, UTC.
    """

    key: str
    kind: JobKind
    subject: str
    detail: str = ""
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """Work that has failed so far: what, and why in Dutch."""

    job: Job
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of the journal.

    Attributes:
        seq: 1-based.
        at: Instant, UTC.
        event: Stable English name.
        subject: Ids only.
        text: Dutch text; empty when it has been erased.
    """

    seq: int
    at: datetime
    event: str
    subject: str
    text: str
