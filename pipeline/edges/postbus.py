"""Read a postbus that is a folder of ``.eml`` files or a Maildir.

Reads there, and moves a mail to the folder for what is done only when told that it is safe elsewhere; nothing
is ever removed or changed. In a Maildir every mail in ``new`` and ``cur`` counts, also one that
somebody has read already: being read by a person does not mean that it was taken in.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from pipeline.edges import files
from pipeline.edges.mail.message_id import head_of, message_id_in
from pipeline.errors import PostbusAwayError
from pipeline.ports import Listing, MailboxEntry, PostbusItem
from pipeline.sources.plan import came_since, is_ignored

DONE_FOLDER = "Verwerkt"
_MAIL_ENDING = ".eml"
_LONGEST_HEAD = 1 << 18
_MAILDIR_FOLDERS = ("new", "cur")
_DELIVERED = re.compile(r"(\d{9,11})\.")
_TRASHED_OR_DRAFT = re.compile(r"[:;!]2,[A-Za-z]*[TD]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostbusFolder:
    """A postbus on disk; a folder with ``new`` and ``cur`` in it is a Maildir.

    Attributes:
        folder: The postbus.
        is_complete: Tells whether a file is no longer being written.
        done: Name of the folder for what is done, inside it; of a Maildir that of a folder of Maildir++.
        since: What came before this day is left alone; None for nothing.
    """

    folder: Path
    is_complete: Callable[[Path], bool]
    done: str = DONE_FOLDER
    since: date | None = None

    def list_new(self, bookmark: str = "") -> Listing:  # noqa: ARG002 - the same interface as every mailbox
        """List the complete mails that were not acknowledged, sorted by file name.

        Raises:
            PostbusAwayError: The folder is missing or cannot be read.
        """
        listed = self._list_maildir if self._is_maildir() else self._list_folder
        try:
            lying = sorted(listed(), key=lambda item: (item.name, item.key))
            done = tuple(item for item in lying if self.is_complete(Path(item.place)))
        except OSError as error:
            raise PostbusAwayError(f"cannot list the postbus: {error.strerror}") from error
        return Listing(items=done, unfinished=len(done) < len(lying))

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        """Give the bytes of mails, one at a time.

        Raises:
            PostbusAwayError: The folder is gone, or one of them cannot be read.
        """
        for item in items:
            try:
                yield item, Path(item.place).read_bytes()
            except FileNotFoundError:
                self._must_be_there()
            except OSError as error:
                raise PostbusAwayError(f"cannot read {item.key}: {error.strerror}") from error

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        """Move mails to the folder for what is done; call this only when they are safe elsewhere.

        A mail that has gone already is fine. An earlier mail of the same name is kept beside it.

        Raises:
            PostbusAwayError: One cannot be moved; it will be listed again.
        """
        for item in items:
            try:
                self._set_aside(item)
            except FileNotFoundError:
                self._must_be_there()
            except OSError as error:
                raise PostbusAwayError(f"cannot move {item.key}: {error.strerror}") from error

    def list_all(self) -> tuple[MailboxEntry, ...]:
        """List every mail, those that are done included; of those only the heads are read.

        Raises:
            PostbusAwayError: The folder is missing or cannot be read.
        """
        waiting = self.list_new().items
        try:
            lying = [(item.key, Path(item.place), False) for item in waiting]
            lying += [(f"{self.done}/{path.name}", path, True) for path in self._done_files()]
            return tuple(
                MailboxEntry(key=key, message_id=_message_id(path), done=done) for key, path, done in lying
            )
        except OSError as error:
            raise PostbusAwayError(f"cannot list what is done: {error.strerror}") from error

    def _done_files(self) -> list[Path]:
        """Give the mails that were put away, sorted by name."""
        if self._is_maildir():
            done = [self.folder / f".{self.done}" / name for name in _MAILDIR_FOLDERS]
        else:
            done = [self.folder / self.done]
        lying = (path for folder in done if folder.is_dir() for path in folder.iterdir())
        return sorted(
            path for path in lying if path.is_file() and not is_ignored(path.name) and self._counts(path)
        )

    def _counts(self, path: Path) -> bool:
        return self.since is None or came_since(self._came_at(path), self.since)

    def _came_at(self, path: Path) -> datetime | None:
        """Tell when a mail came: as its Maildir name says, else the time of the file; None without one."""
        delivered = _delivered_at(path.name) if self._is_maildir() else None
        try:
            return delivered or datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (FileNotFoundError, OverflowError, ValueError):  # it has gone, or its time is no date
            return None

    def _must_be_there(self) -> None:
        if not self.folder.is_dir():
            raise PostbusAwayError("the postbus is gone")

    def no_mails(self) -> tuple[str, ...]:
        """Name what lies there and is no mail: links, pipes, other files and folders; never opened."""
        try:
            lying = self._places() if self._is_maildir() else self.folder.iterdir()
            return tuple(sorted(path.name for path in lying if self._is_no_mail(path)))
        except OSError:
            return ()

    def _places(self) -> Iterator[Path]:
        for folder in _MAILDIR_FOLDERS:
            yield from (self.folder / folder).iterdir()

    def _is_no_mail(self, path: Path) -> bool:
        if is_ignored(path.name) or path.name in (self.done, DONE_FOLDER):
            return False
        return not _is_file(path) or (not self._is_maildir() and path.suffix.lower() != _MAIL_ENDING)

    def _is_maildir(self) -> bool:
        return all((self.folder / name).is_dir() for name in _MAILDIR_FOLDERS)

    def _list_folder(self) -> Iterator[PostbusItem]:
        for path in self.folder.iterdir():
            is_mail = path.suffix.lower() == _MAIL_ENDING and not is_ignored(path.name) and _is_file(path)
            if is_mail and self._counts(path):
                key = _folder_key(path)
                if key:
                    yield PostbusItem(key=key, place=str(path), name=path.name, server_time=None)

    def _list_maildir(self) -> Iterator[PostbusItem]:
        for path in self._places():
            if path.name.startswith(".") or _TRASHED_OR_DRAFT.search(path.name) or not _is_file(path):
                continue
            if self._counts(path):
                unique = _unique_name(path)
                yield PostbusItem(key=unique, place=str(path), name=unique, server_time=_delivered_at(unique))

    def _set_aside(self, item: PostbusItem) -> None:
        if self._is_maildir():
            _move(Path(item.place), _made_maildir(self.folder / f".{self.done}") / f"{item.name}:2,S")
            return
        done = self.folder / self.done
        done.mkdir(exist_ok=True)
        _move(Path(item.place), done / item.name)


def _is_file(path: Path) -> bool:
    """Tell whether something is a plain file; a link is not followed to find out."""
    return path.is_file() and not path.is_symlink()


def _folder_key(path: Path) -> str:
    """Give the digest of bytes and name; empty when the file left in the meantime."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ""
    return sha256(sha256(content).digest() + path.name.encode("utf-8", "surrogateescape")).hexdigest()


def _message_id(path: Path) -> str:
    """Read the Message-ID; empty when there is none, or the file left in the meantime."""
    try:
        with path.open("rb") as stream:
            return message_id_in(head_of(stream.read(_LONGEST_HEAD)))
    except FileNotFoundError:
        return ""


def _unique_name(path: Path) -> str:
    """Give the part of a Maildir name that never changes: before the flags."""
    return re.split(r"[:;!]2,", path.name, maxsplit=1)[0]


def _delivered_at(unique: str) -> datetime | None:
    """Read the moment of delivery, with which a Maildir name begins."""
    found = _DELIVERED.match(unique)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _made_maildir(done: Path) -> Path:
    """Give ``cur`` of a Maildir++ folder, made when needed."""
    for name in ("tmp", "new", "cur"):
        (done / name).mkdir(parents=True, exist_ok=True)
    (done / "maildirfolder").touch()
    return done / "cur"


def _move(source: Path, target: Path) -> None:
    """Move a file without replacing another; a same name gets a number."""
    place, number = target, 1
    while place.exists() and not place.samefile(source):
        number += 1
        place = target.with_name(f"{target.stem} ({number}){target.suffix}")
    if place.exists():
        source.unlink()
    else:
        files.rename_new(source, place)
