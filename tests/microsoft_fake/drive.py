"""The drives of the fake: folders and files, versions, and two files of one name that conflict."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from microsoft_fake.wire import Answer, Request, refused, said

GRAPH = "https://graph.microsoft.com/v1.0"


@dataclass(kw_only=True)
class Lying:
    """A file, or a folder when ``content`` is None."""

    id: str
    name: str
    parent: str
    content: bytes | None
    changed: datetime
    version: int = 1

    def shown(self) -> dict[str, Any]:
        told: dict[str, Any] = {"id": self.id, "name": self.name, "eTag": f'"{{{self.id}}},{self.version}"'}
        told["lastModifiedDateTime"] = self.changed.isoformat().replace("+00:00", "Z")
        if self.content is None:
            return {**told, "folder": {"childCount": 0}}
        tag = f'"c:{{{self.id}}},{hash(self.content)}"'
        return {
            **told,
            "cTag": tag,
            "size": len(self.content),
            "webUrl": f"https://x.example/{self.id}",
            "file": {},
        }


@dataclass
class Drive:
    """One drive, with its root."""

    name: str
    items: dict[str, Lying] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items["root"] = Lying(id="root", name="root", parent="", content=None, changed=_long_ago())

    def put(self, path: str, content: bytes | None = None, *, changed: datetime | None = None) -> Lying:
        """Lay a file there, or a folder without content; folders on the way are made."""
        parent, _, name = path.rpartition("/")
        above = self.put(parent).id if parent else "root"
        found = next((one for one in self.items.values() if (one.parent, one.name) == (above, name)), None)
        if found is None:
            made = uuid.uuid4().hex
            found = Lying(id=made, name=name, parent=above, content=content, changed=changed or _long_ago())
            self.items[made] = found
        elif content is not None:
            found.content, found.changed = content, changed or _long_ago()
            found.version += 1
        return found

    def names(self, path: str) -> list[str]:
        folder = self.put(path).id
        return sorted(one.name for one in self.items.values() if one.parent == folder)

    def answer(self, request: Request, path: str) -> Answer:
        if path == "/root":
            return said({"id": "root"})
        found = re.fullmatch(r"/items/([^/]+)(/children|/content)?", path)
        item = self.items.get(found[1]) if found else None
        if found is None or item is None:
            return refused(404, "itemNotFound")
        if found[2] == "/content":  # the bytes lie at another host, that must not see our token
            place = f"https://login.microsoftonline.com/download/{self.name}/{item.id}"
            return Answer(status=302, headers={"Location": place})
        if found[2] == "/children":
            return self._made(item, request) if request.method == "POST" else self._listed(item, request)
        return self._changed(item, request)

    def _listed(self, folder: Lying, request: Request) -> Answer:
        rows = [one.shown() for one in self.items.values() if one.parent == folder.id]
        top, skip = int(request.query.get("$top", "200")), int(request.query.get("$skip", "0"))
        told: dict[str, Any] = {"value": rows[skip : skip + top]}
        if len(rows) > skip + top:
            base = f"{GRAPH}/drives/{self.name}/items/{folder.id}/children"
            told["@odata.nextLink"] = f"{base}?$top={top}&$skip={skip + top}"
        return said(told)

    def _made(self, folder: Lying, request: Request) -> Answer:
        made = Lying(
            id=uuid.uuid4().hex,
            name=request.json["name"],
            parent=folder.id,
            content=None,
            changed=_long_ago(),
        )
        self.items[made.id] = made
        return said(made.shown(), 201)

    def _changed(self, item: Lying, request: Request) -> Answer:
        told, version = request.json, request.header("If-Match")
        if version and version != item.shown()["eTag"]:
            return refused(412, "resourceModified")
        parent, name = told["parentReference"]["id"], told["name"]
        if parent not in self.items:
            return refused(404, "itemNotFound")
        if any((one.parent, one.name) == (parent, name) for one in self.items.values() if one is not item):
            return refused(409, "nameAlreadyExists")
        item.parent, item.name = parent, name
        item.version += 1
        return said(item.shown())


def _long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)
