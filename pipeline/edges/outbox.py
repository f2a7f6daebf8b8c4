"""Hand mail over to a folder: one ``.eml`` file per mail, the transport that needs no server.

Writes in that folder only. A file appears complete or not at all (temporary file, fsync, link),
and a mail that lies there already is never written again.
"""

import errno
import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pipeline.edges.mail.compose import compose
from pipeline.errors import DiskFullError, TransportError, UncertainTransportError
from pipeline.values import OutgoingMail

_LONGEST_NAME = 100
_FULL = (errno.ENOSPC, errno.EDQUOT)


class OutboxFolder:
    """A transport that delivers into a folder.

    Args:
        folder: Where the mails go; made when only its last level is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: OutgoingMail) -> None:
        """Deliver a mail; the same mail again changes nothing.

        Raises:
            AddressUnusableError: An address is not usable.
            TransportError: It could not be written; it is certain that it is not there.
            DiskFullError: There is no room; it is certain that it is not there.
            UncertainTransportError: Another mail lies there under the same Message-ID.
        """
        content = compose(mail)
        target = self._path(mail.message_id)
        try:
            self._folder.mkdir(exist_ok=True)
            delivered = _deliver(content, target)
        except OSError as error:
            kind = DiskFullError if error.errno in _FULL else TransportError
            raise kind(f"cannot write {mail.message_id}: {error.strerror}") from error
        if not delivered:
            raise UncertainTransportError(f"another mail was delivered as {mail.message_id}")

    def was_sent(self, message_id: str) -> bool | None:
        """Tell whether this mail was delivered; None when the folder cannot be looked into."""
        if not self._folder.is_dir():
            return None
        return self._path(message_id).is_file()

    def _path(self, message_id: str) -> Path:
        return self._folder / f"{_safe_name(message_id)}.eml"


def _safe_name(message_id: str) -> str:
    """Make a Message-ID a file name; ids that differ never share a name, also without case."""
    safe = re.sub(r"[^a-z0-9@._-]", "_", message_id).lstrip(".")
    if safe == message_id and len(safe) <= _LONGEST_NAME:
        return safe
    return f"{safe[:_LONGEST_NAME]}-{sha256(message_id.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _deliver(content: bytes, target: Path) -> bool:
    """Put the content at its place, if nothing is there yet.

    Returns:
        True when exactly this content is there now.
    """
    if target.exists():
        return target.read_bytes() == content
    temporary = target.with_name(f".{target.name}.part")
    try:
        _write(content, temporary)
        _claim(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return target.read_bytes() == content


def _write(content: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _claim(temporary: Path, target: Path) -> None:
    """Give the file its name without ever replacing another."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new name last; a file system that cannot do so is left as it is."""
    descriptor = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)
