"""Send mail through the council's mailbox at Microsoft 365, exactly once.

A mail is laid ready as a draft first; its id, which it keeps when it is sent, is written down by the
caller, and tells after a crash or a late answer whether it went. Limits of Graph: a draft made this way
has one body, the HTML one, from which Exchange makes the plain text; and ``Auto-Submitted`` cannot be
set, only headers that begin with X-, so that only Exchange itself is kept from answering. A draft made
from MIME would be no better: Exchange drops that header in silence, and in a new mailbox our own mark too.

Source:
    microsoftgraph/msgraph-sdk-dotnet issue 2209, microsoftgraph/microsoft-graph-docs issue 17444.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.edges.mail.compose import (
    attachment_type,
    bracketed_id,
    envelope,
    envelope_address,
    file_name,
    own_mark,
    shown_name,
    subject_line,
)
from pipeline.edges.mail.machine import OWN_MARK
from pipeline.edges.microsoft.graph import TOO_MANY, Graph, GraphError
from pipeline.edges.microsoft.upload import Uploads, attach
from pipeline.errors import (
    PostbusAwayError,
    RefusedTransportError,
    SignInRefusedError,
    SignInTransportError,
    TransportError,
    UncertainTransportError,
)
from pipeline.values import Address, OutgoingMail

_GONE = 404
_FOR_GOOD = (400, 403, 413, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphTransport:
    """A transport that sends from the council's mailbox.

    Attributes:
        graph: Asks Microsoft Graph.
        uploads: What was uploaded to this mailbox lately.
    """

    graph: Graph
    uploads: Uploads = field(default_factory=Uploads)

    def prepare(self, mail: OutgoingMail) -> str:
        """Lay a mail ready as a draft; drafts of the same mail from before are deleted.

        Returns:
            The id of the draft.

        Raises:
            AddressUnusableError: An address is not usable.
            TransportError: It was not laid ready; it certainly did not leave.
            UncertainTransportError: A message with its Message-ID left before.
        """
        with _certain(mail.message_id):
            told, path = self._draft(mail), Path(mail.attachment_path) if mail.attachment_path else None
            size = path.stat().st_size if path else 0
            self.uploads.must_have_room(size)
            self._clear_away(mail)
            draft = str(self.graph.ask("post", self.graph.mailbox_url("/messages"), data=told).json()["id"])
            if path:
                name = file_name(mail.attachment_name)
                self.uploads.count(size)
                attach(self.graph, self._url(draft), path, name, "/".join(attachment_type(name)))
        return draft

    def send(self, mail: OutgoingMail, draft: str) -> frozenset[str]:
        """Send a draft; when the answer is lost, the draft itself is asked at once.

        Raises:
            RefusedTransportError: The server refused it for good.
            TransportError: It failed; it did not leave.
            UncertainTransportError: Nobody knows now; ``was_sent`` will.
        """
        with _certain(mail.message_id):
            try:
                self.graph.ask("post", f"{self._url(draft)}/send")
            except GraphError as fault:
                if not fault.reached:
                    raise
                self._find_out(mail, draft, fault)
        _, left_out = envelope(mail)
        return left_out

    def withdraw(self, message_id: str) -> None:
        """Delete the drafts of a mail; one that left stays.

        Raises:
            TransportError: The mailbox cannot be asked now.
        """
        with _certain(message_id):
            self._delete_drafts(f"<{message_id}>")

    def was_sent(self, message_id: str, draft: str) -> bool | None:
        """Tell whether a mail left: by its draft, else by its Message-ID.

        Returns:
            None when its draft is gone and it does not lie anywhere: somebody threw one of them away.

        Raises:
            TransportError: The mailbox cannot be asked now.
        """
        with _certain(message_id):
            if draft and (waits := self._is_draft(draft)) is not None:
                return not waits
            found = self._find(f"<{message_id}>")
            if any(not row.get("isDraft") for row in found):
                return True
            return None if draft else False

    def _draft(self, mail: OutgoingMail) -> dict[str, Any]:
        """Write a mail as Graph wants it."""
        message_id, subject = bracketed_id(mail), subject_line(mail)
        sender, reply_to = _person(mail.sender), _person(mail.reply_to)
        to, unseen = ([_person(mail.to)], ()) if mail.to else ([], envelope(mail)[0])

        def written(account: Any) -> dict[str, Any]:
            message = account.new_message()
            message.subject, message.body = subject, mail.html
            message.body_type = "html"
            message.sender.name, message.sender.address = sender
            message.to.add(to)
            message.bcc.add(list(unseen))
            message.reply_to.add(reply_to)
            message.add_message_header("X-Auto-Response-Suppress", "All")
            message.add_message_header(OWN_MARK, own_mark(mail))
            told: dict[str, Any] = message.to_api_data()
            return told

        return {**self.graph.let(written), "internetMessageId": message_id}

    def _clear_away(self, mail: OutgoingMail) -> None:
        """Delete drafts of this mail that an earlier attempt left."""
        if self._delete_drafts(bracketed_id(mail)):
            raise UncertainTransportError(f"{mail.message_id} left before", wat=_LEFT_BEFORE)

    def _delete_drafts(self, bracketed: str) -> bool:
        """Delete every draft with a Message-ID; tell whether a mail with it left."""
        found = self._find(bracketed)
        for row in found:
            if row.get("isDraft"):
                self._delete(str(row["id"]))
        return any(not row.get("isDraft") for row in found)

    def _delete(self, draft: str) -> None:
        try:
            self.graph.ask("delete", self._url(draft))
        except GraphError as fault:
            if fault.status != _GONE:
                raise

    def _find(self, bracketed: str) -> list[dict[str, Any]]:
        """Find every message in the mailbox with a Message-ID, wherever it lies."""
        quoted = bracketed.replace("'", "''")
        wanted = {"$filter": f"internetMessageId eq '{quoted}'", "$select": "isDraft"}
        found: list[dict[str, Any]] = self.graph.ask(
            "get", self.graph.mailbox_url("/messages"), params=wanted
        ).json()["value"]
        return found

    def _is_draft(self, draft: str) -> bool | None:
        """Ask whether a draft is still one; None when it is gone."""
        try:
            shown = self.graph.ask("get", self._url(draft), params={"$select": "isDraft"}).json()
        except GraphError as fault:
            if fault.status == _GONE:
                return None
            raise
        return bool(shown["isDraft"])

    def _find_out(self, mail: OutgoingMail, draft: str, lost: GraphError) -> None:
        """Look what became of a draft after an answer that says nothing of it; sent is fine."""
        try:
            waits = self._is_draft(draft)
        except (GraphError, PostbusAwayError) as fault:
            raise UncertainTransportError(f"no answer about {mail.message_id}: {lost}") from fault
        if waits is None:
            raise UncertainTransportError(f"{mail.message_id} is gone after {lost}")
        if waits:
            raise lost

    def _url(self, draft: str) -> str:
        return self.graph.mailbox_url(f"/messages/{draft}")


_LEFT_BEFORE = "Een bericht met dit kenmerk staat al bij de verzonden berichten van de postbus."


def _person(address: Address) -> tuple[str, str]:
    return shown_name(address), envelope_address(address)


@contextmanager
def _certain(message_id: str) -> Iterator[None]:
    """Translate what goes wrong when it is certain that the mail did not leave by it."""
    try:
        yield
    except GraphError as fault:
        raise _failure(message_id, fault) from fault
    except SignInRefusedError as fault:
        raise SignInTransportError(
            f"{message_id}: {fault}", wat=fault.wat, doe=fault.doe, retry_after=fault.retry_after
        ) from fault
    except PostbusAwayError as fault:
        raise TransportError(
            f"{message_id}: {fault}", wat=fault.wat, retry_after=fault.retry_after
        ) from fault
    except OSError as fault:
        raise TransportError(f"attachment of {message_id} cannot be read: {fault.strerror}") from fault
    except (KeyError, ValueError, TypeError) as fault:  # an answer that is no JSON, or another one
        raise TransportError(f"{message_id}: strange answer {type(fault).__name__}") from fault


def _failure(message_id: str, fault: GraphError) -> TransportError:
    detail = f"{message_id} did not leave: {fault}"
    if fault.status in _FOR_GOOD:
        return RefusedTransportError(detail, wat=_REFUSED, doe=_RIGHTS)
    if fault.status == TOO_MANY or fault.retry_after is not None:
        return TransportError(detail, wat=_BUSY, retry_after=fault.retry_after)
    return TransportError(detail, wat=_AWAY)


_REFUSED = "Microsoft 365 weigert dit bericht."
_RIGHTS = "Controleer het e-mailadres, en of de toepassing uit deze postbus mag verzenden."
_BUSY = "Microsoft 365 vraagt de dienst even te wachten; dit bericht volgt vanzelf."
_AWAY = "Microsoft 365 is nu niet bereikbaar; dit bericht volgt vanzelf."
