"""The council as its settings describe it: who it is, whom it writes with, its own terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pipeline.values.arrival import Address
from pipeline.values.judgement import Kind, SenderRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Somebody the council corresponds with: name, address or ``@domain``, role."""

    name: str
    email: str
    role: SenderRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which the secretary is away: first and last, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether the secretary is away on a day."""
        return self.first <= day <= self.last


REMINDER_DAYS = (14, 7, 2, 0, -1)
"""When reminders come unless raad.toml says otherwise: days before the strict day, after it negative."""


_BOARDS = {"wor": "ondernemer", "wmcz": "zorgaanbieder"}


def board_word(law: str) -> str:
    """Name who decides under a law or its regime: ``wor``, ``WOR`` or ``wms-vo``; without an article."""
    return _BOARDS.get(law.partition("-")[0].casefold(), "bestuur")


WHOLE_COUNCIL = "hele raad"
"""Who holds a right that is of no section alone."""
HOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "personeel": "de personeelsgeleding",
        "ouders": "de oudergeleding",
        "leerlingen": "de leerlinggeleding",
        "ouders en leerlingen": "de geleding van ouders en leerlingen",
        "ouders of leerlingen": "de geleding van ouders of leerlingen",
    }
)
"""Sections of a council that hold a right of their own, in running text."""


def holder_words(holder: str) -> str:
    """Name who holds a right, in running text: ``de raad``, ``de personeelsgeleding``."""
    return HOLDERS.get(holder, "de raad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The council, as raad.toml describes it.

    Attributes:
        name: Full name, e.g. ``CMR Veenrijk College``.
        short: Short name for file names and subjects.
        organ: How letters address it: ``cmr``, ``mr``, ``gmr``, ``or``, ``clientenraad``.
        regime: ``wms-po``, ``wms-vo``, ``wms-so``, ``wor``, ``wmcz``.
        region: Region for school holidays: ``noord``, ``midden``, ``zuid`` or empty.
        board: Name of the bevoegd gezag.
        mailbox: The council's own address.
        secretary: The ambtelijk secretaris.
        chair: The chair.
        own_addresses: All addresses of the council itself, lower case.
        relations: Known correspondents.
        groups: Groups with confidential papers, e.g. ``PMR``; marks are checked against these.
        pause_minutes: Pause between approval and sending.
        fixed_items: Titles of standing agenda items, in order.
        closing_items: Titles of standing closing items, in order.
        papers_days_before: Days before a meeting at which the papers must be out; None = unknown.
        public_edition: True when an edition without closed items is made as well.
        deputy: Who stands in for the secretary; None without one.
        absences: When the secretary is away; sorted, not overlapping.
        reminder_days: Days before the strict day of a term on which a reminder comes, negative
            after it; each once, most days before first.
    """

    name: str
    short: str
    organ: str
    regime: str
    region: str
    board: str
    mailbox: Address
    secretary: Address
    chair: Address
    own_addresses: tuple[str, ...]
    relations: tuple[Relation, ...]
    groups: tuple[str, ...]
    pause_minutes: int
    fixed_items: tuple[str, ...]
    closing_items: tuple[str, ...]
    papers_days_before: int | None
    public_edition: bool
    deputy: Address | None = None
    absences: tuple[Absence, ...] = ()
    reminder_days: tuple[int, ...] = REMINDER_DAYS

    @property
    def board_words(self) -> str:
        """Name who decides, with the article: ``het bestuur``, ``de ondernemer``, ``de zorgaanbieder``."""
        word = board_word(self.regime)
        return f"het {word}" if word == "bestuur" else f"de {word}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BylawTerm:
    """A term the council's own reglement sets.

    Attributes:
        kind: The kind of request it is for; ``uitnodiging`` for a meeting that was asked for.
        length: Number of units, positive.
        unit: ``dag``, ``week`` or ``maand``.
        article: Article of the reglement, as the council cites it.
        without_school_holidays: True when school holidays do not count.
        only_summer: True when of the school holidays only the summer holiday does not count.
        starts_when_complete: True when it starts once the request is complete, False on receipt.
    """

    kind: Kind
    length: int
    unit: str
    article: str
    without_school_holidays: bool
    only_summer: bool = False
    starts_when_complete: bool = False
