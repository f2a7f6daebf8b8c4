"""The mailbox of a council on an IMAP server.

Nothing is changed there before a mail is acknowledged; then it moves to the folder for what is done, or
gets a mark where it lies. Being read by a person means nothing, and reading does not mark a mail as read.
What is not possible at a server falls back: without MOVE a copy is made and the original removed, without
UIDPLUS it is marked; where marks cannot be kept either, the bookmark tells how far we have come.
Of what came since a day the server, which may count days in another zone, is also asked the day before;
which of that counts, INTERNALDATE tells.
One connection is kept open and renewed when it broke. Not for several threads at once.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum, auto
from functools import partial
from hashlib import sha256
from typing import TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError

from pipeline.dates import ONE_DAY
from pipeline.edges.imap import folders
from pipeline.edges.imap.session import ImapServer, hang_up, reaching, was_lost
from pipeline.edges.mail.message_id import message_id_in
from pipeline.errors import MailStuckError, OperatorError, PostbusAwayError
from pipeline.ports import Listing, MailboxEntry, PostbusItem
from pipeline.sources.plan import came_since

_AT_ONCE_BYTES = 16 * 1024 * 1024
_AT_ONCE_MAILS = 100
_ID_HEADER = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
_ID_ANSWER = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
_Found = TypeVar("_Found")


class _Way(Enum):
    """How a mail is acknowledged at this server."""

    MOVE = auto()
    COPY = auto()
    MARK = auto()
    BOOKMARK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Selected:
    """The folder that is selected: its name at the server, its UIDVALIDITY, and how mail is acknowledged."""

    name: str
    validity: int
    way: _Way


class ImapPostbus:
    """A mailbox on an IMAP server.

    Args:
        server: Where it is.
        inbox: Folder that is read, levels apart by ``/``; empty for its inbox.
        keeps: True to mark what is done where it lies; False to move it.
        done: Name of the folder, or of the mark.
        since: What came before this day is left alone; None for nothing.
    """

    def __init__(
        self,
        server: ImapServer,
        *,
        inbox: str = "",
        keeps: bool = False,
        done: str,
        since: date | None = None,
    ) -> None:
        self._server = server
        self._since = since
        self._inbox, self._keeps, self._done = inbox, keeps, done
        self._mark = re.sub(r"[^A-Za-z0-9_-]", "_", done)
        self._client: IMAPClient | None = None
        self._selected: _Selected | None = None
        self._done_at = ""

    def close(self) -> None:
        """Close the connection; it is opened again when it is needed."""
        if self._client is not None:
            hang_up(self._client)
        self._client, self._selected, self._done_at = None, None, ""

    def list_new(self, bookmark: str) -> Listing:
        """List the mails that were not acknowledged, in the order in which they came.

        Raises:
            PostbusAwayError: The server cannot be reached, or does not let us in.
        """
        return self._do(partial(self._list, bookmark))

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        """Give the bytes of mails, one at a time; no more than a few MB are fetched at once.

        Raises:
            MailStuckError: One of them cannot be fetched; said when all others have been given.
            PostbusAwayError: The server cannot be reached, or numbered its mails anew.
        """
        stuck: set[int] = set()
        for batch in _batches(items):
            contents = self._contents(batch, stuck)
            for item in batch:
                content = contents.pop(_uid(item), None)
                if content is not None:
                    yield item, content
        if stuck:
            raise MailStuckError("a mail cannot be fetched")

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        """Put mails away as done; one that has gone already is fine.

        Raises:
            PostbusAwayError: They cannot be put away; they will be listed again.
        """
        if items:
            self._do(partial(self._put_away, items), again=False)

    def no_mails(self) -> tuple[str, ...]:
        """Name nothing: whatever lies in a mailbox on a server is a mail."""
        return ()

    def list_all(self) -> tuple[MailboxEntry, ...]:
        """List every mail of the folder that is read and of the folder for what is done.

        Raises:
            PostbusAwayError: The server cannot be reached, or does not let us in.
        """
        return self._do(self._list_all)

    # --- the connection ----------------------------------------------------------------

    def _do(self, step: Callable[[IMAPClient], _Found], *, again: bool = True) -> _Found:
        """Do one thing at the server; when the connection was lost since the last time, on a new one.

        Args:
            step: What is done.
            again: False for what does harm when the server did it and its answer was lost.
        """
        kept = self._client is not None
        try:
            with reaching():
                if self._client is None:
                    self._client = self._server.connect()
                return step(self._client)
        except OperatorError as fault:
            self.close()
            if not (again and kept and was_lost(fault)):
                raise
        return self._do(step, again=False)

    def _select(self, client: IMAPClient) -> _Selected:
        """Select the folder that is read anew, so that what came in is seen."""
        name = self._selected.name if self._selected else folders.inbox_name(client, self._inbox)
        try:
            answer = client.select_folder(name)
        except IMAPClientReadOnlyError:
            answer = client.select_folder(name, readonly=True)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise PostbusAwayError("the folder to be read is not there", wat=_NO_FOLDER, doe=_SEE) from error
        self._selected = _Selected(
            name=name, validity=int(answer[b"UIDVALIDITY"]), way=self._way(client, answer)
        )
        return self._selected

    def _way(self, client: IMAPClient, answer: dict[bytes, object]) -> _Way:
        if not self._keeps:
            if client.has_capability("MOVE"):
                return _Way.MOVE
            if client.has_capability("UIDPLUS"):
                return _Way.COPY
        allowed = answer.get(b"PERMANENTFLAGS")
        marks = allowed if isinstance(allowed, tuple) else ()
        keeps_marks = b"READ-ONLY" not in answer and (b"\\*" in marks or self._mark.encode() in marks)
        return _Way.MARK if keeps_marks else _Way.BOOKMARK

    def _still(self, client: IMAPClient, items: Sequence[PostbusItem]) -> _Selected:
        """Make sure that the numbers of these mails still mean them."""
        selected = self._selected or self._select(client)
        if any(_validity(item) != selected.validity for item in items):
            raise PostbusAwayError(
                "UIDVALIDITY changed since the mails were listed", wat=_RENUMBERED, doe=_LISTED_AGAIN
            )
        return selected

    # --- what is done there ------------------------------------------------------------

    def _list(self, bookmark: str, client: IMAPClient) -> Listing:
        selected = self._select(client)
        wanted = self._lying() if selected.way in (_Way.MOVE, _Way.COPY) else self._unmarked()
        uids = sorted(client.search(wanted))
        if selected.way is not _Way.BOOKMARK:
            return Listing(items=self._items(client, selected, uids))
        last = _last_read(bookmark, selected.validity, self._since)
        uids = [uid for uid in uids if uid > last]
        items = self._items(client, selected, uids)
        read = max((last, *uids))
        return Listing(items=items, bookmark=_bookmark(read, selected.validity, self._since))

    def _lying(self) -> list[str | date]:
        """Give what to search for to find every mail that counts, and perhaps some of the day before."""
        return ["UNDELETED", *(("SINCE", self._since - ONE_DAY) if self._since else ())]

    def _unmarked(self) -> list[str | date]:
        return [*self._lying(), "UNKEYWORD", self._mark]

    def _counts(self, facts: dict[bytes, datetime | None]) -> bool:
        return came_since(_in_utc(facts.get(b"INTERNALDATE")), self._since)

    def _items(self, client: IMAPClient, selected: _Selected, uids: list[int]) -> tuple[PostbusItem, ...]:
        found: list[PostbusItem] = []
        for some in _chunks(uids):
            facts = client.fetch(some, ["INTERNALDATE", "RFC822.SIZE"])
            found += (
                PostbusItem(
                    key=self._key(selected.name, selected.validity, uid),
                    place=f"{selected.validity}:{uid}:{facts[uid].get(b'RFC822.SIZE', 0)}",
                    name=f"bericht {uid}.eml",
                    server_time=_in_utc(facts[uid].get(b"INTERNALDATE")),
                )
                for uid in some
                if uid in facts and self._counts(facts[uid])
            )
        return tuple(found)

    def _key(self, folder: str, validity: int, uid: int) -> str:
        """Give what a mail is known by: never an address, but it tells accounts and folders apart."""
        place = f"{self._server.host.lower()}\n{self._server.user}\n{folder}"
        return f"imap-{sha256(place.encode()).hexdigest()[:12]}-{validity}-{uid}"

    def _fetch(self, batch: Sequence[PostbusItem], client: IMAPClient) -> dict[int, bytes]:
        self._still(client, batch)
        try:
            found = client.fetch([_uid(item) for item in batch], ["BODY.PEEK[]"])
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            found = self._fetch_what_is_left(batch, client)
        bodies = {uid: facts.get(b"BODY[]") for uid, facts in found.items()}
        return {uid: body for uid, body in bodies.items() if body is not None}

    def _contents(self, batch: Sequence[PostbusItem], stuck: set[int]) -> dict[int, bytes]:
        """Fetch a batch; one mail that the server cannot give must not keep the others there.

        Args:
            batch: The mails.
            stuck: Is added to: the numbers of those that cannot be fetched, though the server answers.
        """
        try:
            return self._do(partial(self._fetch, batch))
        except PostbusAwayError as fault:
            if fault.__cause__ is None:
                raise
        found: dict[int, bytes] = {}
        for item in batch:
            try:
                found |= self._do(partial(self._fetch, [item]))
            except PostbusAwayError:
                self._do(self._select)
                stuck.add(_uid(item))
        return found

    def _fetch_what_is_left(
        self, batch: Sequence[PostbusItem], client: IMAPClient
    ) -> dict[int, dict[bytes, bytes]]:
        """Fetch a batch of which something had gone, so that the server refused the whole."""
        self._select(client)
        self._still(client, batch)
        lying = set(client.search(["ALL"]))
        left = [_uid(item) for item in batch if _uid(item) in lying]
        found: dict[int, dict[bytes, bytes]] = client.fetch(left, ["BODY.PEEK[]"])
        return found

    def _put_away(self, items: Sequence[PostbusItem], client: IMAPClient) -> None:
        selected = self._still(client, items)
        uids = [_uid(item) for item in items]
        try:
            self._put_away_by(selected.way, uids, client)
        except IMAPClientAbortError as error:
            if isinstance(error, IMAPClientReadOnlyError):
                raise PostbusAwayError("mailbox is read-only", wat=_NOT_PUT_AWAY, doe=_SEE_ROOM) from error
            raise
        except IMAPClientError as error:
            raise PostbusAwayError(
                "mail server refuses to put mail away", wat=_NOT_PUT_AWAY, doe=_SEE_ROOM
            ) from error

    def _put_away_by(self, way: _Way, uids: list[int], client: IMAPClient) -> None:
        match way:
            case _Way.MOVE:
                client.move(uids, self._done_folder(client))
            case _Way.COPY:
                client.copy(uids, self._done_folder(client))
                client.delete_messages(uids, silent=True)
                client.uid_expunge(uids)
            case _Way.MARK:
                client.add_flags(uids, [self._mark], silent=True)
            case _Way.BOOKMARK:
                pass

    def _done_folder(self, client: IMAPClient) -> str:
        """Give the name of the folder for what is done; it is looked for once for each connection."""
        self._done_at = self._done_at or folders.done_name(client, self._done)
        return self._done_at

    def _list_all(self, client: IMAPClient) -> tuple[MailboxEntry, ...]:
        selected = self._select(client)
        uids = sorted(client.search(self._lying()))
        waiting = set(client.search(self._unmarked())) if selected.way is _Way.MARK else set(uids)
        found = list(self._entries(client, selected.name, selected.validity, uids, waiting))
        done = "" if selected.way in (_Way.MARK, _Way.BOOKMARK) else folders.existing_done(client, self._done)
        if done and done != selected.name:
            self._selected = None
            answer = client.select_folder(done, readonly=True)
            uids = sorted(client.search(self._lying()))
            found += self._entries(client, done, int(answer[b"UIDVALIDITY"]), uids, set())
        return tuple(found)

    def _entries(
        self, client: IMAPClient, folder: str, validity: int, uids: list[int], waiting: set[int]
    ) -> Iterator[MailboxEntry]:
        for some in _chunks(uids):
            for uid, facts in client.fetch(some, [_ID_HEADER, "INTERNALDATE"]).items():
                if self._counts(facts):
                    yield MailboxEntry(
                        key=self._key(folder, validity, uid),
                        message_id=message_id_in(facts.get(_ID_ANSWER) or b""),
                        done=uid not in waiting,
                    )


def _uid(item: PostbusItem) -> int:
    return int(item.place.split(":")[1])


def _validity(item: PostbusItem) -> int:
    return int(item.place.split(":")[0])


def _batches(items: Sequence[PostbusItem]) -> Iterator[list[PostbusItem]]:
    """Divide mails into batches that are not too large to hold; a large mail is a batch of its own."""
    batch: list[PostbusItem] = []
    held = 0
    for item in items:
        size = int(item.place.split(":")[2])
        if batch and (held + size > _AT_ONCE_BYTES or len(batch) == _AT_ONCE_MAILS):
            yield batch
            batch, held = [], 0
        batch.append(item)
        held += size
    if batch:
        yield batch


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    """Divide numbers so that no command becomes longer than servers take."""
    for start in range(0, len(uids), 200):
        yield uids[start : start + 200]


def _bookmark(last: int, validity: int, since: date | None) -> str:
    return f"{validity}:{last}" + (f":{since.isoformat()}" if since else "")


def _last_read(bookmark: str, validity: int, since: date | None) -> int:
    """Read a bookmark; 0 when the server numbered its mails anew since, or another day was the first."""
    last = bookmark.split(":")[1] if bookmark.count(":") else ""
    return int(last) if last.isdecimal() and bookmark == _bookmark(int(last), validity, since) else 0


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


_SEE = "Laat de beheerder [postbus] in dienst.toml nakijken; er gaat niets verloren."
_NO_FOLDER = "De map die in de postbus moet worden gelezen bestaat niet of is niet toegankelijk."
_NOT_PUT_AWAY = "Verwerkte post kan in de postbus niet worden weggezet; ze is wel bewaard en wordt behandeld."
_SEE_ROOM = "Laat de beheerder nakijken of de postbus vol is en of de dienst er mag verplaatsen en markeren."
_RENUMBERED = "De mailserver heeft de post in de postbus opnieuw genummerd."
_LISTED_AGAIN = "De dienst haalt de post vanzelf opnieuw op; wat er al was wordt herkend."
