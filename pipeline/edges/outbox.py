"""Hand mail over to a folder: one ``.eml`` file per mail, the transport that needs no server.

Writes in that folder only. A file appears complete or not at all, and a mail that lies there
already is never written again.
"""

import re
from hashlib import sha256
from pathlib import Path

from pipeline.edges import files
from pipeline.edges.mail.compose import compose, envelope
from pipeline.errors import FolderError, TransportError, UncertainTransportError
from pipeline.values import OutgoingMail

_LONGEST_NAME = 100
CRLF = "\r\n"


class OutboxFolder:
    """A transport that delivers into a folder.

    Args:
        folder: Where the mails go; made when only its last level is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self, mail: OutgoingMail) -> str:  # noqa: ARG002 - the same interface as every transport
        """Lay nothing ready: a folder knows no drafts."""
        return ""

    def send(self, mail: OutgoingMail, draft: str = "") -> frozenset[str]:  # noqa: ARG002 - idem
        """Deliver a mail; the same mail again changes nothing. Whoever sends it on must know of all in bcc.

        Raises:
            AddressUnusableError: An address is not usable.
            TransportError: It could not be written; it is certain that it is not there.
            DiskFullError: There is no room; it is certain that it is not there.
            UncertainTransportError: Another mail lies there under the same Message-ID.
        """
        recipients, left_out = envelope(mail)
        unseen = f"Bcc: {f',{CRLF} '.join(recipients)}{CRLF}" if mail.bcc else ""
        content = unseen.encode("ascii") + compose(mail)
        target = self._path(mail.message_id)
        try:
            with files.guarded():
                self._folder.mkdir(exist_ok=True)
            delivered = files.create(target, content)
        except FolderError as error:
            raise TransportError(f"cannot write {mail.message_id}: {error}") from error
        if not delivered:
            raise UncertainTransportError(f"another mail was delivered as {mail.message_id}")
        return left_out

    def withdraw(self, message_id: str) -> None:
        """Take nothing away: nothing was laid ready."""

    def was_sent(self, message_id: str, draft: str = "") -> bool | None:  # noqa: ARG002 - idem
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
