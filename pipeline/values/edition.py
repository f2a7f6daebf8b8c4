"""A bundle: planned for one audience, and built."""

from dataclasses import dataclass

from pipeline.values.meeting import Meeting
from pipeline.values.parcel import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Who a bundle is for: an allow-list, never a block-list.

    Attributes:
        name: ``leden``, ``PMR`` …; also in the file name.
        groups: Groups whose confidential papers are included.
        closed: True when ``[besloten]`` items are included.
    """

    name: str
    groups: tuple[str, ...]
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePaper:
    """A paper in one edition.

    Attributes:
        item: Number of its agenda item.
        number: ``4.2``.
        title: Dutch.
        source: Path inside the meeting folder.
        sha256: Digest of the source.
    """

    item: str
    number: str
    title: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """What goes into one edition, in order; decided before any page is made.

    Attributes:
        edition: For whom.
        meeting: The meeting, with only what this edition may see.
        papers: In order of appearance.
        manifest: sha256 over everything that approval binds.
        file_name: Name of the concept, without folder.
    """

    edition: Edition
    meeting: Meeting
    papers: tuple[BundlePaper, ...]
    manifest: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A page that stands for a paper that could not be read: number, source, Dutch reason."""

    number: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something of a source that the bundle does not carry: number, Dutch what, count."""

    number: str
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPaper:
    """A paper as it stands in the finished PDF: first page 1-based, number of pages."""

    paper: BundlePaper
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBundle:
    """A finished PDF of one edition.

    Attributes:
        plan: What it was built from.
        path: Where the file lies, absolute.
        sha256: Digest of the file.
        pages: Total.
        papers: Where each paper stands.
        placeholders: Pages that stand for unreadable papers.
        losses: What the bundle does not carry.
        without_office: Numbers of papers converted without LibreOffice.
        seconds: Time it took.
        unlocked: Numbers of papers that came behind a password and stand here without.
        parcel: How it would travel by mail; None while that was not weighed.
    """

    plan: BundlePlan
    path: str
    sha256: str
    pages: int
    papers: tuple[PlacedPaper, ...]
    placeholders: tuple[Placeholder, ...]
    losses: tuple[Loss, ...]
    without_office: tuple[str, ...]
    seconds: float
    unlocked: tuple[str, ...] = ()
    parcel: Parcel | None = None
