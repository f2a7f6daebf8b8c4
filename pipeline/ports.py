"""What the stages need from outside, as a few Protocols, each with its promises.

``edges/`` keeps these promises; ``wiring.py`` brings both together. Everything may raise the
errors of ``errors.py`` and no others. Instants are aware UTC, digests are lower-case sha256.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from pipeline.contexts import Context
from pipeline.values import (
    Arrival,
    BuiltBundle,
    Deadline,
    Dispatch,
    Document,
    Dossier,
    Entry,
    FailedJob,
    Filed,
    HeldPaper,
    Job,
    JournalLine,
    Meeting,
    MeetingDate,
    Member,
    Message,
    OutgoingMail,
    Override,
    Part,
    Procedure,
    Reading,
    Sending,
)

# --- what comes in ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PostbusItem:
    """A mail that waits in the mailbox.

    Attributes:
        key: Stable identity: the same mail keeps it, whatever its flags.
        path: Where it lies.
        name: Its file name.
        server_time: When the server received it; None when the mailbox does not know.
    """

    key: str
    path: Path
    name: str
    server_time: datetime | None


class Postbus(Protocol):
    """The mailbox. Nothing is removed from it before the journal says so."""

    def list_new(self) -> tuple[PostbusItem, ...]:
        """List the mails that have not been acknowledged, in a stable order."""

    def read(self, item: PostbusItem) -> bytes:
        """Read a mail as it came."""

    def acknowledge(self, item: PostbusItem) -> None:
        """Put a mail away as done; doing so twice is harmless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartContent:
    """A part with its decoded bytes; of a multipart there are none, of an embedded mail its raw bytes."""

    part: Part
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An arrival taken apart.

    Attributes:
        message: Header and own text of a mail; None for a file that came by itself.
        parts: All parts in reading order, at least one.
    """

    message: Message | None
    parts: tuple[PartContent, ...]


class Opener(Protocol):
    """Takes an arrival apart; never raises, whatever it looks like."""

    def __call__(self, content: bytes, name: str) -> Opened:
        """Take a mail apart, or make the one part of a file."""


class TextReader(Protocol):
    """Reads the text of a document; what cannot be read comes back with ``problem`` set."""

    def __call__(self, content: bytes, name: str, content_type: str = "") -> Reading:
        """Read a document by what it is, not by what its name says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A dropped file that is ours now: its key, original name, path and moment of the drop."""

    key: str
    name: str
    path: Path
    dropped_at: datetime


class WorkFolder(Protocol):
    """The werkmap. Nothing is concluded from it before ``check`` has passed."""

    root: Path

    def check(self) -> None:
        """Make sure the werkmap is there and ours."""

    def path(self, *steps: str) -> Path:
        """Give the absolute path of a place inside it."""

    def listing(self, place: str, *, digests: bool = False) -> tuple[Entry, ...]:
        """List everything below a place, sorted by path."""

    def is_complete(self, path: Path) -> bool:
        """Tell whether a dropped file is finished."""

    def claim(self, path: Path, now: datetime) -> str:
        """Take a dropped file by renaming it into our own folder; gives the key it will arrive under."""

    def claimed(self) -> tuple[Claimed, ...]:
        """List what was claimed and not released, oldest first."""

    def release(self, claimed: Claimed) -> None:
        """Remove a claimed file: its bytes are kept elsewhere now."""

    def sweep_empty(self, place: str) -> None:
        """Remove the empty folders below a place."""


class Originals(Protocol):
    """Every byte that ever came in, by digest; never changed, kept again without harm."""

    def keep(self, content: bytes, sha256: str) -> None:
        """Keep bytes, flushed to disk when this returns."""

    def keep_file(self, source: Path, sha256: str) -> None:
        """Keep a file, checked after copying."""

    def path(self, sha256: str) -> Path:
        """Tell where an original lies."""

    def read(self, sha256: str) -> bytes:
        """Read an original."""


class Disk(Protocol):
    """Writing so that a crash leaves the old or the new file, never half of one."""

    def write(self, target: Path, content: bytes) -> None:
        """Write a file; one that already holds these bytes is left alone."""

    def copy(self, source: Path, target: Path, sha256: str) -> None:
        """Copy a file and read it back; one that is already right is left alone."""

    def move(self, source: Path, target: Path) -> None:
        """Move a file within one disk."""

    def remove(self, path: Path) -> None:
        """Remove a file; gone already is fine."""

    def remove_folder_if_empty(self, path: Path) -> None:
        """Remove a folder when nothing lies in it."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and its parents."""

    def sha256_of(self, path: Path) -> str:
        """Digest a file."""


# --- what is made ----------------------------------------------------------------------


class Templates(Protocol):
    """Word and mail templates; the council's own go before ours. Outside text stays text."""

    def render(self, name: str, context: Context, out: Path) -> None:
        """Fill a Word template; the same context gives the same bytes."""

    def render_mail(self, name: str, context: Context) -> tuple[str, str]:
        """Fill a mail template: plain text and HTML."""

    def fingerprint(self, name: str) -> str:
        """Digest a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a PDF was made."""

    by: Literal["libreoffice", "dxpdf", "direct"]


class Converter(Protocol):
    """Turns a document into PDF, by what it is; raises ``UnreadableError`` when it cannot."""

    @property
    def available(self) -> bool:
        """True when LibreOffice can be used."""

    def to_pdf(self, source: Path, name: str, out: Path) -> Made:
        """Make a PDF of a document; ``name`` is its original file name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPdf:
    """A PDF that can be used.

    Attributes:
        path: The file to use: the original, or the copy that was made of it.
        pages: Number of pages.
        title: Title from the metadata, one line; empty when it says nothing.
        repaired: The original is damaged; ``path`` is what could be saved.
        decrypted: The original could not be changed without a password; ``path`` is without.
        blank_pages: 1-based numbers of pages without ink; only looked at after a repair.
        missing_pages: Pages that the damaged original says it has and that were not found.
        tags: 1 when the document is tagged (accessible), else 0.
        attachments: Files inside.
        form_fields: Fields of a form, as they lie on the pages.
        signatures: Digital signatures, as they lie on the pages.
        scripts: Scripts of any kind.
        actions: Actions that start something, send something or open another file.
        multimedia: Sound, video, 3D.
    """

    path: Path
    pages: int
    title: str
    repaired: bool = False
    decrypted: bool = False
    blank_pages: tuple[int, ...] = ()
    missing_pages: int = 0
    tags: int = 0
    attachments: int = 0
    form_fields: int = 0
    signatures: int = 0
    scripts: int = 0
    actions: int = 0
    multimedia: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyPart:
    """A run of pages that goes into a bundle.

    Attributes:
        pdf: A file that ``check`` approved, or one of our own.
        outline: Title of its bookmark; empty = no bookmark, nor those of the source.
        level: Level of that bookmark: 0 = agenda item or front matter, 1 = paper.
        stamp: Printed on each page, e.g. ``agendapunt 4 · stuk 4b``; may be empty.
        key: Target of links to ``https://stukkenstroom.invalid/<key>``; may be empty.
        first_page: 1-based.
        last_page: 1-based, inclusive; 0 = to the end.
    """

    pdf: Path
    outline: str
    level: int
    stamp: str
    key: str
    first_page: int = 1
    last_page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLoss:
    """What a part carries and the bundle does not: 0-based part, Dutch what, how many."""

    part: int
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A finished bundle.

    Attributes:
        pages: Total.
        first_pages: 1-based first page of each part, in order.
        losses: Per part; what belongs to a whole document stands with its first part.
        sha256: Of the file.
    """

    pages: int
    first_pages: tuple[int, ...]
    losses: tuple[PartLoss, ...]
    sha256: str


class PdfTools(Protocol):
    """Checks and joins PDF files. The same parts give the same bytes."""

    def check(self, path: Path, repaired: Path) -> CheckedPdf:
        """Judge a PDF; a usable copy is made in ``repaired`` where the file itself cannot be used."""

    def assemble(
        self,
        parts: Sequence[AssemblyPart],
        out: Path,
        *,
        title: str,
        author: str,
        concept: bool,
        subject: str = "",
    ) -> Assembled:
        """Join parts into one PDF with stamps, links, bookmarks and page labels."""


class Lists(Protocol):
    """The Excel lists of the secretary and those made for her; outside text is never a formula."""

    def read_members(self, path: Path) -> tuple[Member, ...]:
        """Read leden.xlsx."""

    def read_meetings(self, path: Path) -> tuple[MeetingDate, ...]:
        """Read the meetings of rooster.xlsx; without that file there are none."""

    def read_overrides(self, path: Path) -> tuple[Override, ...]:
        """Read what the secretary typed in agenda.xlsx; without that file nothing."""

    def write_agenda(self, path: Path, meeting: Meeting, overrides: tuple[Override, ...]) -> None:
        """Write agenda.xlsx: what the folders say, with room to overrule."""

    def write_terms(self, path: Path, procedures: tuple[Procedure, ...]) -> None:
        """Write Termijnen.xlsx."""

    def write_incoming(
        self, path: Path, papers: tuple[Filed, ...], labels: tuple[tuple[str, str], ...]
    ) -> None:
        """Write Ingekomen stukken.xlsx; ``labels`` are pairs of kind and Dutch name."""

    def write_proof(self, path: Path, sending: Sending, dispatches: tuple[Dispatch, ...]) -> None:
        """Write the proof of a sending, a row per member."""


class CalendarFile(Protocol):
    """Writes the ics feed of deadlines; the same deadlines give the same bytes."""

    def __call__(self, deadlines: tuple[tuple[Procedure, Deadline], ...], council: str) -> bytes:
        """Make an iCalendar file, one whole-day event for each deadline with a date."""


# --- what goes out ---------------------------------------------------------------------


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


# --- the journal -----------------------------------------------------------------------


class Ledger(Protocol):
    """One open transaction of the journal; writing the same value twice changes nothing."""

    def keep_arrival(self, arrival: Arrival) -> None:
        """Record something that came in and whose bytes are kept."""

    def arrival(self, key: str) -> Arrival | None:
        """Find an arrival by its key."""

    def save_documents(self, key: str, documents: tuple[Document, ...]) -> None:
        """Record the verdict of every part of an arrival."""

    def documents(self, key: str) -> tuple[Document, ...]:
        """Read the parts of an arrival; empty when it has not been taken apart."""

    def known_digests(self) -> frozenset[str]:
        """Digests of all papers that are filed, planned or held."""

    def hold(self, paper: HeldPaper) -> None:
        """Record a paper that waits for a person."""

    def plan(self, paper: Filed) -> None:
        """Record where a paper will lie, before it is put there."""

    def confirm(self, paper: Filed) -> None:
        """Record that a paper lies where it was planned."""

    def undo(self, paper: Filed) -> None:
        """Take a filing back; its number is not used again."""

    def held(self) -> tuple[HeldPaper, ...]:
        """Read all papers that wait for a person."""

    def planned(self) -> tuple[Filed, ...]:
        """Read the papers that have a place but may not lie there yet."""

    def filed(self) -> tuple[Filed, ...]:
        """Read all papers in the archive, by kenmerk."""

    def used_numbers(self, dossier: str) -> int:
        """Count the paper numbers ever given in a dossier."""

    def last_serial(self, year: int) -> int:
        """Highest dossier serial of a calendar year; 0 when there is none."""

    def save_dossier(self, dossier: Dossier) -> None:
        """Record a dossier."""

    def dossiers(self) -> tuple[Dossier, ...]:
        """Read all dossiers, by number."""

    def save_procedure(self, procedure: Procedure) -> None:
        """Record the state of a procedure."""

    def procedures(self) -> tuple[Procedure, ...]:
        """Read all procedures, by dossier."""

    def save_concept(self, bundle: BuiltBundle, version: int) -> None:
        """Record a concept that was put in ``Bundel/``."""

    def concepts(self, meeting: str) -> tuple[BuiltBundle, ...]:
        """Read every concept ever made for a meeting, oldest first."""

    def save_sending(self, sending: Sending) -> None:
        """Record a sending."""

    def sending(self, sending_id: str) -> Sending | None:
        """Find a sending."""

    def sendings(self) -> tuple[Sending, ...]:
        """Read all sendings, oldest first."""

    def save_dispatch(self, sending: str, dispatch: Dispatch) -> None:
        """Record where a message to one person stands."""

    def dispatches(self, sending: str = "") -> tuple[Dispatch, ...]:
        """Read the messages of one sending, or all of them."""

    def add_job(self, job: Job) -> bool:
        """Add work, unless work with the same key was ever added; True when it is new."""

    def finish_job(self, job: Job) -> None:
        """Record that a job is done."""

    def failed_jobs(self) -> tuple[FailedJob, ...]:
        """Read the work that has failed so far, stuck or to be tried again."""

    def note(self, event: str, subject: str, text: str) -> None:
        """Add a line to the chain: event and ids in the line, Dutch text apart."""

    def last_seq(self) -> int:
        """Number of the newest line; 0 when there is none."""

    def lines(self, since: int = 0) -> tuple[JournalLine, ...]:
        """Read the lines newer than ``since``."""

    def fact(self, key: str) -> str:
        """Read a small fact; empty when it was never set."""

    def set_fact(self, key: str, value: str) -> None:
        """Record a small fact."""


class Journal(Protocol):
    """The journal: state, work and proof, durable when a transaction has returned."""

    def transaction(self) -> AbstractContextManager[Ledger]:
        """Open one atomic change."""

    def claim(self) -> Job | None:
        """Lease the next job that is due; None when nothing is due now."""

    def retry_later(self, job: Job, problem: str, *, for_ever: bool = False) -> bool:
        """Give a failed job back; False when it is stuck and waits for a person."""


Clock = Callable[[], datetime]
"""The legal clock: now, aware UTC."""
