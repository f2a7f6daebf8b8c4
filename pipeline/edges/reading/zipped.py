"""Look into zip containers (Word, Excel, OpenDocument) without being blown up by them.

Judges by the directory of the container first; nothing is unpacked to disk. May touch nothing else.
"""

import zipfile
import zlib
from collections.abc import Iterable
from typing import IO

MAX_MEMBERS = 20_000
MAX_TOTAL_BYTES = 1024**3
MAX_XML_BYTES = 200 * 1024**2
BOMB_FROM_BYTES = 50 * 1024**2
BOMB_RATIO = 200

TOO_BIG = "Het bestand is uitgepakt te groot om veilig te openen."
DAMAGED = "Het bestand is beschadigd of niet volledig."
ENTITIES = "Het bestand bevat een constructie die niet veilig is (XML-entiteiten)."

_READ_BYTES = 1024**2
_DECLARATION = b"<!ENTITY"
"""A document type alone does no harm, and OpenDocument files have one; entities can be a bomb."""
_ENCRYPTED_BIT = 0x1

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on a container that is damaged or of a kind it does not know."""


def names_in(stream: IO[bytes]) -> tuple[str, ...]:
    """List the members of a container; only its directory is read.

    Raises:
        zipfile.BadZipFile: There is no usable directory.
    """
    with zipfile.ZipFile(stream) as box:
        return tuple(box.namelist())


def _size_fault(members: list[zipfile.ZipInfo]) -> str:
    """Judge the sizes that the directory claims; reading never goes beyond those."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) + 1
    xml = sum(member.file_size for member in members if _is_xml(member))
    bomb = unpacked > BOMB_FROM_BYTES and unpacked / packed > BOMB_RATIO
    too_big = len(members) > MAX_MEMBERS or unpacked > MAX_TOTAL_BYTES or xml > MAX_XML_BYTES
    return TOO_BIG if bomb or too_big else ""


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def _declares(pieces: Iterable[bytes]) -> bool:
    """Find the declaration of an entity; UTF-16 is read as if it were ASCII."""
    tail = b""
    for piece in pieces:
        window = tail + piece.replace(b"\0", b"")
        if _DECLARATION in window:
            return True
        tail = window[1 - len(_DECLARATION) :]
    return False


def container_fault(stream: IO[bytes]) -> str:
    """Say why a container of XML parts must not be opened.

    Checks the claimed sizes and their ratio, then reads every XML part once to see that it is whole
    and declares no entities.

    Returns:
        A Dutch sentence; empty when the container is safe to hand to a parser.
    """
    try:
        with zipfile.ZipFile(stream) as box:
            fault = _size_fault(box.infolist())
            if fault:
                return fault
            for member in filter(_is_xml, box.infolist()):
                if member.flag_bits & _ENCRYPTED_BIT:
                    return DAMAGED
                with box.open(member) as part:
                    if _declares(iter(lambda: part.read(_READ_BYTES), b"")):
                        return ENTITIES
    except BROKEN_ZIP:
        return DAMAGED
    return ""
