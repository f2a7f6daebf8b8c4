"""Ports for what comes in: mailbox, opener, reader, werkmap, originals, disk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.values import Entry, Message, Part, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PostbusItem:
    """A mail that waits in the mailbox.

    Attributes:
        key: Stable identity: the same mail keeps it, whatever its flags.
        place: Where the mailbox finds it again; means something to that mailbox only.
        name: Its file name; a mailbox on a server gives one of its own making.
        server_time: When the server received it, aware; None when the mailbox does not know.
    """

    key: str
    place: str
    name: str
    server_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a mailbox has.

    Attributes:
        items: Mails that may be read, in a stable order.
        bookmark: With which the next listing goes on; empty when each begins anew.
        unfinished: A mail is still being written there.
    """

    items: tuple[PostbusItem, ...]
    bookmark: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxEntry:
    """A mail that lies in the mailbox, whether it was acknowledged or not.

    Attributes:
        key: Of a mail that was not acknowledged the key of its ``PostbusItem``; of another one something
            that no other entry has.
        message_id: Without brackets; empty when the mail has none.
        done: It was acknowledged, as far as the mailbox shows.
    """

    key: str
    message_id: str
    done: bool


class Postbus(Protocol):
    """The mailbox. Nothing is removed from it before the journal says so.

    Every method raises ``PostbusAwayError`` when the mailbox cannot be reached: then nothing is
    concluded from it, and everything is listed again. A mailbox may be told of which day on its mail
    counts; what came before is as if it were not there. When another day is told, bookmarks from before
    count no longer.
    """

    def list_new(self, bookmark: str) -> Listing:
        """List the mails that have not been acknowledged, at least those that came after the bookmark."""

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        """Read mails as they came, one at a time; one that has gone in the meantime is left out.

        Raises:
            MailStuckError: One of them cannot be fetched; said when all others have been given.
        """

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        """Put mails away as done; doing so twice is harmless."""

    def no_mails(self) -> tuple[str, ...]:
        """Name what lies there and is no mail, sorted; it is never opened. Nothing while it is away."""

    def list_all(self) -> tuple[MailboxEntry, ...]:
        """List every mail of the folder that is read and of where done mail goes; only heads are read."""


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
        problem: Dutch sentence why it could not be taken apart; then it is its own only part.
    """

    message: Message | None
    parts: tuple[PartContent, ...]
    problem: str = ""


class Opener(Protocol):
    """Takes an arrival apart; never raises, whatever it looks like."""

    def __call__(self, content: bytes, name: str) -> Opened:
        """Take a mail apart, or make the one part of a file."""


class TextReader(Protocol):
    """Reads the text of a document; what cannot be read comes back with ``problem`` set."""

    def __call__(self, content: bytes, name: str, content_type: str = "") -> Reading:
        """Read a document by what it is, not by what its name says."""


class PictureBinder(Protocol):
    """Makes one paper of pictures of its pages."""

    def __call__(self, pictures: Sequence[bytes]) -> bytes:
        """Make a PDF of pictures, an A4 page for each, upright; the same pictures give the same bytes.

        Raises:
            UnreadableError: One of them is no picture, broken or too large.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """What was read of the picture of a page.

    Attributes:
        text: Lines end with a line feed, paragraphs with an empty line; empty for a blank page.
        words: How many words that are.
        certainty: Mean certainty of its words, 0 to 1; 1 for a page on which nothing stands.
    """

    text: str
    words: int
    certainty: float

    @property
    def sure_words(self) -> float:
        """How much was read, in words that are sure; to choose the better of two attempts."""
        return self.words * self.certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """What was read of a scan before.

    Attributes:
        text: The whole text, the pages that are no pictures among it.
        pages: Its scanned pages that were read, by number (1-based).
    """

    text: str
    pages: Mapping[int, ScannedPage]


class Texts(Protocol):
    """What was read from scans, by digest of the paper; may be lost without harm."""

    def keep(self, sha256: str, kept: KeptText) -> None:
        """Keep what was read of a paper."""

    def find(self, sha256: str) -> KeptText | None:
        """Find what was read of a paper; None when nothing is kept, or not well."""


class PageRenderer(Protocol):
    """Makes the picture of one page of a PDF or a picture file."""

    def __call__(self, content: bytes, name: str, page_number: int, dpi: int) -> bytes:
        """Make the picture, PNG or PGM, upright; safe to call from several threads.

        Raises:
            UnreadableError: There is no such page, or it cannot be drawn.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A dropped file that is ours now: its key, original name, path and moment of the drop."""

    key: str
    name: str
    path: Path
    dropped_at: datetime


class WorkFolder(Protocol):
    """The werkmap. Nothing is concluded from it before ``check`` passed, or written before ``confirm``."""

    root: Path

    def confirm(self) -> None:
        """Make sure the werkmap is there and ours, without a look at what lies in it."""

    def check(self) -> None:
        """Make sure the werkmap is there and ours, and that every name in it is text."""

    def path(self, *steps: str) -> Path:
        """Give the absolute path of a place inside it."""

    def listing(self, place: str, *, digests: bool = False) -> tuple[Entry, ...]:
        """List everything below a place, sorted by path."""

    def quiet_seconds(self, entry: Entry) -> float:
        """Tell how long ago a file changed, by the clock of the machine."""

    def unusable(self, place: str) -> tuple[str, ...]:
        """Name what lies below a place and is neither a file nor a folder; it is never followed."""

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

    def keep_all(self, contents: Mapping[str, bytes]) -> None:
        """Keep the bytes of several digests, flushed to disk when this returns; quicker than one by one."""

    def path(self, sha256: str) -> Path:
        """Tell where an original lies."""

    def read(self, sha256: str) -> bytes:
        """Read an original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A file that is to hold what another holds.

    Attributes:
        target: Where it lies.
        source: What it is a copy of.
        sha256: Digest of that.
    """

    target: Path
    source: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that is to hold these bytes.

    Attributes:
        target: Where it lies.
        content: What it holds.
    """

    target: Path
    content: bytes


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

    def remove_folder(self, path: Path) -> None:
        """Remove a folder with all that lies in it; gone already is fine."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and its parents."""

    def sha256_of(self, path: Path) -> str:
        """Digest a file."""

    def sha256_if_any(self, path: Path) -> str:
        """Digest a file; empty when there is none. What cannot be seen is an error, and no answer."""

    def place(self, laid: Sequence[Copied | Written]) -> None:
        """Copy and write files together, which is quicker than one by one; what is already right is left."""
