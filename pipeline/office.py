"""The desk of one council: its settings and rules as values, and its ports to the outside.

Holds no clock reading and no state of its own; what has happened stands in the journal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipeline.archive.apply import Shelf
from pipeline.bundle.apply import Workshop, pages_of_document
from pipeline.classify.citations import CatalogueRight
from pipeline.classify.rules import KindRules
from pipeline.contexts import Context
from pipeline.dates import LegalCalendar, SchoolHolidays, legal_day
from pipeline.errors import ListUnreadableError
from pipeline.ports import (
    CalendarFile,
    Clock,
    Disk,
    Drafter,
    Journal,
    Learner,
    Lists,
    Opener,
    Originals,
    Packer,
    PictureBinder,
    Postbus,
    TextReader,
    Texts,
    Transport,
    WorkFolder,
)
from pipeline.procedures.definition import Definition
from pipeline.procedures.standing import Rules
from pipeline.procedures.terms import TermCatalogue
from pipeline.sources.plan import looks_like_conflict_copy
from pipeline.toetsing.checklist import Checklist
from pipeline.values import (
    BylawTerm,
    Council,
    Kind,
    LabelledText,
    LinkFolder,
    MeetingDate,
    Member,
    Model,
    Place,
)

Row = TypeVar("Row")


def no_warning(_day: date) -> str:
    """Tell that no sign-in runs out."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What papers are judged by and terms are counted with.

    Attributes:
        kinds: All kinds of papers.
        rights: Catalogue of rights.
        catalogue: Terms of the law.
        text_read: Per law: of which day the text is that was read.
        definitions: Procedures.
        checklist: What a request is held against.
        terms: Terms of the council's own reglement.
        calendar: Rest days.
        holidays: School holidays of the own rooster or the region; None without.
        trouble: In Dutch: what of it could not be read, so that something else counts.
    """

    kinds: KindRules
    rights: tuple[CatalogueRight, ...]
    catalogue: TermCatalogue
    text_read: Mapping[str, date]
    definitions: tuple[Definition, ...]
    checklist: Checklist
    terms: tuple[BylawTerm, ...]
    calendar: LegalCalendar
    holidays: SchoolHolidays | None
    trouble: tuple[str, ...] = ()

    @property
    def labels(self) -> Mapping[Kind, str]:
        """Dutch name of each kind."""
        return {rule.kind: rule.label for rule in self.kinds}

    @property
    def title_words(self) -> Mapping[Kind, str]:
        """Short word for each kind, for names of dossiers."""
        return {rule.kind: rule.title_word for rule in self.kinds}

    def definition(self, definition_id: str) -> Definition:
        """Give a procedure by its id."""
        return next(one for one in self.definitions if one.id == definition_id)

    @property
    def folders(self) -> Mapping[Kind, str]:
        """Folder of each kind in ``Te beoordelen/``."""
        return {rule.kind: rule.folder for rule in self.kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where papers are opened, read and judged; nothing is kept or moved here.

    Attributes:
        council: The council; None when none was given: then the text alone must tell.
        kinds: All kinds of papers.
        rights: Catalogue of rights.
        opener: Takes an arrival apart.
        reader: Reads a document.
        servers: The council's own receiving servers (authserv-id), whose word on a sender counts.
        model: What was learned; None: the cues alone must tell.
    """

    council: Council | None
    kinds: KindRules
    rights: tuple[CatalogueRight, ...]
    opener: Opener
    reader: TextReader
    servers: tuple[str, ...] = ()
    model: Model | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The desk of one council.

    Attributes:
        council: Who it works for.
        rulebook: What it judges by.
        clock: The legal clock.
        domains: Allowed recipient domains; empty = all.
        largest_mail_mb: Largest message as it is sent, in megabytes.
        mail_from: Only mail received on or after this day is taken in; None for all.
        joint: Members who get the same file get it in one message, in bcc.
        data: The service's own data folder.
        servers: The council's own receiving servers (authserv-id).
        samples: Gives the shipped samples: those to learn from, and those kept apart.
        drops: A folder elsewhere that counts as a second ``Inkomend/``; None without one.
        links: Where files are laid that are fetched by a link; None without such a folder.
        link_days: So many days a link works that goes in place of parts; 0 = such a bundle goes in parts.
        access_warning: Says in Dutch, for a day, that a sign-in runs out; empty when none does.
    """

    council: Council
    rulebook: Rulebook
    clock: Clock
    domains: tuple[str, ...]
    largest_mail_mb: int
    joint: bool
    mail_from: date | None
    data: Path
    werkmap: WorkFolder
    postbus: Postbus
    opener: Opener
    reader: TextReader
    originals: Originals
    texts: Texts
    disk: Disk
    lists: Lists
    calendar_file: CalendarFile
    binder: PictureBinder
    workshop: Workshop
    packer: Packer
    transport: Transport
    drafter: Drafter
    journal: Journal
    servers: tuple[str, ...] = ()
    learner: Learner
    samples: Callable[[], tuple[tuple[LabelledText, ...], tuple[LabelledText, ...]]]
    access_warning: Callable[[date], str] = no_warning
    drops: Postbus | None = None
    links: LinkFolder | None = None
    link_days: int = 0

    def today(self) -> date:
        """Give the legal day, Europe/Amsterdam."""
        return legal_day(self.clock())

    @property
    def bench(self) -> Bench:
        """Give what papers are judged with."""
        return Bench(
            council=self.council,
            kinds=self.rulebook.kinds,
            rights=self.rulebook.rights,
            opener=self.opener,
            reader=self.reader,
            servers=self.servers,
            model=self.learner.current(),
        )

    @property
    def shelf(self) -> Shelf:
        """Give the ports with which papers are laid somewhere."""
        return Shelf(originals=self.originals, texts=self.texts, disk=self.disk, werkmap=self.werkmap)

    def rules(self) -> Rules:
        """Give what procedures are worked out with, the rooster as it lies there now."""
        book = self.rulebook
        return Rules(
            regime=self.council.regime,
            catalogue=book.catalogue,
            terms=book.terms,
            calendar=book.calendar,
            holidays=book.holidays,
            meetings=self.meetings()[0],
            holders=tuple((right.id, right.geleding) for right in book.rights),
            kinds=tuple((right.id, right.right) for right in book.rights),
        )

    def lay_pdf(self, template: str, context: Context, target: Path) -> None:
        """Fill a template and lay it somewhere as PDF; nothing changes when its contents did not."""
        filled = self.workshop.cache / f"{template}.docx"
        self.disk.make_folder(filled.parent)
        self.workshop.templates.render(template, context, filled)
        made = pages_of_document(filled, self.workshop)
        self.disk.copy(made, target, self.disk.sha256_of(made))

    def settings_file(self, name: str) -> Path:
        """Give the path of a file in ``Instellingen/``."""
        return self.werkmap.path(Place.INSTELLINGEN, name)

    def members(self) -> tuple[tuple[Member, ...], tuple[str, ...]]:
        """Read leden.xlsx; while it cannot be read, the last valid one, with the reason in Dutch."""
        return last_valid("leden.xlsx", self.lists.read_members, self)

    def meetings(self) -> tuple[tuple[MeetingDate, ...], tuple[str, ...]]:
        """Read the rooster; while it cannot be read, the last valid one, with the reason in Dutch."""
        return last_valid("rooster.xlsx", self.lists.read_meetings, self)


def last_valid(
    name: str, read: Callable[[Path], tuple[Row, ...]], office: Office
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read a list the secretary keeps; when it is open, broken or gone, the last valid one counts.

    Args:
        name: File name in ``Instellingen/``.
        read: Reads it.
        office: The desk; its data folder keeps the last valid file.

    Returns:
        The rows, and what is wrong now in Dutch.
    """
    path, kept = office.settings_file(name), office.data / "lijsten" / name
    doubles = _doubles(name, office)
    try:
        rows = read(path)
    except ListUnreadableError as fault:
        return read(kept) if kept.is_file() else (), (f"{fault.wat} {fault.doe}",)
    if doubles:
        return read(kept) if kept.is_file() else rows, doubles
    if path.is_file():
        office.disk.copy(path, kept, office.disk.sha256_of(path))
    return rows, ()


def _doubles(name: str, office: Office) -> tuple[str, ...]:
    """Ask about copies of a list that a sync program made because two people changed it."""
    stem = name.rpartition(".")[0].casefold()
    names = (entry.path for entry in office.werkmap.listing(Place.INSTELLINGEN) if not entry.is_folder)
    return tuple(
        f"Naast {name} ligt '{copy}'. Bewaar de goede als {name} en verwijder de andere."
        for copy in names
        if copy.casefold().startswith(stem) and copy != name and looks_like_conflict_copy(copy)
    )
