"""What came in: an arrival, the mail or file it is, its parts, and what they say of themselves."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pipeline.values.report import DeliveryReport


class Via(StrEnum):
    """The way by which something came in."""

    POSTBUS = "postbus"
    INKOMEND = "inkomend"


class ReceivedBasis(StrEnum):
    """What the moment of receipt rests on."""

    SERVER = "server"
    RECEIVED_HEADER = "received_header"
    DATE_HEADER = "date_header"
    FILE_NAME = "file_name"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A day that may be the day of receipt.

    Attributes:
        day: The day, Europe/Amsterdam.
        source: Dutch, where it stands, e.g. ``datum in de doorgestuurde mail``.
    """

    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """When something was received, and how sure that is.

    Attributes:
        at: The instant, aware UTC.
        basis: What it rests on.
        confirmed: False for a drop or a forwarded mail: a person has yet to say which day counts.
        candidates: Every day that may be meant, at least one, the day of ``at`` included.
    """

    at: datetime
    basis: ReceivedBasis
    confirmed: bool
    candidates: tuple[DateCandidate, ...]

    @property
    def earliest(self) -> date:
        """Day from which a term counts in which the council must act."""
        return min(candidate.day for candidate in self.candidates)

    @property
    def latest(self) -> date:
        """Day from which a term counts in which the board must act."""
        return max(candidate.day for candidate in self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that came in: a mail or a file, claimed and kept as it was.

    Attributes:
        key: Stable identity within the source: the same thing seen again has the same key.
        via: The way by which it came.
        name: Original file name, as given; never used as a path.
        sha256: Digest of the original bytes.
        size_bytes: Length of the original.
        received: When it was received.
        message_id: Of a mail, without brackets; empty for a file and until it was taken apart.
        content: Digest of what it says (see ``intake.identity``): the same mail by another way has
            the same one; empty until it was taken apart.
    """

    key: str
    via: Via
    name: str
    sha256: str
    size_bytes: int
    received: Received
    message_id: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mail address with the name beside it.

    Attributes:
        email: Lower case, without angle brackets; may be empty when only a name is known.
        name: Display name, one line; may be empty.
    """

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedOrigin:
    """What the header block of a forwarded mail says of the original.

    Attributes:
        sender: Who wrote the original, if named.
        sent_on: Day on which it was sent, if a date could be read.
        subject: Its subject, may be empty.
    """

    sender: Address | None
    sent_on: date | None
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWithin:
    """A mail that came along whole in another.

    Attributes:
        number: Its place in the tree.
        origin: What its own header says.
    """

    number: str
    origin: ForwardedOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A digital signature, as far as it can be checked without asking anybody outside.

    Who the signer really is, is not vouched for: no list of trusted authorities is consulted.

    Attributes:
        signer: Name in the certificate; may be empty.
        signed_at: When, as the signer's own clock says, aware UTC; None when it does not say.
        intact: What was signed has not been changed.
        changed_since: Something was added to the document after it was signed.
    """

    signer: str
    signed_at: datetime | None
    intact: bool
    changed_since: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail as far as its header and own text go; the parts are separate.

    Attributes:
        message_id: Without angle brackets; empty when the mail has none.
        sender: From; None when the header is missing or unreadable.
        recipients: To and Cc, in order.
        subject: One line, decoded; may be empty.
        sent_at: From the ``Date`` header, UTC; None when missing or unreadable.
        received_at: From the topmost ``Received`` header, UTC; None when there is none.
        references: Message-IDs from ``In-Reply-To`` and ``References``, without brackets.
        machine: Dutch reason why this is machine mail (auto-reply, delivery report, calendar
            answer); empty when it is not.
        bulk: True with ``List-Unsubscribe``, ``List-Id`` or ``Precedence: bulk``.
        authentication: Raw ``Authentication-Results`` headers, topmost first.
        own_text: What the sender wrote now: without quoted layers, signature and disclaimer.
        full_text: The whole plain text of the body.
        forwarded: The original of a forwarded mail, if this is one.
        defects: English notes on what was wrong with the mail and was survived.
        signatures: Digital signatures (S/MIME) on the mail; for information only.
        trace: ``Received`` and ``Authentication-Results`` with their names, raw, topmost first.
        machine_within: Numbers of the mails that came along whole and were written by a machine.
        report: What this machine mail tells of a message of ours; None for any other mail.
        within: The mails that came along whole, at any depth, in order.
    """

    message_id: str
    sender: Address | None
    recipients: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    references: tuple[str, ...]
    machine: str
    bulk: bool
    authentication: tuple[str, ...]
    own_text: str
    full_text: str
    forwarded: ForwardedOrigin | None
    defects: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    trace: tuple[str, ...] = ()
    machine_within: tuple[str, ...] = ()
    reports: tuple[DeliveryReport, ...] = ()
    within: tuple[MailWithin, ...] = ()

    def seen_from(self, mail: str) -> "Message":
        """Give this mail as a part of one that came along in it sees it: with that one's own origin.

        A part of the mail itself is passed on from nobody when several mails came along.

        Args:
            mail: Number of the mail that came along; empty for the mail itself.
        """
        origins = {one.number: one.origin for one in self.within}
        if mail in origins:
            return replace(self, forwarded=origins[mail], subject=origins[mail].subject or self.subject)
        is_one_of_more = len(origins) > 1 and self.forwarded in origins.values()
        return replace(self, forwarded=None) if is_one_of_more else self


class Disposition(StrEnum):
    """The place a part has in its mail."""

    BODY = "body"
    INLINE = "inline"
    ATTACHMENT = "attachment"
    CONTAINER = "container"
    FILE = "file"
    """The thing is a file by itself, not part of a mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf or container of an arrival.

    Attributes:
        number: Place in the tree, ``1``, ``2.1`` … as MIME counts them; ``0`` for a plain file.
        name: File name as given, one line; empty when it has none. Never used as a path.
        content_type: Lower case, as declared; when its sender did not know, as its bytes tell;
            ``application/octet-stream`` when nobody knows.
        disposition: Its place in the mail.
        content_id: Without brackets, empty when none.
        sha256: Digest of the decoded bytes.
        size_bytes: Length of the decoded bytes.
        problem: Dutch sentence why what it holds cannot be taken out; empty when it can, or when it
            holds nothing else.
    """

    number: str
    name: str
    content_type: str
    disposition: Disposition
    content_id: str
    sha256: str
    size_bytes: int
    problem: str = ""

    @property
    def is_signature(self) -> bool:
        """True for the digital signature that a mail carries beside its text."""
        return self.content_type in _SIGNATURE_TYPES


_SIGNATURE_TYPES = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)


class PartVerdict(StrEnum):
    """What a part is; every part has exactly one."""

    PAPER = "paper"
    BODY_IS_LETTER = "body_is_letter"
    COVERING_NOTE = "covering_note"
    SIGNATURE_PICTURE = "signature_picture"
    CALENDAR = "calendar"
    MACHINE_MAIL = "machine_mail"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    CONTAINER = "container"
    OTHER = "other"


class Obstacle(StrEnum):
    """Why a file cannot be read here; what a person can do follows from it."""

    NONE = ""
    PASSWORD = "password"  # noqa: S105 - the name of an obstacle
    DAMAGED = "damaged"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    """There may be pictures in it, but no words."""
    ENCRYPTED_MAIL = "encrypted_mail"
    PACKED = "packed"
    ELSEWHERE = "elsewhere"
    """It is a piece of something, or points to it."""
    PROGRAM = "program"
    RECORDING = "recording"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read of a document.

    Attributes:
        text: Plain text, lines end with a line feed; empty when there is none.
        pages: Number of pages; 0 when that has no meaning (a text, a mail body).
        problem: Dutch sentence why it cannot be read; empty when it could.
        title: The document's own title (metadata or first heading), may be empty.
        scanned: Pages (1-based) that are pictures: without text of their own, or read by OCR.
        certainty: How sure the OCR is of its words, 0 to 1; 1 when nothing was read by OCR.
        signatures: Digital signatures on the document; for information only.
        page_starts: Where in ``text`` each page begins, in order; empty when that is not known.
        unread: Dutch sentences on what of it was not read though the rest was; empty when all was.
        obstacle: Why it cannot be read, as far as that is known.
    """

    text: str
    pages: int = 0
    problem: str = ""
    title: str = ""
    scanned: tuple[int, ...] = ()
    certainty: float = 1.0
    signatures: tuple[Signature, ...] = ()
    page_starts: tuple[int, ...] = ()
    unread: str = ""
    obstacle: Obstacle = Obstacle.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text says about itself; None and empty mean "not found".

    Attributes:
        document_date: Date of the letter.
        answer_date: Day by which the sender wants an answer.
        decision_date: Day on which a decision was, or will be, taken.
        sender: Lower-case address, else the name under the letter.
        addressee: Body that is addressed, as written (``GMR``, ``de medezeggenschapsraad``).
        subject: What it is about, without RE:/FW:/Betreft: and without the name of the kind.
        reference: The sender's own reference (kenmerk).
        signed: Name that goes with ``sender``: beside its address, else under the letter.
    """

    document_date: date | None = None
    answer_date: date | None = None
    decision_date: date | None = None
    sender: str = ""
    addressee: str = ""
    subject: str = ""
    reference: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A part with its verdict, and its text when it has been read.

    Attributes:
        part: The part.
        verdict: What it is.
        reason: Dutch, why it got that verdict.
        reading: Its text; None for parts that are not papers or letters.
        facts: What the text says about itself.
        mail: Number of the mail it belongs to that came along whole; empty for the mail itself.
        obstacle: Why it cannot be read, as far as that is known.
        came_before: The same was handed in before, apart from this; a second version beside it is not that.
    """

    part: Part
    verdict: PartVerdict
    reason: str
    reading: Reading | None = None
    facts: Facts = field(default_factory=Facts)
    mail: str = ""
    obstacle: Obstacle = Obstacle.NONE
    came_before: bool = False

    @property
    def is_paper(self) -> bool:
        """True for what must be classified and filed (or held)."""
        return self.verdict in (PartVerdict.PAPER, PartVerdict.BODY_IS_LETTER)

    @property
    def is_empty_file(self) -> bool:
        """True for a file that came by itself and in which there is nothing."""
        return self.verdict is PartVerdict.EMPTY and self.part.disposition is Disposition.FILE

    @property
    def is_called_annex(self) -> bool:
        """True when its file name says that it is an annex to something else."""
        return _ANNEX_NAME.match(self.part.name) is not None

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Digital signatures on it."""
        return self.reading.signatures if self.reading else ()


_ANNEX_NAME = re.compile(r"(?i)\W{0,3}(?:bijlagen?|annex|appendix)\b")
