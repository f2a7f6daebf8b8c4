"""A folder in SharePoint or OneDrive as a second ``Inkomend/``: what is dropped there is taken in.

The folder is listed as a whole each time; it holds little, for what was kept is moved to ``Verwerkt``
inside it. (A delta would have to follow everything else of the library too: in SharePoint it exists
for the whole of it only.) A file that was changed after it was listed stays, and is a new one. Whoever
can write there hands in as the secretary does.
"""

import email.utils
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from pipeline.edges.microsoft.away import away
from pipeline.edges.microsoft.graph import GONE, MOST_BYTES, SERVICE, Graph, GraphError
from pipeline.edges.microsoft.linked import shortcut
from pipeline.errors import PostbusAwayError
from pipeline.ports import Listing, MailboxEntry, PostbusItem
from pipeline.sources.plan import is_ignored

DONE_FOLDER = "Verwerkt"
_PAGE = 200
_SOMEWHERE = "https://www.office.com/"
_CONFLICT, _CHANGED = 409, 412
_ASKED = "id,name,file,folder,size,eTag,cTag,lastModifiedDateTime,webUrl"


@dataclass(slots=True, kw_only=True)
class DriveFolder:
    """A folder that counts as a second ``Inkomend/``; it keeps the promises of a mailbox.

    Attributes:
        graph: Asks Microsoft Graph.
        place: ``drives/<id>/<path>``.
        quiet_seconds: So long a file must have been left alone before it counts.
    """

    graph: Graph
    place: str
    quiet_seconds: float = 5.0
    _ids: dict[str, str] = field(default_factory=dict)
    _links: dict[str, tuple[str, int]] = field(default_factory=dict)
    _folders: tuple[str, ...] = ()

    def list_new(self, bookmark: str) -> Listing:  # noqa: ARG002 - the same interface as every mailbox
        """List the files that stand still, by name; folders in it are left alone.

        Raises:
            PostbusAwayError: The folder cannot be reached, or is not there.
        """
        with _away():
            rows, now = self._children(self._folder())
            files = [row for row in rows if "file" in row and not is_ignored(row["name"])]
            still = [row for row in files if _age(row, now) >= self.quiet_seconds]
            self._links = {row["id"]: (row.get("webUrl") or "", int(row.get("size") or 0)) for row in still}
            others = (row["name"] for row in rows if "folder" in row and row["name"] != DONE_FOLDER)
            self._folders = tuple(sorted(others))
            items = (_item(row) for row in still)
            return Listing(
                items=tuple(sorted(items, key=lambda item: (item.name, item.key))),
                unfinished=len(still) < len(files),
            )

    def read(self, items: Sequence[PostbusItem]) -> Iterator[tuple[PostbusItem, bytes]]:
        """Read files, one at a time; of one that is too large a shortcut to it.

        Raises:
            PostbusAwayError: The folder cannot be reached.
        """
        for item in items:
            file, _ = _parse(item.place)
            link, size = self._links.get(file, (_SOMEWHERE, 0))
            if size > MOST_BYTES:
                yield _as_shortcut(item, link)
                continue
            with _away():
                found = self.graph.fetch(f"{self._items()}/{file}/content")
            if found is not None:
                yield (item, found.content) if found.whole else _as_shortcut(item, link)

    def acknowledge(self, items: Sequence[PostbusItem]) -> None:
        """Move files to ``Verwerkt``; one that is gone or was changed since is left as it is.

        Raises:
            PostbusAwayError: One cannot be moved; it will be listed again.
        """
        trouble: PostbusAwayError | None = None
        for item in items:
            try:
                with _away():
                    self._move(item, item.name)
            except PostbusAwayError as fault:  # one that somebody has open must not keep the others there
                trouble = trouble or fault
                if fault.retry_after is not None:
                    break
        if trouble:
            raise trouble

    def no_mails(self) -> tuple[str, ...]:
        """Name the folders in it that were seen when it was listed last: what lies in them is not read."""
        return self._folders

    def list_all(self) -> tuple[MailboxEntry, ...]:
        """List every file of the folder and of ``Verwerkt``.

        Raises:
            PostbusAwayError: The folder cannot be reached.
        """
        with _away():
            folder = self._folder()
            done = self._find(folder, DONE_FOLDER)
            return tuple(
                MailboxEntry(key=_item(row).key, message_id="", done=place == done)
                for place in (folder, done)
                if place
                for row in self._children(place)[0]
                if "file" in row
            )

    # --- files ---

    def _move(self, item: PostbusItem, name: str, number: int = 1) -> None:
        """Move a file as it was listed; beside one of the same name it gets a number."""
        file, version = _parse(item.place)
        wanted = {"parentReference": {"id": self._done()}, "name": name}
        try:
            self.graph.ask(
                "patch",
                f"{self._items()}/{file}",
                data=wanted,
                headers={"If-Match": version} if version else {},
            )
        except GraphError as fault:
            if fault.status == _CONFLICT:
                path = PurePosixPath(item.name)
                self._move(item, f"{path.stem} ({number + 1}){path.suffix}", number + 1)
            elif fault.status not in (GONE, _CHANGED):
                raise

    # --- folders ---

    def _drive(self) -> tuple[str, tuple[str, ...]]:
        """Give the id of the drive, and the names that lead to the folder."""
        _, drive, *names = self.place.split("/")
        return drive, tuple(names)

    def _items(self) -> str:
        return f"{SERVICE}/drives/{self._drive()[0]}/items"

    def _folder(self) -> str:
        if "folder" not in self._ids:
            drive, names = self._drive()
            found = str(self.graph.ask("get", f"{SERVICE}/drives/{drive}/root").json()["id"])
            for name in names:
                found = self._find(found, name)
                if not found:
                    raise PostbusAwayError("no such folder in the drive", wat=_NOT_THERE, doe=_CHECK)
            self._ids["folder"] = found
        return self._ids["folder"]

    def _done(self) -> str:
        """Give the folder for what was kept, made when needed."""
        if "done" not in self._ids:
            folder = self._folder()
            self._ids["done"] = self._find(folder, DONE_FOLDER) or self._make(folder)
        return self._ids["done"]

    def _make(self, folder: str) -> str:
        made = self.graph.ask(
            "post", f"{self._items()}/{folder}/children", data={"name": DONE_FOLDER, "folder": {}}
        )
        return str(made.json()["id"])

    def _find(self, folder: str, name: str) -> str:
        """Find a folder by its name, whatever its case; empty when there is none."""
        found = (
            row["id"]
            for row in self._children(folder)[0]
            if "folder" in row and row["name"].casefold() == name.casefold()
        )
        return str(next(found, ""))

    def _children(self, folder: str) -> tuple[list[Mapping[str, Any]], datetime]:
        """List what lies in a folder, and give the time at the server."""
        rows: list[Mapping[str, Any]] = []
        url, now = f"{self._items()}/{folder}/children", datetime.now(UTC)
        params: Mapping[str, str] | None = {"$select": _ASKED, "$top": str(_PAGE)}
        while url:
            answer = self.graph.ask("get", url, params=params)
            page, now = answer.json(), _moment(answer.headers.get("Date", "")) or now
            rows += page.get("value", ())
            url, params = page.get("@odata.nextLink", ""), None
        return rows, now


_NOT_THERE = "De map bij Microsoft 365 die als tweede Inkomend geldt, bestaat niet."
_CHECK = "Controleer inkomend in het blok [microsoft365] van dienst.toml."


def _item(row: Mapping[str, Any]) -> PostbusItem:
    """Name a file by what it is and holds, so that a later version of it is another one."""
    version = row.get("eTag") or ""
    return PostbusItem(
        key=f"{row['id']}@{row.get('cTag') or version}",
        place=f"{row['id']} {version}",
        name=row["name"],
        server_time=None,
    )


def _as_shortcut(item: PostbusItem, link: str) -> tuple[PostbusItem, bytes]:
    named = PostbusItem(key=item.key, place=item.place, name=f"{item.name}.url", server_time=None)
    return named, shortcut(link or _SOMEWHERE)


def _parse(place: str) -> tuple[str, str]:
    """Give the id of a file, and its version."""
    file, _, version = place.partition(" ")
    return file, version


def _age(row: Mapping[str, Any], now: datetime) -> float:
    """Give for how many seconds a file was left alone."""
    return (now - datetime.fromisoformat(row["lastModifiedDateTime"])).total_seconds()


def _moment(date: str) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None


def _away() -> AbstractContextManager[None]:
    return away("drive", "De map bij Microsoft 365 is nu niet bereikbaar.")
