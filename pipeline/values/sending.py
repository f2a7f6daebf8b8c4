"""A sending that was approved, and each message of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.values.arrival import Address
from pipeline.values.parcel import Link, Parcel, SentFile
from pipeline.values.report import Outcome


class DispatchState(StrEnum):
    """Where a message to one person stands."""

    GEPLAND = "gepland"
    BEZIG = "bezig"
    VERZONDEN = "verzonden"
    AFDRUK = "afdruk"
    AANGEHOUDEN = "aangehouden"
    MOGELIJK_VERZONDEN = "mogelijk_verzonden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One message to one person.

    Attributes:
        id: Stable; also the local part of the Message-ID.
        member: Name.
        to: Address; empty for paper or when missing.
        edition: Edition it carries.
        file: Name of the attached file.
        sha256: Digest of the attached file.
        state: Where it stands.
        reason: Dutch, why it is held or printed; may be empty.
        draft: What the transport knows it by while it lies ready there; empty when it does not.
        sent_at: When it was begun to be handed over, UTC; None until then.
        outcome: What became of it after it was handed over; None while nothing came back.
        outcome_detail: What the server or mailbox said of that; may be empty.
        part: 1-based number of the part it carries; 0 = everything in one file.
        parts: How many messages this person gets; 0 = everything in one file.
        protected: It opens with her own password only; her copy is made just before it leaves.
        named: Her name stands on every page; her copy is made just before it leaves.
        within: Id of the message to several in which it goes along; empty = it goes by itself.
        shared: This is such a message to several, each in bcc; each of them has a row of its own.
        linked: It carries a link to the file in place of the file itself.
    """

    id: str
    member: str
    to: str
    edition: str
    file: str
    sha256: str
    state: DispatchState
    reason: str = ""
    draft: str = ""
    sent_at: datetime | None = None
    outcome: Outcome | None = None
    outcome_detail: str = ""
    part: int = 0
    parts: int = 0
    protected: bool = False
    named: bool = False
    within: str = ""
    shared: bool = False
    linked: bool = False

    @property
    def is_personal(self) -> bool:
        """True when it carries a copy made for this person alone; its digest is empty until then."""
        return self.protected or self.named

    @property
    def is_undecided(self) -> bool:
        """True while it may still leave."""
        return self.state in (DispatchState.GEPLAND, DispatchState.BEZIG)

    @property
    def bounced(self) -> bool:
        """True when it came back: the member does not have it."""
        return self.outcome is Outcome.NIET_BEZORGD


class SendPurpose(StrEnum):
    """Why something is sent."""

    LEDEN = "leden"
    PROEF = "proef"
    VOORZITTER = "voorzitter"
    BRIEF = "brief"
    """A letter of the council, to the board."""
    DIENST = "dienst"
    """What the service itself tells the secretary, and when it cannot wait chair and deputy."""


class SendingState(StrEnum):
    """Where a sending stands."""

    AANGEKONDIGD = "aangekondigd"
    BEZIG = "bezig"
    VERZONDEN = "verzonden"
    GEANNULEERD = "geannuleerd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Something that was approved, on its way to everybody who may have it.

    Attributes:
        id: Stable: the same concept, approved again after a cancellation, gets another one.
        meeting: Name of the meeting folder; of a letter and a notice the dossier, or the day.
        purpose: To the members, a concept to one person, a letter, or a notice of the service.
        edition: Name of the edition; of a letter and a notice the name of its template.
        concept: sha256 of the approved file; empty for a notice.
        manifest: What the approval binds; empty for a letter and a notice.
        place: Where the approved file lies, inside the meeting folder or ``Brieven/``.
        notice: Name of the announcement file beside it, empty when there is none.
        due: Instant before which it can be cancelled, UTC.
        state: Where it stands.
        file: Name of the final PDF in ``Verstuurd/``, empty until it is made.
        final_sha256: Digest of that PDF, empty until it is made.
        parcel: How it travels by mail; None when that was never weighed.
        sent: The files made of the final PDF that are mailed in its place; empty = itself.
        link: Where the final PDF can be fetched; None when it goes along, or that was not decided yet.
    """

    id: str
    meeting: str
    purpose: SendPurpose
    edition: str
    concept: str
    manifest: str
    place: str
    notice: str
    due: datetime
    state: SendingState
    file: str = ""
    final_sha256: str = ""
    parcel: Parcel | None = None
    sent: tuple[SentFile, ...] = ()
    link: Link | None = None

    @property
    def goes_as_link(self) -> bool:
        """True when a link to the final PDF is mailed."""
        return self.parcel is not None and self.parcel.is_link

    @property
    def files(self) -> tuple[SentFile, ...]:
        """The files that are mailed, one a message."""
        return self.sent or self.whole

    @property
    def whole(self) -> tuple[SentFile, ...]:
        """The final PDF as the one file."""
        return (SentFile(name=self.file, sha256=self.final_sha256),)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A mail ready to be handed to a transport.

    Attributes:
        message_id: Without brackets; the same mail always has the same one.
        sender: From.
        to: The one recipient; None for a mail to those in ``bcc``.
        reply_to: Where answers go.
        subject: One line.
        text: Plain text body.
        html: HTML body.
        attachment_path: Absolute path of the file, empty for none.
        attachment_name: Name the recipient sees.
        linked_path: Absolute path of the file that the text links to, empty for none; it never goes along.
        sent_at: Date header, aware.
        bcc: Who gets it unseen by each other.
    """

    message_id: str
    sender: Address
    to: Address | None
    reply_to: Address
    subject: str
    text: str
    html: str
    attachment_path: str
    attachment_name: str
    sent_at: datetime
    bcc: tuple[Address, ...] = ()
    linked_path: str = ""

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody who gets it."""
        return (self.to, *self.bcc) if self.to else self.bcc
