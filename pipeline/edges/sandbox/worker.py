"""The worker process: takes a foreign file in, gives back what it says, and can do nothing else.

Reads questions from stdin and writes answers to stdout (see ``wire``). Ends by itself when the service
closes the pipe, when nothing came for a while, and after a fault that may have left it in disorder.
Its current folder is its own and empty. Whatever a library prints goes nowhere.
"""

import os
import select
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.edges.sandbox import limits, wire

if TYPE_CHECKING:
    from pipeline.edges.sandbox.answers import Answer
    from pipeline.edges.sandbox.requests import Request

IDLE_SECONDS = 60.0
"""A worker that is not asked anything so long gives its memory back."""


def main() -> None:
    """Be a worker that answers the requests of the product."""
    cut_off = limits.before_imports()
    from pipeline.edges.sandbox.requests import REQUESTS  # noqa: PLC0415  # after the first limits

    serve(REQUESTS, cut_off=cut_off)


def serve(requests: Mapping[str, "Request"], *, cut_off: bool) -> None:
    """Answer until the pipe is closed or nothing came for a while.

    Args:
        requests: What can be asked.
        cut_off: There is no network already.
    """
    given, taken = _take_pipes()
    cut_off = limits.before_foreign_files(Path.cwd()) or cut_off
    _put(taken, {"cut_off": cut_off}, ())
    while _has_work(given):
        try:
            frame = wire.read_frame(lambda size: _exactly(given, size))
        except EOFError:
            return
        head, blobs, goes_on = _answer(requests, frame)
        _put(taken, {**head, "held_bytes": _held_bytes()}, blobs)
        if not goes_on:
            return


def _answer(requests: Mapping[str, "Request"], frame: wire.Frame) -> tuple[dict[str, object], "Answer", bool]:
    """Do one request.

    Returns:
        Head and bytes of the answer, and whether this process can be trusted with the next.
    """
    from pipeline.errors import UnreadableError  # noqa: PLC0415  # after the first limits

    question = dict(frame.head)
    limits.allow_seconds(int(str(question.pop("seconds"))))
    request = requests[str(question.pop("request"))]
    try:
        return {"state": "done"}, request(frame.blobs[0], **question), True
    except UnreadableError as fault:
        return {"state": "refused", "detail": str(fault), "wat": fault.wat, "doe": fault.doe}, (), True
    except MemoryError:
        return {"state": "memory"}, (), False
    except Exception as fault:  # noqa: BLE001  # whatever a parser does, only this file must suffer
        return {"state": "fault", "detail": type(fault).__name__}, (), not isinstance(fault, RecursionError)


def _put(taken: BinaryIO, head: Mapping[str, object], blobs: "Answer") -> None:
    taken.writelines(wire.pieces(head, blobs))
    taken.flush()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves: what a library reads or prints must not come between."""
    given = os.fdopen(os.dup(0), "rb")
    taken = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1):
        os.dup2(nothing, handle)
    return given, taken


def _has_work(given: BinaryIO) -> bool:
    """Wait for the next question, where the system can wait for a pipe; False when none came.

    The service asks one thing at a time, so that nothing can be waiting in our own buffer.
    """
    if sys.platform == "win32":
        return True
    return bool(select.select([given], [], [], IDLE_SECONDS)[0])


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """Read exactly so many bytes.

    Raises:
        EOFError: The pipe was closed.
    """
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _held_bytes() -> int:
    """Tell how much memory this process holds; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
