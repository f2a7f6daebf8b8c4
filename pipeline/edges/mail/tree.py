"""Take the bytes of a mail apart into its tree of parts, losing nothing and never raising.

Standard library only; touches nothing. The tree is split on the raw bytes, because only then
an embedded mail keeps its exact bytes and hostile nesting stays bounded. Numbers are those
of MIME: the children of a mail are ``1``, ``2`` …, those of part 2 are ``2.1`` …; a multipart
that is the whole body of a mail has no number there and gets ``0`` (``2.0`` inside part 2).
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from pipeline.edges.mail import headers as mail_headers

_MAX_DEPTH = 40
_HEADER_LINES = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)*")
_MBOX_LINE = re.compile(rb"\A(?:\xef\xbb\xbf|[\r\n]+|>?From [^\n]*\n)*")
_BLANK_LINE = re.compile(rb"[ \t]*\r?\n")
_GUESSED_BOUNDARY = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,68}?)[ \t]*\r?\n(?=[A-Za-z-]+:)")
_EMBEDDED_TYPES = ("message/rfc822", "message/global", "message/news")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One node of the tree: a leaf, a multipart or an embedded mail.

    Attributes:
        number: Place in the tree, see the module.
        parent: Number of the multipart or embedded mail it lies in; empty at the top.
        mail: Number of the embedded mail it belongs to; empty for the mail itself.
        headers: Its own headers.
        content_type: Lower case.
        name: File name, one line; may be empty.
        content: Decoded bytes; of an embedded mail its raw bytes, of a multipart nothing.
        is_container: True when its content lies in other entities.
        defects: English notes on what was survived.
    """

    number: str
    parent: str
    mail: str
    headers: EmailMessage
    content_type: str
    name: str
    content: bytes
    is_container: bool
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk is: the number to give, the parent, the mail and the depth."""

    number: str
    parent: str
    mail: str
    depth: int
    default_type: str = "text/plain"


def split_mail(raw: bytes) -> tuple[Entity, ...]:
    """Take a mail apart.

    Args:
        raw: The mail as it came; anything at all, also nothing.

    Returns:
        All entities in reading order, the top one first; at least one.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return tuple(_walk_mail(raw, mail="", depth=0))


def split_headers(raw: bytes) -> tuple[EmailMessage, bytes]:
    """Split an entity into its headers and its body, also when the blank line is missing."""
    start = _end_of(_MBOX_LINE, raw, 0)
    end = _end_of(_HEADER_LINES, raw, start)
    return mail_headers.read_headers(raw[start:end]), raw[_end_of(_BLANK_LINE, raw, end) :]


def _end_of(pattern: re.Pattern[bytes], raw: bytes, start: int) -> int:
    found = pattern.match(raw, start)
    return found.end() if found else start


def _walk_mail(raw: bytes, *, mail: str, depth: int) -> Iterator[Entity]:
    """Walk a mail: its one entity is part 1, or 0 when it is a multipart."""
    place = _Place(number=_below(mail, 1), parent=mail, mail=mail, depth=depth)
    yield from _walk(raw, place, is_top=True)


def _walk(raw: bytes, place: _Place, *, is_top: bool = False) -> Iterator[Entity]:
    headers, body = split_headers(raw)
    kind = _type_of(headers, place.default_type)
    if kind.startswith("multipart/"):
        yield from _walk_multipart(headers, kind, body, place, is_top=is_top)
        return
    content, defects = _decode(headers, body)
    if _is_mail(kind, headers) and place.depth < _MAX_DEPTH and content.strip():
        yield _entity(headers, kind, place, content=content, is_container=True, defects=defects)
        yield from _walk_mail(content, mail=place.number, depth=place.depth + 1)
    else:
        yield _entity(headers, kind, place, content=content, defects=defects)


def _walk_multipart(
    headers: EmailMessage, kind: str, body: bytes, place: _Place, *, is_top: bool
) -> Iterator[Entity]:
    pieces, defects = _pieces(headers, body)
    if not pieces or place.depth >= _MAX_DEPTH:
        notes = (*defects, "multipart without usable boundary, or nested too deep: kept as one part")
        yield _entity(headers, "text/plain", place, content=_decode(headers, body)[0], defects=notes)
        return
    number = _below(place.mail, 0) if is_top else place.number
    here = _Place(number=number, parent=place.parent, mail=place.mail, depth=place.depth)
    yield _entity(headers, kind, here, content=b"", is_container=True, defects=defects)
    prefix = place.mail if is_top else number
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    for index, piece in enumerate(pieces, start=1):
        below = _Place(
            number=_below(prefix, index),
            parent=number,
            mail=place.mail,
            depth=place.depth + 1,
            default_type=default,
        )
        yield from _walk(piece, below)


def _below(prefix: str, index: int) -> str:
    return f"{prefix}.{index}" if prefix else str(index)


def _entity(
    headers: EmailMessage,
    kind: str,
    place: _Place,
    *,
    content: bytes,
    is_container: bool = False,
    defects: tuple[str, ...] = (),
) -> Entity:
    return Entity(
        number=place.number,
        parent=place.parent,
        mail=place.mail,
        headers=headers,
        content_type=kind,
        name=_name_of(headers),
        content=content,
        is_container=is_container,
        defects=tuple(f"part {place.number}: {defect}" for defect in defects),
    )


def _type_of(headers: EmailMessage, default: str) -> str:
    """Give the content type; a named part that declares none is of unknown type."""
    unknown = default == "text/plain" and _name_of(headers) != ""
    return mail_headers.content_type(headers, "application/octet-stream" if unknown else default)


def _name_of(headers: EmailMessage) -> str:
    name = mail_headers.parameter(headers, "Content-Disposition", "filename")
    return name or mail_headers.parameter(headers, "Content-Type", "name")


def _is_mail(kind: str, headers: EmailMessage) -> bool:
    """Tell whether a part is a whole mail, also one attached as an unknown file."""
    is_file = kind in ("application/octet-stream", "application/eml")
    return kind in _EMBEDDED_TYPES or (is_file and _name_of(headers).lower().endswith(".eml"))


def _pieces(headers: EmailMessage, body: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
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


def _decode(headers: EmailMessage, body: bytes) -> tuple[bytes, tuple[str, ...]]:
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
