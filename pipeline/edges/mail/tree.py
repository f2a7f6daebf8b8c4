"""Take the bytes of a mail apart into its tree of parts, losing nothing and never raising.

Touches nothing. The tree is split on the raw bytes, because only then an embedded mail keeps its
exact bytes and hostile nesting stays bounded. What holds other things (zip, winmail.dat, .msg,
signed envelope, uuencoded block) has its content as entities below it, written as MIME first.
Numbers are those of MIME: the children of a mail are ``1``, ``2`` …, those of part 2 are ``2.1`` …;
a multipart that is the whole body of a mail has no number there and gets ``0`` (``2.0`` inside part 2).
A file that came by itself is ``0``, and what it holds ``1``, ``2`` ….
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage

from pipeline.edges.mail import as_mime
from pipeline.edges.mail import headers as mail_headers
from pipeline.edges.mail.allowance import Allowance
from pipeline.edges.mail.inside import look_inside
from pipeline.edges.mail.pieces import decode, pieces_of
from pipeline.edges.mail.uuencoded import split_text
from pipeline.values import Signature

WHOLE_FILE = "0"
"""Number of a file that came by itself."""

_MAX_DEPTH = 40
_SIGNED_PIECES = 2
_HEADER_LINES = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)*")
_MBOX_LINE = re.compile(rb"\A(?:\xef\xbb\xbf|[\r\n]+|>?From [^\n]*\n)*")
_BLANK_LINE = re.compile(rb"[ \t]*\r?\n")
_EMBEDDED_TYPES = ("message/rfc822", "message/global", "message/news")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One node of the tree: a leaf, a multipart or an embedded mail.

    Attributes:
        number: Place in the tree, see the module.
        parent: Number of the multipart or embedded mail it lies in; empty at the top.
        mail: Number of the embedded mail it belongs to; empty for the mail itself.
        box: Number of the zip or winmail.dat it came out of; empty for what the mail itself holds.
        headers: Its own headers.
        content_type: Lower case.
        name: File name, one line; may be empty.
        content: Decoded bytes; of an embedded mail its raw bytes, of a multipart nothing.
        is_container: True when its content lies in other entities.
        problem: Dutch, why what it holds cannot be taken out; empty when it can, or holds nothing.
        signatures: Digital signatures on what it holds.
        defects: English notes on what was survived.
    """

    number: str
    parent: str
    mail: str
    box: str
    headers: EmailMessage
    content_type: str
    name: str
    content: bytes
    is_container: bool
    problem: str
    signatures: tuple[Signature, ...]
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk is: the number to give, the parent, the mail, the box, and how deep it is.

    ``is_split`` is true within a text whose uuencoded files were taken out.
    """

    number: str
    parent: str
    mail: str
    depth: int
    allowance: Allowance
    box: str = ""
    boxes: int = 0
    default_type: str = "text/plain"
    is_split: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """An entity before it has a place: its headers, its decoded content, and what was survived."""

    headers: EmailMessage
    content: bytes
    defects: tuple[str, ...]


def split_mail(raw: bytes) -> tuple[Entity, ...]:
    """Take a mail apart.

    Args:
        raw: The mail as it came; anything at all, also nothing.

    Returns:
        All entities in reading order, the top one first; at least one.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return tuple(_walk_mail(raw, _Place(number="", parent="", mail="", depth=0, allowance=Allowance())))


def split_file(content: bytes, name: str, content_type: str) -> tuple[Entity, ...]:
    """Take a file apart that came by itself: it is part 0, what it holds is 1, 2 ….

    Returns:
        The file, and what it holds, in reading order.
    """
    headers, _ = split_headers(as_mime.leaf(b"", content_type, name=name))
    leaf = _Leaf(headers=headers, content=content, defects=())
    place = _Place(number=WHOLE_FILE, parent="", mail="", depth=0, allowance=Allowance())
    return tuple(_walk_leaf(leaf, content_type, place))


def split_headers(raw: bytes) -> tuple[EmailMessage, bytes]:
    """Split an entity into its headers and its body, also when the blank line is missing."""
    start = _end_of(_MBOX_LINE, raw, 0)
    end = _end_of(_HEADER_LINES, raw, start)
    return mail_headers.read_headers(raw[start:end]), raw[_end_of(_BLANK_LINE, raw, end) :]


def _end_of(pattern: re.Pattern[bytes], raw: bytes, start: int) -> int:
    found = pattern.match(raw, start)
    return found.end() if found else start


def _walk_mail(raw: bytes, place: _Place) -> Iterator[Entity]:
    """Walk a mail: its one entity is part 1, or 0 when it is a multipart."""
    here = replace(place, number=_below(place.mail, 1), parent=place.mail, default_type="text/plain")
    yield from _walk(raw, here, is_top=True)


def _embedded(place: _Place) -> _Place:
    """Give the place of a mail that lies here; its number makes it a mail of its own, in no box."""
    return replace(place, mail=place.number, box="", depth=place.depth + 1, is_split=False)


def _walk(raw: bytes, place: _Place, *, is_top: bool = False) -> Iterator[Entity]:
    headers, body = split_headers(raw)
    kind = _type_of(headers, place.default_type)
    if kind.startswith("multipart/"):
        yield from _walk_multipart(headers, kind, body, place, is_top=is_top)
        return
    content, defects = decode(headers, body)
    leaf = _Leaf(headers=headers, content=content, defects=defects)
    is_text = _is_loose_text(kind, headers) and not place.is_split
    rest, files = split_text(content) if is_text else (content, ())
    if files and place.depth < _MAX_DEPTH:
        pieces = (as_mime.leaf(rest, _plain_type(headers), place=""), *files)
        here = replace(place, is_split=True)
        yield from _walk_pieces(replace(leaf, content=b""), "multipart/mixed", pieces, here, is_top=is_top)
    elif _is_mail(kind, headers) and place.depth < _MAX_DEPTH and content.strip():
        yield _entity(leaf, kind, place, is_container=True)
        yield from _walk_mail(content, _embedded(place))
    else:
        yield from _walk_leaf(leaf, kind, place)


def _walk_leaf(leaf: _Leaf, kind: str, place: _Place) -> Iterator[Entity]:
    """Walk a file, and what it holds when it holds other things."""
    found = look_inside(
        leaf.content, kind, _name_of(leaf.headers), allowance=place.allowance, boxes=place.boxes
    )
    if place.depth >= _MAX_DEPTH or not (found.pieces or found.mail):
        yield _entity(leaf, found.content_type, place, problem=found.problem)
        return
    yield _entity(leaf, found.content_type, place, is_container=True, signatures=found.signatures)
    if found.mail:
        yield from _walk_mail(found.mail, _embedded(place))
        return
    prefix = "" if place.number == WHOLE_FILE else place.number
    box = place.box if found.is_envelope else place.number
    boxes = place.boxes + 1
    for index, piece in enumerate(found.pieces, start=1):
        below = replace(place, number=_below(prefix, index), parent=place.number, box=box, boxes=boxes)
        yield from _walk(piece, replace(below, depth=place.depth + 1, default_type="text/plain"))


def _walk_multipart(
    headers: EmailMessage, kind: str, body: bytes, place: _Place, *, is_top: bool
) -> Iterator[Entity]:
    pieces, defects = pieces_of(headers, body)
    if not pieces or place.depth >= _MAX_DEPTH:
        notes = (*defects, "multipart without usable boundary, or nested too deep: kept as one part")
        leaf = _Leaf(headers=headers, content=decode(headers, body)[0], defects=notes)
        yield _entity(leaf, "text/plain", place)
        return
    leaf = _Leaf(headers=headers, content=b"", defects=defects)
    yield from _walk_pieces(leaf, kind, pieces, place, is_top=is_top)


def _walk_pieces(
    leaf: _Leaf, kind: str, pieces: tuple[bytes, ...], place: _Place, *, is_top: bool
) -> Iterator[Entity]:
    number = _below(place.mail, 0) if is_top else place.number
    signatures = _signatures_beside(pieces) if kind == "multipart/signed" else ()
    here = replace(place, number=number)
    yield _entity(leaf, kind, here, is_container=True, signatures=signatures)
    prefix = place.mail if is_top else number
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    for index, piece in enumerate(pieces, start=1):
        below = replace(place, number=_below(prefix, index), parent=number, depth=place.depth + 1)
        yield from _walk(piece, replace(below, default_type=default))


def _signatures_beside(pieces: tuple[bytes, ...]) -> tuple[Signature, ...]:
    """Check the signature of a text that is signed in the clear; one of PGP is not looked at."""
    if len(pieces) < _SIGNED_PIECES:
        return ()
    headers, body = split_headers(pieces[1])
    if "pkcs7-signature" not in mail_headers.content_type(headers, ""):
        return ()
    from pipeline.edges.mail.smime import signatures_beside  # noqa: PLC0415 - slow to import, seldom wanted

    return signatures_beside(pieces[0], decode(headers, body)[0])


def _below(prefix: str, index: int) -> str:
    return f"{prefix}.{index}" if prefix else str(index)


def _entity(
    leaf: _Leaf,
    kind: str,
    place: _Place,
    *,
    is_container: bool = False,
    problem: str = "",
    signatures: tuple[Signature, ...] = (),
) -> Entity:
    return Entity(
        number=place.number,
        parent=place.parent,
        mail=place.mail,
        box=place.box,
        headers=leaf.headers,
        content_type=kind,
        name=_name_of(leaf.headers),
        content=leaf.content,
        is_container=is_container,
        problem=problem,
        signatures=signatures,
        defects=tuple(f"part {place.number}: {defect}" for defect in leaf.defects),
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


def _is_loose_text(kind: str, headers: EmailMessage) -> bool:
    """Tell whether a part is text of a mail, which may have files written into it."""
    return kind == "text/plain" and not _name_of(headers)


def _plain_type(headers: EmailMessage) -> str:
    charset = mail_headers.parameter(headers, "Content-Type", "charset")
    return f"text/plain; charset={charset}" if charset else "text/plain"
