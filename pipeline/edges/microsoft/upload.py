"""Attach a file to a draft at Microsoft 365: in one piece, or in pieces when it is large.

An upload in pieces goes on where the server says that it stopped, a few times and without waiting.
Microsoft takes at most 150 MB in five minutes for one mailbox; what was uploaded is counted here, in
memory, so that a sending to many waits for its turn instead of being refused.
"""

import base64
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.edges.microsoft.graph import Graph, GraphError
from pipeline.errors import RefusedTransportError, TransportError

LARGEST_IN_ONE_PIECE = 3 * 1024 * 1024
"""Above this a file must go in pieces; below it may not."""
_PIECE = 3 * 1024 * 1024
_MOST_BYTES = 150 * 1024 * 1024
_WINDOW_SECONDS = 300.0
_MOST_STUMBLES = 5


def seconds_until_room(uploads: Sequence[tuple[float, int]], size_bytes: int, now: float) -> float:
    """Tell how long to wait until a file may be uploaded; 0 when it may now.

    Args:
        uploads: When, oldest first, and how many bytes.
        size_bytes: What is to follow; what can never fit waits until nothing else counts.
        now: On the same clock.
    """
    counted = [(moment, size) for moment, size in uploads if moment > now - _WINDOW_SECONDS]
    total = sum(size for _, size in counted)
    wait = 0.0
    for moment, size in counted:
        if total + size_bytes <= _MOST_BYTES:
            break
        total -= size
        wait = moment + _WINDOW_SECONDS - now
    return wait


class Uploads:
    """What was uploaded to one mailbox in the last five minutes.

    Args:
        monotonic: Seconds that only go up.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._done: deque[tuple[float, int]] = deque()

    def must_have_room(self, size_bytes: int) -> None:
        """Make sure that a file may be uploaded now.

        Raises:
            RefusedTransportError: It never may: it is too large.
            TransportError: Not yet; its ``retry_after`` tells when.
        """
        if size_bytes > _MOST_BYTES:
            raise RefusedTransportError("attachment above 150 MB", wat=_TOO_LARGE)
        now = self._monotonic()
        while self._done and self._done[0][0] <= now - _WINDOW_SECONDS:
            self._done.popleft()
        wait = seconds_until_room(tuple(self._done), size_bytes, now)
        if wait > 0:
            raise TransportError("150 MB were uploaded in five minutes", wat=_WAITS, retry_after=wait)

    def count(self, size_bytes: int) -> None:
        """Remember what was uploaded just now, whether it arrived or not."""
        self._done.append((self._monotonic(), size_bytes))


_TOO_LARGE = "De bijlage is groter dan 150 MB; meer neemt Microsoft 365 niet aan."
_WAITS = "Microsoft 365 neemt in vijf minuten niet meer dan 150 MB aan; dit bericht volgt vanzelf."


def attach(graph: Graph, draft: str, path: Path, name: str, content_type: str) -> None:
    """Attach a file to a draft.

    Args:
        graph: Asks Microsoft Graph.
        draft: Address of the draft.
        path: The file.
        name: What the recipient sees.
        content_type: What it is.

    Raises:
        GraphError: It was not attached, or not wholly.
        OSError: The file cannot be read.
    """
    if path.stat().st_size > LARGEST_IN_ONE_PIECE:
        _in_pieces(graph, draft, path, name, content_type)
        return
    whole = {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": name,
        "contentType": content_type,
        "contentBytes": base64.b64encode(path.read_bytes()).decode(),
    }
    graph.ask("post", f"{draft}/attachments", data=whole)


def _in_pieces(graph: Graph, draft: str, path: Path, name: str, content_type: str) -> None:
    size = path.stat().st_size
    item = {"attachmentType": "file", "name": name, "size": size, "contentType": content_type}
    session = graph.ask("post", f"{draft}/attachments/createUploadSession", data={"attachmentItem": item})
    url = str(session.json()["uploadUrl"])
    start, stumbles = 0, 0
    with path.open("rb") as stream:
        while start < size:
            stream.seek(start)
            piece = stream.read(_PIECE)
            try:
                _put(graph, url, piece, start, size)
                start += len(piece)
            except GraphError as fault:
                stumbles += 1
                if stumbles > _MOST_STUMBLES or not fault.reached:
                    raise
                start = _next_wanted(graph, url, size)


def _put(graph: Graph, url: str, piece: bytes, start: int, size: int) -> None:
    head = {"Content-Range": f"bytes {start}-{start + len(piece) - 1}/{size}"}
    graph.upload("put", url, piece, head)


def _next_wanted(graph: Graph, url: str, size: int) -> int:
    """Ask where an upload stopped; its whole size when nothing is wanted any more."""
    wanted = graph.upload("get", url, b"", {}).json().get("nextExpectedRanges") or ()
    return int(str(wanted[0]).partition("-")[0]) if wanted else size
