"""The ports that parse foreign files, kept by a worker process that may die.

A file that ends its worker, or takes too much time or memory, is told as a problem of that file; the next
file gets a fresh worker. The log names a digest and the cause, never a name or a text.
"""

import atexit
import hashlib
import logging
import mimetypes
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Self, TypeVar

from pipeline.edges import files
from pipeline.edges.as_json import from_json
from pipeline.edges.sandbox.answers import OTHER, SAME, Answer, Tree
from pipeline.edges.sandbox.process import LostWorkerError, Program, WorkerProcess
from pipeline.errors import UnreadableError
from pipeline.ports import CheckedPdf, Opened, PartContent
from pipeline.values import Disposition, Part, Reading

LOG = logging.getLogger("stukkenstroom")
Value = TypeVar("Value")

STUCK = (
    "Het leesprogramma liep vast op dit bestand. Het is bewaard, maar niet gelezen. "
    "Vraag de afzender om het anders te sturen, bijvoorbeeld als pdf."
)
OPEN_SECONDS, READ_SECONDS, RENDER_SECONDS, BIND_SECONDS, CHECK_SECONDS = 120, 120, 60, 120, 300
SHRINK_SECONDS = 900
"""Wall clock, and processor, of one request."""
MAX_ANSWERS = 1_000
MAX_HELD_BYTES = 400 * 1024**2
"""A worker that has done so much, or holds on to so much, is replaced."""
MOST_REMEMBERED_BYTES = 8 * 1024**2
_LONGEST_SENTENCE = 300


@cache
def shared_workers() -> "Workers":
    """Give the one worker of this process, for all councils it works for."""
    workers = Workers()
    atexit.register(workers.close)
    return workers


class Workers:
    """Offers ``Opener`` and ``TextReader``, and the other requests of the worker.

    One worker at a time, started when it is first needed; several threads may ask, in turn.

    Args:
        program: What the worker runs.
        seconds: Longest time for any request; for tests.
    """

    def __init__(self, program: Program | None = None, *, seconds: int | None = None) -> None:
        self._program = program or Program()
        self._seconds = seconds
        self._turn = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._told = False
        self._last: tuple[str, Opened] | None = None

    def start(self) -> None:
        """Have a worker become ready while other things are done."""
        with self._turn:
            self._ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the worker; a next question starts another."""
        with self._turn:
            self._stop()

    # --- the ports

    def open_up(self, content: bytes, name: str) -> Opened:
        """Take a mail apart, or make the one part of a file; see ``ports.Opener``.

        The last mail is remembered: it is opened once for its day of receipt, and soon again for its parts.
        """
        key = hashlib.sha256(content).hexdigest() + Path(name).suffix.lower()
        if self._last is None or self._last[0] != key:
            self._last = None
            opened = self._opened(content, name)
            if opened.message is None or len(content) > MOST_REMEMBERED_BYTES:
                return opened
            self._last = (key, opened)
        return self._last[1]

    def _opened(self, content: bytes, name: str) -> Opened:
        try:
            return _opened(self._ask("open", content, OPEN_SECONDS, name=name), content)
        except (LostWorkerError, UnreadableError, ValueError):
            return _unopened(content, name)

    def read(
        self, content: bytes, name: str, content_type: str = "", *, passwords: tuple[str, ...] = ()
    ) -> Reading:
        """Read the text of a document; see ``ports.TextReader``."""
        asked = {"name": name, "content_type": content_type, "passwords": passwords}
        try:
            blobs = self._ask("read", content, READ_SECONDS, **asked)
            return _value(Reading, blobs)
        except UnreadableError as fault:
            return Reading(text="", problem=fault.wat)
        except (LostWorkerError, ValueError):
            return Reading(text="", problem=STUCK)

    def render(
        self, content: bytes, name: str, page_number: int, dpi: int, *, passwords: tuple[str, ...] = ()
    ) -> bytes:
        """Draw one page (1-based) of a PDF or picture, upright and grey, as a PGM.

        Raises:
            UnreadableError: There is no such page, or it cannot be drawn.
        """
        asked = {"name": name, "page_number": page_number, "dpi": dpi, "passwords": passwords}
        return self._sure("render", content, RENDER_SECONDS, **asked)[0]

    def bind(self, pictures: Sequence[bytes]) -> bytes:
        """Make one PDF of pictures; see ``ports.PictureBinder``.

        Raises:
            UnreadableError: One of them is no picture, broken or too large.
        """
        lengths = [len(picture) for picture in pictures]
        return self._sure("bind", b"".join(pictures), BIND_SECONDS, lengths=lengths)[0]

    def check(self, path: Path, repaired: Path, *, passwords: tuple[str, ...] = ()) -> CheckedPdf:
        """Judge a PDF; see ``ports.PdfTools``. The file is read by the worker, the copy written here.

        Raises:
            UnreadableError: It cannot be used.
        """
        asked = {"path": str(path.absolute()), "passwords": passwords}
        blobs = self._sure("check", b"", CHECK_SECONDS, **asked)
        try:
            checked = _value(CheckedPdf, blobs)
        except ValueError as fault:
            raise UnreadableError("answer of the worker is garbled", wat=STUCK) from fault
        return _laid_down(checked, blobs[1], path, repaired)

    def shrink(self, path: Path, out: Path, dpi: int) -> int:
        """Make the pictures of a PDF smaller; see ``ports.Packer``.

        What goes wrong leaves the file as large as it is.
        """
        try:
            blobs = self._ask("shrink", b"", SHRINK_SECONDS, path=str(path.absolute()), dpi=dpi)
            count = _value(int, blobs)
        except (LostWorkerError, UnreadableError, ValueError):
            return 0
        if count:
            files.write(out, blobs[1])
        return count

    # --- asking

    def _sure(self, request: str, content: bytes, seconds: int, **arguments: object) -> Answer:
        try:
            return self._ask(request, content, seconds, **arguments)
        except LostWorkerError as fault:
            raise UnreadableError(f"worker lost: {fault.why}", wat=STUCK) from fault

    def _ask(self, request: str, content: bytes, seconds: int, **arguments: object) -> Answer:
        """Ask the worker, once more when it had retired just before.

        Raises:
            LostWorkerError: No answer; the worker is gone.
            UnreadableError: The worker is well, the file is not.
            ReaderStartError: There is no worker to be had; the file is not to blame.
        """
        given = self._seconds or seconds
        head = {**arguments, "request": request, "seconds": given}
        with self._turn:
            while True:
                try:
                    return self._answer(head, content, given)
                except LostWorkerError as fault:
                    self._lost(fault, request, content)
                    if not fault.retired:
                        raise

    def _answer(self, head: dict[str, object], content: bytes, seconds: int) -> Answer:
        worker = self._ready()
        self._tell_once(worker)
        frame = worker.ask(head, content, seconds)
        state, held = frame.head.get("state"), frame.head.get("held_bytes")
        if worker.answers >= MAX_ANSWERS or not isinstance(held, int) or held > MAX_HELD_BYTES:
            self._stop()
        if state == "refused":
            raise _refusal(frame.head)
        if state != "done" or not frame.blobs:
            raise LostWorkerError(_word(frame.head.get("detail")) if state == "fault" else str(state)[:20])
        return frame.blobs

    def _ready(self) -> WorkerProcess:
        if self._worker is not None and not self._worker.is_ours:
            self._worker = None
        if self._worker is not None and self._worker.has_ended:
            self._stop()
        if self._worker is None:
            self._worker = WorkerProcess(self._program)
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None and self._worker.is_ours:
            self._worker.stop()
        self._worker = None

    def _lost(self, fault: LostWorkerError, request: str, content: bytes) -> None:
        """End what is left of the worker, and write down what happened."""
        code = self._worker.ended_by if self._worker else 0
        self._stop()
        if not fault.retired:
            digest = hashlib.sha256(content).hexdigest()[:12]
            LOG.warning("worker-lost request=%s why=%s code=%d sha256=%s", request, fault.why, code, digest)

    def _tell_once(self, worker: WorkerProcess) -> None:
        """Say once when this system cannot cut a process off from the network."""
        if not self._told and not worker.await_ready():
            LOG.warning("worker-has-network files are read with limits, but not cut off from the network")
        self._told = True


def _opened(blobs: Answer, content: bytes) -> Opened:
    """Put the parts and their bytes together again.

    Raises:
        ValueError: They do not belong together.
    """
    tree = _value(Tree, blobs)
    parts = tuple(
        PartContent(part=part, content=_bytes_of(blob, content))
        for part, blob in zip(tree.parts, blobs[1:], strict=True)
    )
    if not parts or any(hashlib.sha256(one.content).hexdigest() != one.part.sha256 for one in parts):
        raise ValueError("parts do not fit their digests")
    return Opened(message=tree.message, parts=parts)


def _bytes_of(blob: bytes, content: bytes) -> bytes:
    return content if blob == SAME else blob.removeprefix(OTHER)


def _unopened(content: bytes, name: str) -> Opened:
    """Make one part of what could not be opened, whole."""
    part = Part(
        number="0",
        name=name,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        disposition=Disposition.FILE,
        content_id="",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
    )
    return Opened(message=None, parts=(PartContent(part=part, content=content),), problem=STUCK)


def _value(kind: type[Value], blobs: Answer) -> Value:
    return from_json(kind, blobs[0].decode())


def _laid_down(checked: CheckedPdf, copy: bytes, path: Path, repaired: Path) -> CheckedPdf:
    """Write the copy that the worker made where the caller wants it; its own path does not count."""
    if copy == SAME:
        return replace(checked, path=path)
    files.write(repaired, copy)
    return replace(checked, path=repaired)


def _refusal(head: object) -> UnreadableError:
    said = head if isinstance(head, dict) else {}
    wat, doe = (" ".join(str(said.get(key, "")).split())[:_LONGEST_SENTENCE] for key in ("wat", "doe"))
    return UnreadableError(f"worker refused: {_word(said.get('detail'))}", wat=wat, doe=doe)


def _word(value: object) -> str:
    """Give what a worker says in a form fit for the log."""
    return "".join(mark for mark in str(value)[:80] if mark.isascii() and mark.isprintable())
