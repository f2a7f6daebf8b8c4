"""How a bundle travels by mail: whole, with smaller pictures, in parts, or as a link."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of pages: first and last, 1-based, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a bundle that is never divided: front matter, or one paper; the first has its divider.

    Attributes:
        item: Number of its agenda item; empty for cover and agenda.
        paper: Number of the paper; empty for cover and agenda.
        pages: Where it stands.
        size: Bytes, as a file of its own; 0 while it was not weighed.
    """

    item: str
    paper: str
    pages: Stretch
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """How one bundle travels by mail, decided before it is announced.

    Attributes:
        limit_mb: Largest message in megabytes (10^6 bytes), as it was when this was decided.
        shrunk: Large pictures are made smaller.
        parts: The pages of each message; empty = one message with everything.
        refusal: Dutch, why it cannot be mailed at all; empty when it can.
        link_days: So many days the whole bundle can be fetched by the link that the message carries in
            its place; 0 = what is mailed goes along.
        no_link: Dutch, why it does not go as a link although links are in use; else empty.
    """

    limit_mb: int
    shrunk: bool = False
    parts: tuple[Stretch, ...] = ()
    refusal: str = ""
    link_days: int = 0
    no_link: str = ""

    @property
    def is_plain(self) -> bool:
        """True when what is mailed is the bundle as it was made."""
        return not self.shrunk and not self.parts and not self.is_link

    @property
    def is_link(self) -> bool:
        """True when a link to the whole bundle is mailed."""
        return self.link_days > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that goes along with a message.

    Attributes:
        name: As the recipient sees it.
        sha256: Of the file; empty until it is made.
        part: 1-based number of the part; 0 = everything in one file.
        parts: How many parts there are; 0 = everything in one file.
        pages: Which pages of the bundle it holds; None = all.
    """

    name: str
    sha256: str
    part: int = 0
    parts: int = 0
    pages: Stretch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFolder:
    """Where files are laid that are fetched by a link.

    Attributes:
        folder: A folder on this machine that a web server or a sync program serves; never made by us.
        written: That folder as it is written in the settings.
        address: Its https address, without a slash at the end.
    """

    folder: Path
    written: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The link to the file of one sending; the file lies in a folder of its own.

    Attributes:
        token: Name of that folder, that nobody can guess: who knows it can read the file.
        until: Last day on which the link works, inclusive.
        place: Folder in which that folder lies, as written in the settings at the time: absolute, or from the
            data folder.
        address: Address of that place, without a slash at the end.
        size: Bytes of the file; 0 until it is laid there.
    """

    token: str = field(repr=False)
    until: date
    place: str
    address: str
    size: int = 0
