"""Take the members out of a zip, without being blown up by it and without believing a name in it.

Standard library only; unpacks in memory, writes nothing. All or nothing: of a zip of which one
member cannot be had, nothing is taken out, so that nobody thinks to have it whole.
"""

import io
import zipfile
from collections.abc import Iterator

from pipeline.edges.mail.allowance import Allowance
from pipeline.edges.mail.as_mime import UNKNOWN_TYPE, bare_name, leaf
from pipeline.edges.reading.zipped import BOMB_FROM_BYTES, BOMB_RATIO, BROKEN_ZIP

MAX_MEMBERS = 500
"""A set of meeting papers has some dozens; more files than these no secretary goes through one by one."""
MAX_MEMBER_BYTES = 100 * 1024**2
"""A scanned report of 500 pages is about this big."""

LOCKED = (
    "Het zipbestand is met een wachtwoord beveiligd. "
    "Vraag de afzender om de stukken zonder wachtwoord te sturen."
)
TOO_BIG = (
    "Het zipbestand is uitgepakt te groot om veilig te openen. "
    "Vraag de afzender om de stukken als losse bijlagen te sturen."
)
TOO_MANY = (
    "In het zipbestand zitten te veel bestanden om ze apart te beoordelen. "
    "Vraag de afzender om alleen de stukken te sturen die voor de raad zijn."
)
DAMAGED = "Het zipbestand is beschadigd of niet volledig. Vraag de afzender om het opnieuw te sturen."
NOTHING_IN_IT = "Er zit niets in het zipbestand. Vraag de afzender om de stukken te sturen."

_ENCRYPTED = 0x1
_NAME_IN_UTF8 = 0x800
_APPLE_DOUBLE = b"\x00\x05\x16\x07"


class UnusableZipError(Exception):
    """A zip cannot be taken apart; the text says why, in Dutch."""


def members_of(content: bytes, allowance: Allowance) -> tuple[bytes, ...]:
    """Take all files out of a zip.

    Args:
        content: The zip.
        allowance: What may still be unpacked from this arrival.

    Returns:
        The files as MIME entities, in the order of the zip; at least one.

    Raises:
        UnusableZipError: It is locked, damaged, too big, or empty.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            members = [one for one in box.infolist() if not one.is_dir()]
            _check(members, allowance)
            return tuple(_unpacked(box, members))
    except BROKEN_ZIP as error:
        raise UnusableZipError(DAMAGED) from error


def _check(members: list[zipfile.ZipInfo], allowance: Allowance) -> None:
    """Judge by the directory; unpacking never goes beyond what it claims."""
    if not members:
        raise UnusableZipError(NOTHING_IN_IT)
    if any(one.flag_bits & _ENCRYPTED for one in members):
        raise UnusableZipError(LOCKED)
    if len(members) > MAX_MEMBERS:
        raise UnusableZipError(TOO_MANY)
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members) + 1
    is_bomb = unpacked > BOMB_FROM_BYTES and unpacked / packed > BOMB_RATIO
    if is_bomb or any(one.file_size > MAX_MEMBER_BYTES for one in members):
        raise UnusableZipError(TOO_BIG)
    if not allowance.take(files=len(members), size_bytes=unpacked):
        raise UnusableZipError(TOO_BIG)


def _unpacked(box: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for number, one in enumerate(members, start=1):
        with box.open(one) as stream:
            content = stream.read(one.file_size + 1)
        kind = "application/applefile" if content.startswith(_APPLE_DOUBLE) else UNKNOWN_TYPE
        yield leaf(content, kind, name=_name(one) or f"bestand {number}")


def _name(member: zipfile.ZipInfo) -> str:
    """Give the name of a member; programs that forget to say so write it in UTF-8 all the same."""
    name = member.filename
    if not member.flag_bits & _NAME_IN_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    return bare_name(name)
