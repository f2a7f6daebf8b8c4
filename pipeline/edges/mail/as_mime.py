"""Write what came out of a container as MIME, so that one parser takes everything apart.

Standard library only; touches nothing. Contents are written as they are (``binary``): nothing is
encoded, no byte changes, and what is a mail or a container in its turn is found by the parser.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from pipeline.edges.reading.charset import one_line

UNKNOWN_TYPE = "application/octet-stream"

_LONGEST_NAME = 240
"""Characters of a file name that are kept: more than any file system allows."""
_CONTENT_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,80}/[\w.+-]{1,120}(?:; [a-z-]+=[\w.+-]{1,60})*", re.ASCII)


def bare_name(name: object) -> str:
    """Give the last step of a name that a container gives, as one line; folders in it count for nothing."""
    steps = [step for step in re.split(r"[/\\]", one_line(name)) if step.strip(". ")]
    return steps[-1].strip()[-_LONGEST_NAME:] if steps else ""


def leaf(
    content: bytes, kind: str, *, name: str = "", content_id: str = "", place: str = "attachment"
) -> bytes:
    """Write one file or text.

    Args:
        content: Its bytes.
        kind: Content type, with parameters if need be; anything odd counts as unknown.
        name: File name; may be empty.
        content_id: Without brackets; may be empty.
        place: ``attachment`` or ``inline``; empty for the text of a mail.
    """
    written = kind.strip().lower()
    lines = [f"Content-Type: {written if _CONTENT_TYPE.fullmatch(written) else UNKNOWN_TYPE}"]
    if place or name:
        lines.append(f"Content-Disposition: {place or 'attachment'}{_file_name(name)}")
    if content_id:
        lines.append(f"Content-ID: <{one_line(content_id).strip('<> ')}>")
    lines.append("Content-Transfer-Encoding: binary")
    return "\r\n".join((*lines, "", "")).encode("utf-8") + content


def _file_name(name: str) -> str:
    clean = bare_name(name)
    return f"; filename*=utf-8''{quote(clean, safe='')}" if clean else ""


def text(content: str, kind: str = "text/plain") -> bytes:
    """Write a text of a mail."""
    return leaf(content.encode("utf-8", "replace"), f"{kind}; charset=utf-8", place="")


def joined(kind: str, pieces: Iterable[bytes]) -> bytes:
    """Write a multipart of these pieces; a single piece stands by itself.

    The boundary is a digest of the pieces, so none of them can hold it.
    """
    wanted = tuple(pieces)
    if len(wanted) == 1:
        return wanted[0]
    digest = sha256()
    for piece in wanted:
        digest.update(piece)
    boundary = f"=_{digest.hexdigest()}"
    line = f"\r\n--{boundary}".encode("ascii")
    head = f'Content-Type: {kind}; boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return head + b"".join(line + b"\r\n" + piece for piece in wanted) + line + b"--\r\n"


def header(name: str, value: object) -> bytes:
    """Write one header line, none when there is nothing to say; no value can add a second one."""
    line = one_line(value)
    return f"{name}: {line}\r\n".encode() if line else b""
