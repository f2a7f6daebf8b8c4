"""Papers in their place: held for a person, or filed in a dossier."""

from dataclasses import dataclass
from datetime import date

from pipeline.values.arrival import Address, Facts, Obstacle, Received, Signature
from pipeline.values.judgement import Held, Judgement, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a paper came from: which part of which arrival.

    Attributes:
        arrival: Key of the arrival.
        part: Number of the part in it.
        name: Original file name, may be empty.
        sender: Address or name of the sender, may be empty.
        mail_subject: Subject of the mail it came with, may be empty.
        variant: What tells it from the part itself: ``2``, ``3`` … for what one paper is besides,
            ``bladen`` for a paper made of several pictures; empty for the part itself.
    """

    arrival: str
    part: str
    name: str
    sender: str = ""
    mail_subject: str = ""
    variant: str = ""

    @property
    def paper(self) -> str:
        """Identity of the paper within the journal."""
        own = f"{self.arrival}#{self.part}"
        return f"{own}~{self.variant}" if self.variant else own


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPaper:
    """A paper that waits for a person in ``Te beoordelen/``.

    Attributes:
        origin: Where it came from.
        sha256: Digest of its bytes.
        place: File name in ``Te beoordelen/``.
        verdict: Why it is held, with the best guess.
        facts: What it says about itself.
        received: When it was received.
        siblings: Dutch lines: the other parts of the same mail and what became of them.
        came_in: Dutch, in what they came: ``dezelfde mail``; empty when nobody looked yet.
        follows: Paper (``Origin.paper``) of the same mail on whose decision this one waits; may be empty.
        is_sure: What it is was sure by itself; it is held only because of another paper.
        signatures: Digital signatures on it; for information only.
        obstacle: Why it cannot be read, as far as that is known.
        correspondent: Who can be asked for a readable copy; None when nobody is known.
        page_of: Paper (``Origin.paper``) that was made of this picture and others; such a page is kept
            with it and does not lie in ``Te beoordelen/`` by itself. Empty for any other paper.
    """

    origin: Origin
    sha256: str
    place: str
    verdict: Held
    facts: Facts
    received: Received
    siblings: tuple[str, ...] = ()
    came_in: str = ""
    follows: str = ""
    is_sure: bool = False
    signatures: tuple[Signature, ...] = ()
    obstacle: Obstacle = Obstacle.NONE
    correspondent: Address | None = None
    page_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A paper that lies in the archive.

    Attributes:
        origin: Where it came from.
        kenmerk: ``2026-0017-03``.
        dossier: ``2026-0017``.
        path: Place inside ``Archief/``, with ``/``.
        kind: What it is.
        title: Dutch, readable title without number.
        sha256: Digest of the original bytes.
        received: When it was received.
        facts: What it says about itself.
        judgement: Why it got its kind.
        signatures: Digital signatures on it; for information only.
    """

    origin: Origin
    kenmerk: str
    dossier: str
    path: str
    kind: Kind
    title: str
    sha256: str
    received: Received
    facts: Facts
    judgement: Judgement
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything about one matter.

    Attributes:
        number: ``2026-0017``: calendar year and serial.
        title: Dutch, what it is about.
        kind: Kind of the paper it began with.
        opened_on: Legal day of opening.
        folder: Name of its folder inside the year folder.
        year_folder: School year of opening, ``2026-2027``; never changes.
        confidential: Not empty when lists must name it by number only.
    """

    number: str
    title: str
    kind: Kind
    opened_on: date
    folder: str
    year_folder: str
    confidential: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """Where a paper stands in the journal.

    Attributes:
        paper: ``Origin.paper``.
        state: ``held``, ``planned``, ``filed`` or ``undone``.
        sha256: Digest of its bytes.
    """

    paper: str
    state: str
    sha256: str
