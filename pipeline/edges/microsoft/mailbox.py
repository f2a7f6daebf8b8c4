"""Read the council's mailbox at Microsoft 365; a mail is moved, or marked, only when it is safe elsewhere.

What is new is asked by delta: a bookmark of the server, after which it tells what came since. A mail
keeps its id when it is moved, as long as every request asks for such ids. Mails are read as MIME, as
they came. A bookmark that the server no longer knows means that everything is listed again. What came
before the day from which mail counts is left out here, not by the server: of a delta with a filter it
tells no more than 5,000 messages, and does not say that there are others.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from pipeline.dates import AMSTERDAM
from pipeline.edges.microsoft.away import away
from pipeline.edges.microsoft.graph import FORBIDDEN, GONE, Graph, GraphError
from pipeline.edges.microsoft.linked import linked_files, too_large
from pipeline.errors import MailStuckError, PostbusAwayError
from pipeline.ports import Listing, MailboxEntry, PostbusItem
from pipeline.sources.plan import came_since

INBOX = "inbox"
_PAGE = 50
_MOST_PAGES = 20
_EXPIRED = 410
_OF_ONE = (400, 409, 413, 422, 500, 501, 507)
_MOST_STUCK = 3
_ASKED = "receivedDateTime,hasAttachments,isDraft,categories"
_WITH_ATTACHMENTS = "+"


@dataclass(slots=True, kw_only=True)
class GraphPostbus:
    """The mailbox of the council.

    Attributes:
        graph: Asks Microsoft Graph.
        inbox: Name of the folder that is read; empty for the inbox.
        keeps: True to leave a mail where it is, marked with a category; False to move it.
        done: Name of the folder, or of the category.
        since: What came before this day is left alone; None for nothing.
    """

    graph: Graph
    inbox: str = ""
    keeps: bool = False
    done: str = "Verwerkt"
    since: date | None = None
    _folders: dict[str, str] = field(default_factory=dict)

    def list_new(self, bookmark: str) -> Listing:
        """List the mails that came or changed after the bookmark and were not acknowledged.

        Of a very full mailbox only the first thousand; ``unfinished`` then tells that there are more.

        Raises:
            PostbusAwayError: The mailbox cannot be reached, or must be left alone for a while.
        """
        place, _, link = bookmark.partition(" ")
        with _away():
            try:
                return self._listing(link if place == self._place() else "")
            except GraphError as fault:
                if fault.status != _EXPIRED:
                    raise
            return self._listing("")

    def look(self) -> None:
        """Make sure that the mailbox may be seen; raises as ``list_new``, also for one that is not there."""
        with _away():
            try:
                url = self.graph.mailbox_url(f"/mailFolders/{INBOX}")
                self.graph.ask("get", url, params={"$select": "displayName"})
            except GraphError as fault:
                if fault.status == GONE:
                    raise GraphError(FORBIDDEN, fault.code) from fault
                raise

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        """Read mails as they came, one at a time; before each the files that it only refers to.

        In that order, because a mail that is kept is not read again.

        Raises:
            MailStuckError: One of them cannot be fetched; said when all others have been given.
            PostbusAwayError: The mailbox cannot be reached.
        """
        stuck = 0
        for item in items:
            try:
                with _away():
                    found = self._fetched(item)
            except PostbusAwayError as fault:
                stuck += 1
                if stuck > _MOST_STUCK or not _is_of_one(fault.__cause__):
                    raise
                continue
            yield from found
        if stuck:
            raise MailStuckError("a mail cannot be fetched")

    def _fetched(self, item: PostbusItem) -> tuple[tuple[PostbusItem, bytes], ...]:
        """Fetch a mail and the files that it only refers to, these first; nothing when it has gone."""
        message, has_attachments = _parse(item.place)
        mail = self.graph.fetch(self.graph.mailbox_url(f"/messages/{message}/$value"))
        if mail is None:
            return ()
        found = linked_files(self.graph, message, mail.content) if has_attachments else ()
        linked = (
            (PostbusItem(key=key, place="", name=item.name, server_time=item.server_time), made)
            for key, made in found
        )
        return (*linked, (item, mail.content if mail.whole else too_large(mail.content, item.key)))

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        """Move mails to the folder for what is done, made when needed, or mark them; one may be gone.

        Raises:
            PostbusAwayError: One cannot be moved or marked; it will be listed again.
        """
        for item in items:
            message, _ = _parse(item.place)
            with _away():
                if self.keeps:
                    self._mark(message)
                else:
                    self._move(message)

    def no_mails(self) -> tuple[str, ...]:
        """Name nothing: whatever lies in this mailbox is a mail."""
        return ()

    def list_all(self) -> tuple[MailboxEntry, ...]:
        """List every mail of the folder that is read and of the one for what is done; nothing is fetched.

        Raises:
            PostbusAwayError: The mailbox cannot be reached.
        """
        with _away():
            folders = [self._inbox()]
            if not self.keeps and (done := self._find(self.done)):
                folders.append(done)
            return tuple(
                MailboxEntry(
                    key=row["id"],
                    message_id=(row.get("internetMessageId") or "").strip("<> "),
                    done=folder != folders[0] or self._is_marked(row),
                )
                for folder in folders
                for row in self._rows(folder)
                if not row.get("isDraft")
            )

    # --- listing ---

    def _listing(self, link: str) -> Listing:
        """Follow the pages of a delta from a link, or from the beginning."""
        rows: dict[str, Mapping[str, Any]] = {}
        url = link or self.graph.mailbox_url(f"/mailFolders/{self._inbox()}/messages/delta")
        params = None if link else {"$select": _ASKED}
        finished = False
        for _ in range(_MOST_PAGES):
            page = self._page(url, params)
            for row in page.get("value", ()):
                rows[row["id"]] = row
            finished = "@odata.deltaLink" in page
            url, params = page["@odata.deltaLink" if finished else "@odata.nextLink"], None
            if finished:
                break
        items = (_item(row) for row in map(self._whole, rows.values()) if self._waits(row))
        return Listing(
            items=tuple(sorted(items, key=lambda item: str(item.server_time))),
            bookmark=f"{self._place()} {url}",
            unfinished=not finished,
        )

    def _whole(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give all that is asked of a mail; of one that changed a delta may tell no more than the change."""
        if "@removed" in row or "receivedDateTime" in row:
            return row
        return {**row, **(self._shown(row["id"], _ASKED) or {"@removed": {}})}

    def _page(self, url: str, params: Mapping[str, str] | None) -> Mapping[str, Any]:
        answer = self.graph.ask("get", url, params=params, headers={"Prefer": f"odata.maxpagesize={_PAGE}"})
        page: Mapping[str, Any] = answer.json()
        return page

    def _rows(self, folder: str) -> Iterator[Mapping[str, Any]]:
        """Give id, Message-ID and marks of every mail in a folder that counts."""
        url = self.graph.mailbox_url(f"/mailFolders/{folder}/messages")
        asked = {"$select": "internetMessageId,isDraft,categories", "$top": str(_PAGE)}
        if self.since:
            asked["$filter"] = f"receivedDateTime ge {_begin(self.since):%Y-%m-%dT%H:%M:%SZ}"
        params: Mapping[str, str] | None = asked
        while url:
            page = self._page(url, params)
            yield from page.get("value", ())
            url, params = page.get("@odata.nextLink", ""), None

    def _waits(self, row: Mapping[str, Any]) -> bool:
        """Tell whether a row is a mail that waits; one that left has ``@removed``."""
        if "@removed" in row or row.get("isDraft") or self._is_marked(row):
            return False
        return came_since(_received(row), self.since)

    def _is_marked(self, row: Mapping[str, Any]) -> bool:
        return self.keeps and self.done in (row.get("categories") or ())

    def _place(self) -> str:
        """Give what a bookmark belongs to; one of another mailbox, folder or first day never counts here."""
        whose = f"{self.graph.sign_in.identity.mailbox}\n{self.inbox}"
        if self.since:
            whose += f"\n{self.since.isoformat()}"
        return sha256(whose.encode()).hexdigest()[:16]

    # --- one mail ---

    def _move(self, message: str, *, again: bool = True) -> None:
        done = self._done()
        try:
            self.graph.ask(
                "post", self.graph.mailbox_url(f"/messages/{message}/move"), data={"destinationId": done}
            )
        except GraphError as fault:
            if fault.status != GONE:
                raise
            if again and self._shown(message, "isDraft") is not None:  # then the folder is gone
                self._folders.pop(self.done, None)
                self._move(message, again=False)

    def _mark(self, message: str) -> None:
        shown = self._shown(message, "categories")
        if shown is None or self._is_marked(shown):
            return
        marked = [*(shown.get("categories") or ()), self.done]
        try:
            self.graph.ask(
                "patch", self.graph.mailbox_url(f"/messages/{message}"), data={"categories": marked}
            )
        except GraphError as fault:
            if fault.status != GONE:
                raise

    def _shown(self, message: str, fields: str) -> Mapping[str, Any] | None:
        try:
            url = self.graph.mailbox_url(f"/messages/{message}")
            shown: Mapping[str, Any] = self.graph.ask("get", url, params={"$select": fields}).json()
        except GraphError as fault:
            if fault.status == GONE:
                return None
            raise
        return shown

    # --- folders ---

    def _inbox(self) -> str:
        if not self.inbox:
            return INBOX
        found = self._find(self.inbox)
        if not found:
            raise PostbusAwayError(
                "the folder that is read is not in the mailbox",
                wat=f"De map '{self.inbox}' staat niet in de postbus bij Microsoft 365.",
                doe="Maak haar daar aan, of verbeter postvak in dienst.toml.",
            )
        return found

    def _done(self) -> str:
        return self._find(self.done) or self._make(self.done)

    def _find(self, name: str) -> str:
        """Find the id of a folder by its name; empty when there is none."""
        if name not in self._folders:
            quoted = name.replace("'", "''")
            folder = self.graph.let(lambda account: account.mailbox().get_folder(folder_name=quoted))
            if folder is None:
                return ""
            self._folders[name] = str(folder.folder_id)
        return self._folders[name]

    def _make(self, name: str) -> str:
        folder = self.graph.let(lambda account: account.mailbox().create_child_folder(name))
        self._folders[name] = str(folder.folder_id)
        return self._folders[name]


def _begin(day: date) -> datetime:
    """Give the moment at which a day begins in Europe/Amsterdam."""
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)


def _received(row: Mapping[str, Any]) -> datetime | None:
    received = row.get("receivedDateTime")
    return datetime.fromisoformat(received) if received else None


def _item(row: Mapping[str, Any]) -> PostbusItem:
    mark = _WITH_ATTACHMENTS if row.get("hasAttachments") else ""
    return PostbusItem(
        key=row["id"],
        place=f"{row['id']} {mark}",
        name="bericht.eml",
        server_time=_received(row),
    )


def _is_of_one(fault: BaseException | None) -> bool:
    """Tell whether the server answered about one mail only, and not that it is ill or busy itself."""
    if not isinstance(fault, GraphError):
        return False
    return fault.retry_after is None and fault.status in _OF_ONE


def _parse(place: str) -> tuple[str, bool]:
    """Give the id of a message, and whether it has attachments."""
    message, _, mark = place.partition(" ")
    return message, mark == _WITH_ATTACHMENTS


def _away() -> AbstractContextManager[None]:
    return away("mailbox", "De postbus bij Microsoft 365 is niet bereikbaar.")
