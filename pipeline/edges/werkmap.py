"""The werkmap on disk: its marker, its folders, what lies where, and claiming what was dropped.

The marker carries the uuid of the werkmap and its owner. Without a marker nothing is done:
a share that is not mounted is never read as "everything was deleted". The hidden folder
``.stukkenstroom`` holds the marker and what has been claimed but not yet kept.
"""

import json
import os
import secrets
import time
import uuid
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.edges import files
from pipeline.edges.mending import mend_names
from pipeline.errors import ForeignWerkmapError, WerkmapAwayError
from pipeline.ports import Claimed
from pipeline.values import Entry, Place

HIDDEN = ".stukkenstroom"
_DROPPED_IN = (Place.INKOMEND, Place.TE_BEOORDELEN, Place.VERGADERINGEN, f"{HIDDEN}/onderhanden")
BROKEN_AFTER_SECONDS = 20.0
"""A container that is still not whole after standing still for so long is taken as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Who this werkmap is, and which installation looks after it."""

    uuid: str
    owner: str


def find_werkmap(start: Path) -> Path | None:
    """Find the nearest folder, from ``start`` upwards, that carries a marker."""
    return next((folder for folder in (start, *start.parents) if _marker_path(folder).is_file()), None)


def read_marker(root: Path) -> Marker:
    """Read the marker of a werkmap.

    Raises:
        WerkmapAwayError: There is none, or it cannot be read.
    """
    try:
        found = json.loads(_marker_path(root).read_text("utf-8"))
        return Marker(uuid=str(found["uuid"]), owner=str(found["owner"]))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise WerkmapAwayError("no readable marker") from fault


def write_marker(root: Path, owner: str) -> Marker:
    """Mark a folder as a werkmap, or change the owner of one."""
    path = _marker_path(root)
    marker = Marker(uuid=read_marker(root).uuid if path.is_file() else str(uuid.uuid4()), owner=owner)
    content = json.dumps({"uuid": marker.uuid, "owner": marker.owner}, indent=2)
    files.write(path, content.encode())
    return marker


def _marker_path(root: Path) -> Path:
    return root / HIDDEN / "werkmap.json"


class Werkmap:
    """The werkmap of one council.

    Args:
        root: Its folder.
        owner: Id of this installation.
        settle_seconds: Time a file must stand still when its closing cannot be seen.
    """

    def __init__(self, root: Path, owner: str, settle_seconds: float) -> None:
        self.root = root
        self._owner = owner
        self._settle_seconds = settle_seconds
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    def confirm(self) -> None:
        """Make sure the werkmap is there and ours; called before anything is written in it.

        Raises:
            WerkmapAwayError: The marker is missing.
            ForeignWerkmapError: Another installation owns it.
        """
        if read_marker(self.root).owner != self._owner:
            raise ForeignWerkmapError("werkmap has another owner")

    def check(self) -> None:
        """Make sure the werkmap is there and ours; called before anything is concluded from it.

        A dropped file or folder whose name is no text gets one that is, so that it cannot stop the rest.

        Raises:
            WerkmapAwayError: The marker is missing.
            ForeignWerkmapError: Another installation owns it.
            FolderError: A name that is no text cannot be changed.
        """
        self.confirm()
        for place in _DROPPED_IN:
            mend_names(self.root / place)

    def path(self, *steps: str) -> Path:
        """Give the absolute path of a place inside the werkmap."""
        return self.root.joinpath(*steps)

    def listing(self, place: str, *, digests: bool = False) -> tuple[Entry, ...]:
        """List everything below a place inside the werkmap."""
        return files.listing(self.root / place, digests=digests)

    def quiet_seconds(self, entry: Entry) -> float:
        """Tell how long ago a file changed; 0 for one of which the clock of the disk is ahead."""
        return max(0.0, time.time() - entry.changed)

    def unusable(self, place: str) -> tuple[str, ...]:
        """Name what lies below a place and is neither a file nor a folder; it is never followed."""
        return files.unusable(self.root / place)

    # --- dropped files

    def is_complete(self, path: Path) -> bool:
        """Tell whether a dropped file is finished.

        Closed by its writer, where the system can tell (a local disk); else unchanged for
        two looks at least ``settle_seconds`` apart. Its container must be whole, unless it
        has stood still so long that waiting is no use. An empty file may be the beginning
        of a copy and always waits.
        """
        try:
            facts = path.stat()
        except FileNotFoundError:
            return False
        closed = _is_closed(path)
        if closed is False:
            return False
        quiet = self._quiet_seconds(path, facts, closed=closed)
        if closed and facts.st_size and _is_whole(path):
            return True
        return quiet >= self._settle_seconds and (_is_whole(path) or quiet >= BROKEN_AFTER_SECONDS)

    def _quiet_seconds(self, path: Path, facts: os.stat_result, *, closed: bool | None) -> float:
        """Tell how long a file has stood still: by its own times on a local disk, else by looking twice."""
        if closed:
            return time.time() - max(facts.st_mtime, facts.st_ctime)
        now, state = time.monotonic(), (facts.st_size, facts.st_mtime_ns)
        if self._seen.get(path, (None, 0.0))[0] != state:
            self._seen[path] = (state, now)
        return now - self._seen[path][1]

    def claim(self, path: Path, now: datetime) -> str:
        """Take a dropped file by renaming it into our own folder on the same disk.

        Args:
            path: The file.
            now: The legal clock: the moment of the drop.

        Returns:
            Key of the arrival it becomes.
        """
        ticket = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{time.time_ns():020d}-{secrets.token_hex(3)}"
        files.move(path, self.path(HIDDEN, "onderhanden", ticket, path.name))
        self._seen.pop(path, None)
        return f"inkomend:{ticket}"

    def claimed(self) -> tuple[Claimed, ...]:
        """List what was claimed and has not been released, oldest first."""
        entries = [entry for entry in self.listing(f"{HIDDEN}/onderhanden") if not entry.is_folder]
        return tuple(self._claimed(entry) for entry in entries)

    def _claimed(self, entry: Entry) -> Claimed:
        ticket, _, name = entry.path.partition("/")
        moment = datetime.strptime(ticket.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        path = self.path(HIDDEN, "onderhanden", entry.path)
        return Claimed(key=f"inkomend:{ticket}", name=name, path=path, dropped_at=moment)

    def release(self, claimed: Claimed) -> None:
        """Remove a claimed file: its bytes are kept elsewhere now."""
        files.remove(claimed.path)
        files.remove_folder_if_empty(claimed.path.parent)

    def sweep_empty(self, place: str) -> None:
        """Remove the empty folders below a place, deepest first."""
        for entry in reversed(self.listing(place)):
            if entry.is_folder:
                files.remove_folder_if_empty(self.path(place, entry.path))

    def make_folders(self, kind_folders: tuple[str, ...]) -> None:
        """Make the folders the secretary works with."""
        for place in Place:
            files.make_folder(self.path(place))
        for name in kind_folders:
            files.make_folder(self.path(Place.TE_BEOORDELEN, name))


def _is_closed(path: Path) -> bool | None:
    """Ask the system whether somebody has the file open for writing; None when it cannot tell.

    A read lease is refused as long as any process has the file open for writing; shares and
    other systems do not know leases.
    """
    try:
        import fcntl  # noqa: PLC0415  # not on every system

        handle = os.open(path, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except (OSError, AttributeError):
        return None
    else:
        return True
    finally:
        os.close(handle)


def _is_whole(path: Path) -> bool:
    """Tell whether a container is whole: the directory of a zip, the end of a PDF."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            if head == b"%PDF":
                stream.seek(max(0, path.stat().st_size - 2048))
                return b"%%EOF" in stream.read()
    except OSError:
        return False
    return head != b"PK\x03\x04" or zipfile.is_zipfile(path)
