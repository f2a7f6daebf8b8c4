"""Look whether a file holds other things, and take those out; nothing raises, whatever the bytes.

One module per format does the work and is imported only when it is wanted. What is not opened is kept,
and says why in Dutch; 7z, rar, tar and gz never are (no library that is safe with hostile ones).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.edges.mail.allowance import MAX_BOXES, Allowance
from pipeline.edges.mail.as_mime import UNKNOWN_TYPE, leaf
from pipeline.edges.reading.filetype import PKCS7, PKCS7_WITHIN, FileType, sniff
from pipeline.values import Signature

TOO_DEEP = (
    "Dit bestand zit te diep in andere bestanden verpakt om het te openen. "
    "Vraag de afzender om de stukken als losse bijlagen te sturen."
)
BROKEN_TNEF = (
    "De bijlagen in dit winmail.dat-bestand kunnen niet worden gelezen. "
    "Vraag de afzender om de mail opnieuw te sturen, in de opmaak HTML (in Outlook: niet RTF)."
)
BROKEN_MSG = "Dit Outlook-bericht is beschadigd of niet volledig. Vraag de afzender om het opnieuw te sturen."
BROKEN_SIGNED = (
    "Dit ondertekende bericht is beschadigd of niet volledig. "
    "Vraag de afzender om het opnieuw te sturen, zonder digitale handtekening."
)

MAIL_TYPE = "message/rfc822"
ZIP_TYPE = "application/zip"
TNEF_TYPE = "application/ms-tnef"
SIGNED_TYPE = "application/pkcs7-mime"
BOX_TYPES = (ZIP_TYPE, TNEF_TYPE, SIGNED_TYPE)
"""What holds things and is no mail."""

_UNKNOWN_TYPES = (UNKNOWN_TYPE, "application/x-unknown", "application/download", "binary/octet-stream")
_ZIP_TYPES = (ZIP_TYPE, "application/x-zip", "application/x-zip-compressed")
_SIGNED_TYPES = (SIGNED_TYPE, "application/x-pkcs7-mime")
_TNEF_TYPES = (TNEF_TYPE, "application/vnd.ms-tnef", "application/x-tnef")
_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x78\x9f\x3e\x22", b"-----BEGIN ")
_PGP_MESSAGE = b"-----BEGIN PGP MESSAGE-----"
_MIME_HEAD = re.compile(rb"\A\s*[A-Za-z-]+:[ \t]?[^\n]*\n")
_HEAD_BYTES = 2_000

_REAL_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.ODP: "application/vnd.oasis.opendocument.presentation",
    FileType.DOC: "application/msword",
    FileType.XLS: "application/vnd.ms-excel",
    FileType.PPT: "application/vnd.ms-powerpoint",
    FileType.RTF: "application/rtf",
    FileType.ICS: "text/calendar",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.TIFF: "image/tiff",
    FileType.HEIC: "image/heic",
    FileType.GIF: "image/gif",
    FileType.BMP: "image/bmp",
    FileType.WEBP: "image/webp",
    FileType.ZIP: ZIP_TYPE,
    FileType.SEVEN_ZIP: "application/x-7z-compressed",
    FileType.RAR: "application/vnd.rar",
    FileType.TAR: "application/x-tar",
    FileType.GZIP: "application/gzip",
    FileType.ARCHIVE: "application/x-archive",
    FileType.AUDIO: "audio/x-unknown",
    FileType.VIDEO: "video/x-unknown",
    FileType.FONT: "font/x-unknown",
    FileType.DATABASE: "application/x-database",
    FileType.EXE: "application/x-executable",
}
"""What a file of a type that its sender did not know is called. A text stays unknown: its name tells more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What was found in a file.

    Attributes:
        content_type: What the file is called from now on.
        pieces: What it holds, as MIME entities.
        mail: The MIME mail that it is; then there are no pieces.
        is_envelope: What it holds is the mail itself, and no set of files.
        problem: Dutch, why what it holds cannot be had.
        signatures: Digital signatures on it.
    """

    content_type: str
    pieces: tuple[bytes, ...] = ()
    mail: bytes = b""
    is_envelope: bool = False
    problem: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file with what is known of it, see ``look_inside``."""

    content: bytes
    content_type: str
    name: str
    allowance: Allowance
    boxes: int


def look_inside(content: bytes, content_type: str, name: str, *, allowance: Allowance, boxes: int) -> Inside:
    """Take out what a file holds.

    Args:
        content: The file.
        content_type: As declared, lower case.
        name: As given; may be empty.
        allowance: What may still be taken out of this arrival.
        boxes: Number of boxes it lies in already.

    Returns:
        What it holds; for a file that holds nothing only what it is called. Never raises on content.
    """
    file = _File(content=content, content_type=content_type, name=name, allowance=allowance, boxes=boxes)
    is_unknown = content_type in _UNKNOWN_TYPES
    declared = content_type in (*_ZIP_TYPES, *_SIGNED_TYPES, *_TNEF_TYPES)
    if not (is_unknown or declared or _may_hold(content)):
        return Inside(content_type=content_type)
    kind = sniff(content, name) if content else FileType.EMPTY
    if _PGP_MESSAGE in content[:PKCS7_WITHIN]:
        return _sealed(content_type)
    if _is_opened(kind, file):
        return _OPENERS[kind](file)
    return _closed(kind, content_type, is_unknown=is_unknown)


def _is_opened(kind: FileType, file: _File) -> bool:
    """Tell whether a file is to be opened; a signature by itself and a zip that is a program are not."""
    if kind is FileType.ZIP:
        return _is_set_of_files(file.content_type, file.name)
    if kind is FileType.EML:
        return file.content_type in _UNKNOWN_TYPES
    return kind in _OPENERS and "signature" not in file.content_type


def _may_hold(content: bytes) -> bool:
    """Tell by the first bytes whether a second look is worth the time."""
    return content.startswith(_STARTS) or (content[:1] == b"0" and PKCS7 in content[:PKCS7_WITHIN])


def _is_set_of_files(content_type: str, name: str) -> bool:
    """Tell a zip that people made from a program or book that happens to be one."""
    suffix = name.rpartition(".")[2].strip().lower() if "." in name else ""
    return suffix in ("", "zip") or content_type in _ZIP_TYPES


def _closed(kind: FileType, content_type: str, *, is_unknown: bool) -> Inside:
    """Name what is not opened; what says that it holds things and is no such file is damaged."""
    if kind is FileType.EMPTY:
        return Inside(content_type=content_type)
    if kind is FileType.UNKNOWN and content_type in _ZIP_TYPES:
        from pipeline.edges.mail.zip_file import DAMAGED  # noqa: PLC0415 - beside its own text

        return Inside(content_type=content_type, problem=DAMAGED)
    if content_type in _TNEF_TYPES:
        return Inside(content_type=content_type, problem=BROKEN_TNEF)
    if content_type in _SIGNED_TYPES:
        return Inside(content_type=content_type, problem=BROKEN_SIGNED)
    return Inside(content_type=_REAL_TYPES.get(kind, content_type) if is_unknown else content_type)


def _sealed(content_type: str) -> Inside:
    from pipeline.edges.mail.smime import ENCRYPTED  # noqa: PLC0415

    return Inside(content_type=content_type, problem=ENCRYPTED)


def _zip(file: _File) -> Inside:
    from pipeline.edges.mail.zip_file import UnusableZipError, members_of  # noqa: PLC0415

    if file.boxes >= MAX_BOXES:
        return Inside(content_type=ZIP_TYPE, problem=TOO_DEEP)
    try:
        return Inside(content_type=ZIP_TYPE, pieces=members_of(file.content, file.allowance))
    except UnusableZipError as error:
        return Inside(content_type=ZIP_TYPE, problem=str(error))


def _winmail(file: _File) -> Inside:
    from pipeline.edges.mail.winmail import UnusableTnefError, members_of  # noqa: PLC0415 - seldom wanted

    if file.boxes >= MAX_BOXES:
        return Inside(content_type=TNEF_TYPE, problem=TOO_DEEP)
    try:
        pieces = members_of(file.content, file.allowance)
    except UnusableTnefError:
        return Inside(content_type=TNEF_TYPE, problem=BROKEN_TNEF)
    return Inside(content_type=TNEF_TYPE, pieces=pieces or (leaf(b"", "text/plain", place=""),))


def _msg(file: _File) -> Inside:
    from pipeline.edges.mail.msg_file import UnusableMsgError, as_mime  # noqa: PLC0415 - seldom wanted

    kept = "application/vnd.ms-outlook"
    if file.boxes >= MAX_BOXES:
        return Inside(content_type=kept, problem=TOO_DEEP)
    try:
        return Inside(content_type=MAIL_TYPE, mail=as_mime(file.content))
    except UnusableMsgError:
        return Inside(content_type=kept, problem=BROKEN_MSG)


def _signed(file: _File) -> Inside:
    """Unwrap; a signature by itself, without what was signed, is left as it is."""
    from pipeline.edges.mail.smime import ENCRYPTED, unwrap  # noqa: PLC0415 - slow to import, seldom wanted

    envelope = unwrap(file.content)
    if envelope is None:
        return Inside(content_type=SIGNED_TYPE, problem=BROKEN_SIGNED)
    if envelope.is_encrypted:
        return Inside(content_type=SIGNED_TYPE, problem=ENCRYPTED)
    if envelope.content is None:
        kept = "application/pkcs7-signature" if file.content_type in _UNKNOWN_TYPES else file.content_type
        return Inside(content_type=kept)
    if file.boxes >= MAX_BOXES:
        return Inside(content_type=SIGNED_TYPE, problem=TOO_DEEP)
    piece = envelope.content
    if not _MIME_HEAD.match(piece[:_HEAD_BYTES]):
        piece = leaf(
            piece, UNKNOWN_TYPE, name=re.sub(r"(?i)\.p7[ms]$", "", file.name) or "ondertekend bestand"
        )
    return Inside(content_type=SIGNED_TYPE, pieces=(piece,), is_envelope=True, signatures=envelope.signatures)


def _mail(file: _File) -> Inside:
    return Inside(content_type=MAIL_TYPE, mail=file.content)


_OPENERS: dict[FileType, Callable[[_File], Inside]] = {
    FileType.ZIP: _zip,
    FileType.TNEF: _winmail,
    FileType.MSG: _msg,
    FileType.EML: _mail,
    FileType.P7M: _signed,
}
