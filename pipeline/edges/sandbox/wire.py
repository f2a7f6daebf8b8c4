"""How service and worker talk: a length, a header in JSON, and raw bytes behind it. Never pickle.

Pure: what is read and written are streams that the caller gives. The reading side believes no
length beyond its limits, so that a worker that was taken over cannot make the service swell.
"""

import json
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

MAX_HEAD_BYTES = 1024**2
MAX_BODY_BYTES = 1024**3
MAX_BLOBS = 50_000
_LENGTH = struct.Struct("!I")

ReadExactly = Callable[[int], bytes]
"""Gives exactly so many bytes, or raises."""


class WireError(Exception):
    """What came is no frame, or one beyond the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One question or answer.

    Attributes:
        head: Small facts: texts, numbers, truths.
        blobs: Raw bytes, in order.
    """

    head: Mapping[str, object]
    blobs: tuple[bytes, ...] = ()


def pieces(head: Mapping[str, object], blobs: Sequence[bytes] = ()) -> Iterator[bytes]:
    """Write a frame as pieces to be sent one after the other; large bytes are not copied."""
    packed = json.dumps({"sizes": [len(blob) for blob in blobs], **head}).encode()
    yield _LENGTH.pack(len(packed)) + packed
    yield from blobs


def read_frame(read: ReadExactly) -> Frame:
    """Read a frame.

    Raises:
        WireError: It is none, or larger than anything of ours can be.
    """
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > MAX_HEAD_BYTES:
        raise WireError("header too long")
    head, sizes = _head(read(length))
    return Frame(head=head, blobs=tuple(read(size) for size in sizes))


def _head(packed: bytes) -> tuple[dict[str, object], list[int]]:
    try:
        head = json.loads(packed)
        sizes = head.pop("sizes")
        sound = all(type(size) is int and size >= 0 for size in sizes) and sum(sizes) <= MAX_BODY_BYTES
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise WireError("no header") from fault
    if not sound or len(sizes) > MAX_BLOBS:
        raise WireError("sizes beyond the limits")
    return head, sizes
