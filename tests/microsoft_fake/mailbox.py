"""The mailboxes of the fake: folders, messages, drafts, attachments, delta, and what was delivered."""

import base64
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from microsoft_fake.wire import Answer, Request, refused, said

GRAPH = "https://graph.microsoft.com/v1.0"
_NAMES = {"inbox": "Postvak IN", "drafts": "Concepten", "sentitems": "Verzonden items"}
_MOST_IN_ONE_POST = 4 * 1024 * 1024
_LEAST_IN_A_SESSION = 3 * 1024 * 1024


@dataclass(kw_only=True)
class Kept:
    """A message; ``told`` is its JSON, without id and folder."""

    id: str
    folder: str
    told: dict[str, Any]
    mime: bytes = b""
    attachments: list[dict[str, Any]] = field(default_factory=list)

    def shown(self, select: str) -> dict[str, Any]:
        has = self.told.get("hasAttachments", any(not one.get("isInline") for one in self.attachments))
        every = {**self.told, "id": self.id, "parentFolderId": self.folder, "hasAttachments": has}
        wanted = select.split(",") if select else list(every)
        return {"id": self.id, **{name: every[name] for name in wanted if name in every}}


@dataclass(kw_only=True)
class Session:
    """An upload that is under way."""

    message: Kept
    item: dict[str, Any]
    content: bytearray = field(default_factory=bytearray)
    chunks: int = 0


class Mailbox:
    """One mailbox; every change of a folder gets a number, with which delta goes on."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folders: dict[str, dict[str, str]] = {
            one: {"id": one, "displayName": shown, "parent": ""} for one, shown in _NAMES.items()
        }
        self.messages: dict[str, Kept] = {}
        self.changes: list[tuple[str, str]] = []
        self.oldest = 0
        self.sessions: dict[str, Session] = {}
        self.delivered: list[Kept] = []

    # --- what the world does to it ---

    def receive(
        self, mime: bytes, *, received: str = "2026-11-23T07:30:00Z", folder: str = "inbox", **told: Any
    ) -> Kept:
        found = re.search(rb"(?im)^Message-ID:\s*(\S+)", mime)
        fields = {
            "receivedDateTime": received,
            "isRead": False,
            "isDraft": False,
            "categories": [],
            "internetMessageId": found[1].decode() if found else "",
            "hasAttachments": b"attachment" in mime,
        }
        kept = Kept(id=f"id-{uuid.uuid4().hex}", folder=folder, told={**fields, **told}, mime=mime)
        return self._put(kept, folder)

    def refer(self, message: Kept, name: str, link: str) -> None:
        """Give a message an attachment that is only a link."""
        kind = "#microsoft.graph.referenceAttachment"
        row = {
            "@odata.type": kind,
            "id": uuid.uuid4().hex,
            "name": name,
            "isInline": False,
            "sourceUrl": link,
        }
        message.attachments.append(row)
        message.told["hasAttachments"] = True

    def touch(self, message: Kept) -> None:
        """Have somebody read it: that too is a change."""
        message.told["isRead"] = True
        self.changes.append((message.folder, message.id))

    def expire(self) -> None:
        """Forget what is older than now: a bookmark from before counts no longer."""
        self.oldest = len(self.changes) + 1
        self.changes.append(("", ""))

    def lying_in(self, folder: str) -> list[Kept]:
        named = next((key for key, one in self.folders.items() if folder in (key, one["displayName"])), "")
        return [one for one in self.messages.values() if one.folder == named]

    def _put(self, kept: Kept, folder: str) -> Kept:
        if kept.id in self.messages:
            self.changes.append((kept.folder, kept.id))
        kept.folder = folder
        self.messages[kept.id] = kept
        self.changes.append((folder, kept.id))
        return kept

    # --- what is asked of it ---

    def answer(self, request: Request, path: str) -> Answer:
        for method, pattern, act in self._routes():
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                return act(request, *found.groups())
        return refused(404, "ResourceNotFound")

    def _routes(self) -> tuple[tuple[str, str, Callable[..., Answer]], ...]:
        one = r"/messages/([^/]+)"
        return (
            ("GET", r"/mailFolders", self._find_folder),
            ("POST", r"/mailFolders", self._make_folder),
            ("GET", r"/mailFolders/([^/]+)", self._show_folder),
            ("GET", r"/mailFolders/([^/]+)/childFolders", self._find_folder),
            ("GET", r"/mailFolders/([^/]+)/messages/delta", self._delta),
            ("GET", r"/mailFolders/([^/]+)/messages", self._list),
            ("GET", r"/messages", self._find),
            ("POST", r"(?:/mailFolders/drafts)?/messages", self._draft),
            ("GET", rf"{one}/\$value", self._mime),
            ("GET", rf"{one}/attachments", self._attachments),
            ("GET", rf"{one}/attachments/([^/]+)", self._attachment),
            ("POST", rf"{one}/attachments", self._attach),
            ("POST", rf"{one}/attachments/createUploadSession", self._begin_upload),
            ("POST", rf"{one}/move", self._move),
            ("POST", rf"{one}/send", self._send),
            ("GET", one, self._show),
            ("PATCH", one, self._change),
            ("DELETE", one, self._delete),
        )

    def _find_folder(self, request: Request, parent: str = "") -> Answer:
        wanted = re.fullmatch(r"displayName eq '(.*)'", request.query.get("$filter", ""))
        name = wanted[1].replace("''", "'") if wanted else None
        rows = [
            {"id": one["id"], "displayName": one["displayName"]}
            for one in self.folders.values()
            if (name is None or one["displayName"] == name) and one["parent"] == parent
        ]
        return said({"value": rows})

    def _show_folder(self, _request: Request, folder: str) -> Answer:
        found = self.folders.get(folder)
        return said({"displayName": found["displayName"]}) if found else refused(404, "ErrorItemNotFound")

    def _make_folder(self, request: Request) -> Answer:
        name = request.json["displayName"]
        if any(one["displayName"] == name for one in self.folders.values()):
            return refused(409, "ErrorFolderExists")
        made = {"id": f"map-{uuid.uuid4().hex}", "displayName": name, "parent": ""}
        self.folders[made["id"]] = made
        return said({"id": made["id"], "displayName": name}, 201)

    def _delta(self, request: Request, folder: str) -> Answer:
        if folder not in self.folders:
            return refused(404, "ErrorItemNotFound")
        token = request.query.get("$deltatoken") or request.query.get("$skiptoken") or ""
        if token and int(token.split(".")[0]) < self.oldest:
            return refused(410, "SyncStateNotFound")
        start = int(token.split(".")[0]) if token else 0
        found = re.search(r"odata\.maxpagesize=(\d+)", request.header("Prefer"))
        size = int(found[1]) if found else 10
        changed = [(number, one) for number, (place, one) in enumerate(self.changes) if place == folder]
        todo = [(number, one) for number, one in changed if number >= start]
        page, rest = todo[:size], todo[size:]
        select = request.query.get("$select", "") or token.partition(".")[2]
        rows = [self._row(one, folder, select) for one in dict.fromkeys(one for _, one in page)]
        base = f"{GRAPH}/users/{self.address}/mailFolders/{folder}/messages/delta"
        if rest:
            return said({"value": rows, "@odata.nextLink": f"{base}?$skiptoken={rest[0][0]}.{select}"})
        link = f"{base}?$deltatoken={len(self.changes)}.{select}"
        return said({"value": rows, "@odata.deltaLink": link})

    def _row(self, one: str, folder: str, select: str) -> dict[str, Any]:
        kept = self.messages.get(one)
        if kept is None or kept.folder != folder:
            return {"id": one, "@removed": {"reason": "deleted"}}
        return kept.shown(select)

    def _list(self, request: Request, folder: str) -> Answer:
        chosen = request.query.get("$filter", "")
        wanted = re.fullmatch(r"receivedDateTime ge (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", chosen)
        assert wanted or not chosen, chosen
        lying = [
            one
            for one in self.lying_in(folder)
            if not wanted or str(one.told["receivedDateTime"]) >= wanted[1]
        ]
        rows = [one.shown(request.query.get("$select", "")) for one in lying]
        skip, top = int(request.query.get("$skip", "0")), int(request.query.get("$top", "10"))
        told: dict[str, Any] = {"value": rows[skip : skip + top]}
        if len(rows) > skip + top:
            select = request.query.get("$select", "")
            base = f"{GRAPH}/users/{self.address}/mailFolders/{folder}/messages"
            told["@odata.nextLink"] = f"{base}?$select={select}&$top={top}&$skip={skip + top}"
            if chosen:
                told["@odata.nextLink"] += f"&$filter={quote(chosen)}"
        return said(told)

    def _find(self, request: Request) -> Answer:
        wanted = re.fullmatch(r"internetMessageId eq '(.*)'", request.query.get("$filter", ""))
        assert wanted, request.target
        found = [one for one in self.messages.values() if one.told.get("internetMessageId") == wanted[1]]
        return said({"value": [one.shown(request.query.get("$select", "")) for one in found]})

    def _draft(self, request: Request) -> Answer:
        told = request.json
        for header in told.get("internetMessageHeaders", []):
            if not header["name"].lower().startswith("x-"):
                return refused(400, "InvalidInternetMessageHeader")
        if len(request.body) > _MOST_IN_ONE_POST:
            return refused(413, "RequestEntityTooLarge")
        kept = Kept(id=f"id-{uuid.uuid4().hex}", folder="drafts", told={**told, "isDraft": True})
        self._put(kept, "drafts")
        return said(kept.shown(""), 201)

    def _mime(self, _request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        return Answer(body=kept.mime, headers={"Content-Type": "text/plain"})

    def _attachments(self, _request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        return said({"value": [_without_bytes(item) for item in kept.attachments]})

    def _attachment(self, request: Request, one: str, which: str) -> Answer:
        kept = self.messages.get(one)
        found = [item for item in kept.attachments if item["id"] == which] if kept else []
        if not found:
            return refused(404, "ErrorItemNotFound")
        return said(found[0] if request.path.startswith("/beta/") else _without_bytes(found[0]))

    def _attach(self, request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        if len(request.body) > _MOST_IN_ONE_POST + 100_000:
            return refused(413, "RequestEntityTooLarge")
        kept.attachments.append({"id": uuid.uuid4().hex, **request.json})
        return said({"id": kept.attachments[-1]["id"]}, 201)

    def _begin_upload(self, request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        item = request.json["AttachmentItem" if "AttachmentItem" in request.json else "attachmentItem"]
        if item["size"] < _LEAST_IN_A_SESSION:
            return refused(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
        name = uuid.uuid4().hex
        self.sessions[name] = Session(message=kept, item=item)
        return said(
            {
                "uploadUrl": f"https://graph.microsoft.com/upload/{name}?authtoken=GEHEIM",
                "expirationDateTime": "2099-01-01T00:00:00Z",
                "nextExpectedRanges": ["0-"],
            },
            201,
        )

    def put(self, request: Request, name: str) -> Answer:
        """Take a piece of an upload, or tell what is still wanted."""
        session = self.sessions.get(name)
        if session is None:
            return refused(404, "ErrorItemNotFound")
        assert not request.header("Authorization"), "an upload address must not see our token"
        wanted = len(session.content)
        if request.method == "GET":
            return said({"nextExpectedRanges": [f"{wanted}-"]})
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.header("Content-Range"))
        assert found
        first, last, size = (int(one) for one in found.groups())
        if first != wanted or last - first + 1 != len(request.body) or size != session.item["size"]:
            return refused(416, "InvalidRange")
        session.content += request.body
        session.chunks += 1
        if len(session.content) < size:
            return said({"nextExpectedRanges": [f"{len(session.content)}"]})
        content = base64.b64encode(bytes(session.content)).decode()
        item = {"id": uuid.uuid4().hex, "name": session.item["name"], "contentBytes": content}
        session.message.attachments.append(item)
        return Answer(status=201)

    def _move(self, request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        target = request.json["destinationId"]
        if kept is None or target not in self.folders:
            return refused(404, "ErrorItemNotFound")
        return said(self._put(kept, target).shown(""), 201)

    def _send(self, _request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None or not kept.told["isDraft"]:
            return refused(404, "ErrorItemNotFound")
        kept.told["isDraft"] = False
        self._put(kept, "sentitems")
        self.delivered.append(kept)
        return Answer(status=202)

    def _show(self, request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        return (
            said(kept.shown(request.query.get("$select", ""))) if kept else refused(404, "ErrorItemNotFound")
        )

    def _change(self, request: Request, one: str) -> Answer:
        kept = self.messages.get(one)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        kept.told.update(request.json)
        self.changes.append((kept.folder, kept.id))
        return said(kept.shown(""))

    def _delete(self, _request: Request, one: str) -> Answer:
        kept = self.messages.pop(one, None)
        if kept is None:
            return refused(404, "ErrorItemNotFound")
        self.changes.append((kept.folder, kept.id))
        return Answer(status=204)


def _without_bytes(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in ("contentBytes", "sourceUrl")}
