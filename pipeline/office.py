"""The desk of one council: its settings and rules as values, and its ports to the outside.

Holds no clock reading and no state of its own; what has happened stands in the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.archive.apply import Shelf
from pipeline.bundle.apply import Workshop
from pipeline.classify.citations import CatalogueRight
from pipeline.classify.rules import KindRule
from pipeline.dates import LegalCalendar, SchoolHolidays, legal_day
from pipeline.ports import (
    CalendarFile,
    Clock,
    Disk,
    Journal,
    Lists,
    Opener,
    Originals,
    Postbus,
    TextReader,
    Transport,
    WorkFolder,
)
from pipeline.values import BylawTerm, Council, Kind, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What papers are judged by and terms are counted with.

    Attributes:
        kinds: All kinds of papers.
        rights: Catalogue of rights.
        terms: Terms of the council's own reglement.
        calendar: Rest days.
        holidays: School holidays of the own rooster or the region; None without.
    """

    kinds: tuple[KindRule, ...]
    rights: tuple[CatalogueRight, ...]
    terms: tuple[BylawTerm, ...]
    calendar: LegalCalendar
    holidays: SchoolHolidays | None

    @property
    def labels(self) -> Mapping[Kind, str]:
        """Dutch name of each kind."""
        return {rule.kind: rule.label for rule in self.kinds}

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
    """

    council: Council | None
    kinds: tuple[KindRule, ...]
    rights: tuple[CatalogueRight, ...]
    opener: Opener
    reader: TextReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The desk of one council.

    Attributes:
        council: Who it works for.
        rulebook: What it judges by.
        clock: The legal clock.
        domains: Allowed recipient domains; empty = all.
        data: The service's own data folder.
    """

    council: Council
    rulebook: Rulebook
    clock: Clock
    domains: tuple[str, ...]
    data: Path
    werkmap: WorkFolder
    postbus: Postbus
    opener: Opener
    reader: TextReader
    originals: Originals
    disk: Disk
    lists: Lists
    calendar_file: CalendarFile
    workshop: Workshop
    transport: Transport
    journal: Journal

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
        )

    @property
    def shelf(self) -> Shelf:
        """Give the ports with which papers are laid somewhere."""
        return Shelf(originals=self.originals, disk=self.disk, werkmap=self.werkmap)

    def settings_file(self, name: str) -> Path:
        """Give the path of a file in ``Instellingen/``."""
        return self.werkmap.path(Place.INSTELLINGEN, name)
