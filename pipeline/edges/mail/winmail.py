"""Take the parts out of a winmail.dat (TNEF), the envelope that Outlook puts around a mail.

With tnefparse, which gives up a whole file for one odd field; then what stood before that field is
read. May touch nothing but the bytes it is given.

Source:
    [MS-OXTNEF] Transport Neutral Encapsulation Format.
"""

import logging
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

from tnefparse import TNEF
from tnefparse import properties as mapi
from tnefparse.tnef import TNEFAttachment

from pipeline.edges.mail import rtf
from pipeline.edges.mail.allowance import Allowance
from pipeline.edges.mail.as_mime import UNKNOWN_TYPE, joined, leaf, text
from pipeline.edges.mail.outlook_mail import OutlookMail, as_mail, shown_address

MAX_NESTING = 10
"""Messages within messages, as for a message file."""
MAX_FIELDS = 5_000
"""A mail has a dozen, and five for each attachment; the library copies the rest of the file at each."""

BROKEN_TNEF = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the library was seen to raise on damaged files."""

_SIGNATURE_BYTES = 6
_FIELD = struct.Struct("<BHHI")
_CHECKSUM_BYTES = 2

# The library writes pieces of a mail to the log.
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


class UnusableTnefError(Exception):
    """A winmail.dat is damaged as a whole."""


def members_of(content: bytes, allowance: Allowance) -> tuple[bytes, ...]:
    """Take the text of the mail and its attachments out.

    Args:
        content: The winmail.dat.
        allowance: What may still be taken out of this arrival.

    Returns:
        MIME entities: first the text, if any, without a name; then the attachments.

    Raises:
        UnusableTnefError: Nothing can be read.
    """
    found = _parsed(content)
    if not allowance.take(files=len(found.attachments) + 1, size_bytes=len(content)):
        raise UnusableTnefError("more than may be taken out of one arrival")
    try:
        return tuple(_pieces(found, nesting=0))
    except BROKEN_TNEF as error:
        raise UnusableTnefError(type(error).__name__) from error


def _parsed(content: bytes) -> TNEF:
    """Read the fields; when one is odd, those before it: what fails, fails at one field."""
    ends = _ends(content)
    if len(ends) > MAX_FIELDS:
        raise UnusableTnefError("too many fields")
    whole = _tried(content)
    good, bad = 0, len(ends)
    while whole is None and bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if _tried(content[: ends[middle - 1]]) else (good, middle)
    found = whole or (_tried(content[: ends[good - 1]]) if good else None)
    if found is None:
        raise UnusableTnefError("no field can be read")
    return found


def _tried(content: bytes) -> TNEF | None:
    try:
        return TNEF(content, do_checksum=False)
    except BROKEN_TNEF:
        return None


def _ends(content: bytes) -> list[int]:
    """Find where each whole field ends."""
    ends: list[int] = []
    at = _SIGNATURE_BYTES
    while at + _FIELD.size <= len(content):
        at += _FIELD.size + _FIELD.unpack_from(content, at)[3] + _CHECKSUM_BYTES
        if at <= len(content):
            ends.append(at)
    return ends


def _pieces(found: TNEF, *, nesting: int) -> Iterator[bytes]:
    plain, page = _text(found), _as_bytes(found.htmlbody)
    versions = [*([text(plain)] if plain else [])]
    if page:
        versions.append(leaf(page, "text/html; charset=utf-8", place=""))
    if versions:
        yield joined("multipart/alternative", versions)
    for number, one in enumerate(found.attachments, start=1):
        yield _attachment(one, number, nesting)


def _text(found: TNEF) -> str:
    """Give the plain text; that of the RTF when there is no other text at all."""
    body = found.body
    plain = body if isinstance(body, str) else _as_bytes(body).decode(found.codepage or "cp1252", "replace")
    plain = plain.replace("\x00", "")
    packed = found._rtfbody  # noqa: SLF001 - the property behind it fails on what is damaged
    if plain.strip() or found.htmlbody or not packed:
        return plain
    try:
        return rtf.text_of(_as_bytes(packed) + b"\0")
    except BROKEN_TNEF:
        return ""


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode("utf-8", "replace") if isinstance(value, str) else b""


def _attachment(one: TNEFAttachment, number: int, nesting: int) -> bytes:
    name = _name(one) or f"bijlage {number}"
    embedded = getattr(one, "embed", None)
    if embedded is not None and nesting < MAX_NESTING:
        return leaf(_mail(embedded, nesting + 1), "message/rfc822", name=name)
    content_id = next((_attribute(a) for a in one.mapi_attrs if a.name == mapi.MAPI_ATTACH_CONTENT_ID), "")
    return leaf(_as_bytes(one.data), UNKNOWN_TYPE, name=name, content_id=content_id)


def _name(one: TNEFAttachment) -> str:
    long_names = (_attribute(a) for a in one.mapi_attrs if a.name == mapi.MAPI_ATTACH_LONG_FILENAME)
    short = one._name  # noqa: SLF001 - the property behind it fails on other sets than UTF-8
    given = short if isinstance(short, str) else _decoded(_as_bytes(short), one.codepage)
    return next(filter(None, long_names), "") or given.strip("\x00 ")


def _attribute(attribute: object) -> str:
    try:
        value = attribute.data  # type: ignore[attr-defined]
    except BROKEN_TNEF:
        return ""
    return value.strip("\x00 ") if isinstance(value, str) else _decoded(_as_bytes(value), "").strip("\x00 ")


def _decoded(raw: bytes, codepage: str | None) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(codepage or "cp1252", "replace")


# --- a mail in the envelope --------------------------------------------------------------


def _mail(found: TNEF, nesting: int) -> bytes:
    """Write a mail that was attached within the envelope."""
    said = {field.name: field.data for field in found.msgprops}
    known = {attribute.name: attribute for attribute in found.mapiprops}

    def told(name: int) -> str:
        return _attribute(known[name]) if name in known else ""

    name, email = told(mapi.MAPI_SENDER_NAME), told(mapi.MAPI_SENDER_SMTP_ADDRESS)
    mail = OutlookMail(
        sender=shown_address(name, email or told(mapi.MAPI_SENDER_EMAIL_ADDRESS)),
        recipients=shown_address(told(mapi.MAPI_DISPLAY_TO), ""),
        subject=str(said.get(TNEF.ATTSUBJECT, "")) or told(mapi.MAPI_SUBJECT),
        sent=_moment(said.get(TNEF.ATTDATESENT)) or _sent(known),
        attachments=tuple(_pieces(found, nesting=nesting)),
    )
    return as_mail(mail)


def _sent(known: dict[int, object]) -> datetime | None:
    attribute = known.get(mapi.MAPI_CLIENT_SUBMIT_TIME)
    try:
        return _moment(attribute.data) if attribute else None  # type: ignore[attr-defined]
    except BROKEN_TNEF:
        return None


def _moment(value: object) -> datetime | None:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None
