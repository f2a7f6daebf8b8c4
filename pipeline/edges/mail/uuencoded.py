"""Find the files that old mail programs wrote into the text of a mail itself (uuencode).

Standard library only; touches nothing.
"""

import binascii
import re
from collections.abc import Iterator

from pipeline.edges.mail.as_mime import UNKNOWN_TYPE, leaf

MAX_BLOCKS = 50
"""More files than these nobody ever put into one text; the rest stays in the text."""

_BEGIN = re.compile(rb"(?m)^begin 0?[0-7]{3} ([^\r\n]{1,200}?)[ \t]*\r?\n(?=[ -`]{2,})")
_END = re.compile(rb"(?m)^end[ \t]*(?:\r?\n|\Z)")


def split_text(body: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Take the files out of a text.

    A block that does not decode stays where it is.

    Returns:
        The text without its blocks, and the files as MIME entities; none when there are none.
    """
    if b"begin " not in body:
        return body, ()
    blocks = list(_blocks(body))
    if not blocks:
        return body, ()
    starts = [0, *(end for _, end, _ in blocks)]
    stops = [*(start for start, _, _ in blocks), len(body)]
    kept = b"".join(body[start:stop] for start, stop in zip(starts, stops, strict=True))
    return kept, tuple(file for _, _, file in blocks)


def _blocks(body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Give start, end and file of each block that decodes."""
    at = 0
    for _ in range(MAX_BLOCKS):
        begin = _BEGIN.search(body, at)
        end = _END.search(body, begin.end()) if begin else None
        if begin is None or end is None:
            return
        at = end.end()
        content = _decoded(body[begin.end() : end.start()])
        if content is not None:
            name = begin[1].decode("utf-8", "replace")
            yield begin.start(), at, leaf(content, UNKNOWN_TYPE, name=name)


def _decoded(lines: bytes) -> bytes | None:
    pieces: list[bytes] = []
    for line in lines.splitlines():
        try:
            pieces.append(_line(line))
        except binascii.Error:
            return None
    return b"".join(pieces) or None


def _line(line: bytes) -> bytes:
    """Decode one line; programs that write rubbish behind the last byte are forgiven."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
        return binascii.a2b_uu(line[:wanted])
