"""Cut the body of a multipart into its pieces and undo the transfer encoding, never raising.

Standard library only; touches nothing.
"""

import binascii
import quopri
import re
from email.message import EmailMessage

from pipeline.edges.mail import headers as mail_headers

_GUESSED_BOUNDARY = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,68}?)[ \t]*\r?\n(?=[A-Za-z-]+:)")


def pieces_of(headers: EmailMessage, body: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Cut the body of a multipart at its boundary lines.

    Returns:
        The pieces, none when there is no boundary line; and notes on what was wrong.
    """
    for declared in mail_headers.boundaries(headers):
        pieces, notes = _cut(body, declared.encode("utf-8"))
        if pieces:
            return pieces, notes
    notes = ("no boundary line",)
    guessed = _GUESSED_BOUNDARY.search(body)
    if guessed is None:
        return (), notes
    pieces, notes = _cut(body, guessed[1])
    return pieces, (*notes, "boundary missing or wrong: the one in the text was used")


def _cut(body: bytes, boundary: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)")
    pieces: list[bytes] = []
    start: int | None = None
    for found in line.finditer(body):
        if start is not None:
            pieces.append(_without_line_end(body[start : found.start()]))
        start = found.end()
        if found[1] is not None:
            notes = ("text after the last boundary",) if body[start:].strip() else ()
            return tuple(pieces), notes
    if start is None:
        return (), ("no boundary line",)
    return (*pieces, body[start:]), ("closing boundary missing",)


def _without_line_end(piece: bytes) -> bytes:
    """Take off the line end that belongs to the boundary line."""
    if piece.endswith(b"\r\n"):
        return piece[:-2]
    return piece.removesuffix(b"\n")


def decode(headers: EmailMessage, body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Undo the transfer encoding; what cannot be undone is kept as it is."""
    declared = mail_headers.text_of(headers, "Content-Transfer-Encoding").partition(";")[0]
    encoding = re.sub(r"[^a-z0-9]", "", declared.lower())
    if encoding == "base64":
        return _decode_base64(body)
    if encoding == "quotedprintable":
        return quopri.decodestring(body), ()
    known = encoding in ("", "7bit", "8bit", "8bits", "binary")
    return body, () if known else (f"unknown transfer encoding {encoding[:40]!r}: left as is",)


def _decode_base64(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Decode base64, also when it is cut off or has foreign characters in it."""
    digits = re.sub(rb"[^A-Za-z0-9+/=]", b"", body)
    for missing in (b"", b"=", b"==", b"==="):
        try:
            content = binascii.a2b_base64(digits + missing)
        except binascii.Error:
            continue
        return content, ("base64 cut off",) if missing else ()
    try:
        return binascii.a2b_base64(digits.rstrip(b"=")[:-1]), ("base64 damaged",)
    except binascii.Error:
        return body, ("base64 unreadable: left as is",)
