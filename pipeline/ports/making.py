"""Ports for what is made: templates, conversion, PDF, lists, calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from pipeline.contexts import Context
from pipeline.values import (
    Card,
    CardAnswer,
    Deadline,
    Dispatch,
    Division,
    DivisionChoices,
    Filed,
    Meeting,
    MeetingDate,
    Member,
    NewCase,
    Override,
    Procedure,
    Sending,
    Stretch,
)


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
        unlocked: It could not even be read without; one of the council's passwords opened it.
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
    unlocked: bool = False
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
        stamp: Printed on each page, e.g. ``agendapunt 4 · stuk 4.2``; may be empty.
        key: Target of links to ``https://stukkenstroom.invalid/<key>``; may be empty.
        first_page: 1-based.
        last_page: 1-based, inclusive; 0 = to the end.
        keeps_bookmarks: False leaves out the bookmarks of the source, as for sheets of our own.
    """

    pdf: Path
    outline: str
    level: int
    stamp: str
    key: str
    first_page: int = 1
    last_page: int = 0
    keeps_bookmarks: bool = True


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


class Packer(Protocol):
    """Makes of a bundle what can be mailed. The same file gives the same bytes; text is never touched."""

    def shrink(self, source: Path, out: Path, dpi: int) -> int:
        """Make large pictures smaller, as shown on the page never below ``dpi``; tells how many.

        With none nothing is written.
        """

    def cut(self, source: Path, out: Path, stretches: Sequence[Stretch], number: int) -> None:
        """Write one of the stretches (1-based) as a file with the page labels and bookmarks of the whole.

        Links and bookmarks to pages of another stretch go nowhere.
        """

    def personal(self, source: Path, out: Path, *, name: str, password: str) -> None:
        """Write a copy for one person: her name on every page, opened with her password only.

        Either may be empty. With a password no two copies have the same bytes.
        """


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

    def read_card(self, path: Path) -> tuple[CardAnswer, ...] | None:
        """Read what a person typed on a zaakkaart; None without that file.

        A row that is missing, or of which the question was changed, is left out: only an empty answer
        was cleared. A bad answer comes as it was typed.
        """

    def write_card(self, path: Path, card: Card) -> None:
        """Write zaakkaart.xlsx, unless it already says the same; the answers replace those that lie there.

        What she typed outside the questions stays at the bottom until she empties it.
        """

    def read_new_cases(self, path: Path) -> tuple[NewCase, ...]:
        """Read Nieuwe zaak.xlsx, with the rows that were recorded before; without that file nothing."""

    def write_new_cases(self, path: Path, rows: tuple[NewCase, ...], sorts: tuple[str, ...]) -> None:
        """Write Nieuwe zaak.xlsx: these rows and no others, and empty ones below to fill in."""

    def read_division(self, path: Path) -> Division | None:
        """Read what a person typed on a ``… - verdeling.xlsx``; None without that file."""

    def write_division(self, path: Path, division: Division, choices: DivisionChoices) -> None:
        """Write a ``… - verdeling.xlsx``: these rows and no others, and empty ones below to fill in."""

    def write_terms(self, path: Path, procedures: tuple[Procedure, ...], today: date) -> None:
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
