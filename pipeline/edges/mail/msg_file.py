"""Read an Outlook message file (.msg) and write it as the MIME mail that it was.

With python-oxmsg, which knows no messages within messages; those are read here from the same
storages. May touch nothing but the bytes it is given.

Source:
    [MS-OXMSG] Outlook Item (.msg) File Format, sections 2.2.2 (attachments) and 2.4 (properties);
    [MS-OXCMSG] 2.2.2.9 (attach methods).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from olefile import OleFileIO
from oxmsg.domain import constants as pid
from oxmsg.domain import model
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from pipeline.edges.mail import rtf
from pipeline.edges.mail.as_mime import UNKNOWN_TYPE, leaf
from pipeline.edges.mail.outlook_mail import OutlookMail, as_mail, shown_address

MAX_NESTING = 10
"""Messages within messages; a forward of a forward of a forward is already rare."""

BROKEN_PROPERTY = (
    ArithmeticError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    model.UnrecognizedCodePageError,
    model.UnsupportedEncodingError,
)
"""What the library raises on a property that is damaged; the mail is read without it."""

_INSIDE_HEADER_BYTES = 24
"""Length of the head of the properties of a message within a message."""
_OBJECT = f"__substg1.0_{pid.PID_ATTACH_DATA_BINARY:04X}000D"
_SMTP_OF_REPRESENTED = 0x5D02
_LONG_PATH, _PATH = 0x370D, 0x3708
_EMBEDDED_MESSAGE, _OLE_OBJECT = 5, 6
_COPY_RECIPIENT, _BLIND_RECIPIENT = 2, 3
_HEAD_BYTES = 4_000
_MIME_HEAD = re.compile(rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:", re.IGNORECASE)


class UnusableMsgError(Exception):
    """A message file is damaged, or made to be hard to read."""


def as_mime(content: bytes) -> bytes:
    """Write a message file as a MIME mail.

    Raises:
        UnusableMsgError: It cannot be read as a whole.
    """
    try:
        with OleFileIO(content) as ole:
            claimed = sum(entry.size for entry in ole.direntries if entry is not None)
            if claimed > len(content) * 2:
                raise UnusableMsgError("its streams claim more than the file holds")
            root = Storage.from_ole(ole)
        return _mail(root, model.MSG_HDR_OFFSET, nesting=0)
    except (*BROKEN_PROPERTY, AttributeError, AssertionError, RecursionError) as error:
        raise UnusableMsgError(type(error).__name__) from error


class _Bag:
    """The properties of one storage, each with an empty answer when it is missing or damaged."""

    def __init__(self, storage: Storage, header_bytes: int) -> None:
        self._properties = Properties(storage, properties_header_offset=header_bytes)
        self._streams = {stream.name: stream.bytes_ for stream in storage.streams}

    def text(self, *names: int) -> str:
        """Give the first of these that says something."""
        return next(filter(None, map(self._text, names)), "")

    def _text(self, name: int) -> str:
        try:
            value = self._properties.str_prop_value(name)
        except BROKEN_PROPERTY:
            value = self._raw_text(name)
        return (value or "").rstrip("\x00")

    def _raw_text(self, name: int) -> str:
        raw = self._streams.get(f"__substg1.0_{name:04X}001F")
        if raw is not None:
            return raw.decode("utf-16-le", "replace")
        return self._streams.get(f"__substg1.0_{name:04X}001E", b"").decode("cp1252", "replace")

    def data(self, name: int) -> bytes:
        return self._streams.get(f"__substg1.0_{name:04X}0102", b"")

    def number(self, name: int) -> int:
        try:
            return int(self._properties.int_prop_value(name) or 0)
        except BROKEN_PROPERTY:
            return 0

    def moment(self, name: int) -> datetime | None:
        try:
            value = self._properties.date_prop_value(name)
        except (*BROKEN_PROPERTY, AttributeError):
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else None


def _mail(storage: Storage, header_bytes: int, *, nesting: int) -> bytes:
    if nesting > MAX_NESTING:
        raise UnusableMsgError("messages nested too deep")
    bag = _Bag(storage, header_bytes)
    people = [_Bag(one, model.RECIP_HDR_OFFSET) for one in storage.iter_recipient_storages()]
    page = bag.data(pid.PID_HTML)
    mail = OutlookMail(
        headers=bag.text(pid.PID_TRANSPORT_MESSAGE_HEADERS),
        sender=_sender(bag),
        recipients=_listed(one for one in people if _role(one) not in (_COPY_RECIPIENT, _BLIND_RECIPIENT)),
        copies=_listed(one for one in people if _role(one) == _COPY_RECIPIENT),
        subject=bag.text(pid.PID_SUBJECT),
        message_id=bag.text(pid.PID_INTERNET_MESSAGE_ID),
        in_reply_to=bag.text(pid.PID_IN_REPLY_TO_ID),
        references=bag.text(pid.PID_INTERNET_REFERENCES),
        sent=bag.moment(pid.PID_CLIENT_SUBMIT_TIME),
        delivered=bag.moment(pid.PID_MESSAGE_DELIVERY_TIME),
        message_class=bag.text(pid.PID_MESSAGE_CLASS),
        text=bag.text(pid.PID_BODY) or ("" if page else _rtf_text(bag)),
        html=page or bag.text(pid.PID_BODY_HTML).encode(),
        html_codepage=bag.number(pid.PID_INTERNET_CODEPAGE) if page else 65001,
        attachments=tuple(_attachment(one, nesting) for one in storage.iter_attachment_storages()),
    )
    return _signed(mail, storage) or as_mail(mail)


def _role(recipient: _Bag) -> int:
    return recipient.number(pid.PID_RECIPIENT_TYPE) & 0xF


def _sender(bag: _Bag) -> str:
    """Give on whose behalf the mail was sent, else who sent it."""
    email = bag.text(
        _SMTP_OF_REPRESENTED,
        pid.PID_SENT_REPRESENTING_EMAIL_ADDRESS,
        pid.PID_SENDER_SMTP_ADDRESS,
        pid.PID_SENDER_EMAIL_ADDRESS,
    )
    if "@" not in email:
        options = (pid.PID_SENDER_SMTP_ADDRESS, pid.PID_SENDER_EMAIL_ADDRESS)
        email = next((found for found in map(bag.text, options) if "@" in found), "")
    return shown_address(bag.text(pid.PID_SENT_REPRESENTING_NAME, pid.PID_SENDER_NAME), email)


def _listed(people: Iterable[_Bag]) -> str:
    shown = (
        shown_address(one.text(pid.PID_DISPLAY_NAME), one.text(pid.PID_SMTP_ADDRESS, pid.PID_EMAIL_ADDRESS))
        for one in people
    )
    return ", ".join(filter(None, shown))


def _rtf_text(bag: _Bag) -> str:
    """Read the body that is there in RTF only; a damaged one gives nothing."""
    packed = bag.data(pid.PID_RTF_COMPRESSED)
    try:
        return rtf.text_of(packed) if packed else ""
    except BROKEN_PROPERTY:
        return ""


# --- attachments -------------------------------------------------------------------------


def _attachment(storage: Storage, nesting: int) -> bytes:
    bag = _Bag(storage, model.ATTACH_HDR_OFFSET)
    name = bag.text(pid.PID_ATTACH_LONG_FILENAME, pid.PID_ATTACH_FILENAME, pid.PID_DISPLAY_NAME)
    inside = next((one for one in storage.storages if one.name == _OBJECT), None)
    if inside is not None and bag.number(pid.PID_ATTACH_METHOD) != _OLE_OBJECT and _is_message(inside):
        return leaf(_mail(inside, _INSIDE_HEADER_BYTES, nesting=nesting + 1), "message/rfc822", name=name)
    content = bag.data(pid.PID_ATTACH_DATA_BINARY)
    if inside is not None and not content:
        content = max((stream.bytes_ for stream in inside.streams), key=len, default=b"")
    place = bag.text(_LONG_PATH, _PATH)
    if not content and place:
        return leaf(place.encode("utf-8", "replace"), "message/external-body", name=name)
    kind = bag.text(pid.PID_ATTACH_MIME_TAG) or UNKNOWN_TYPE
    return leaf(content, kind, name=name, content_id=bag.text(pid.PID_ATTACH_CONTENT_ID))


def _is_message(storage: Storage) -> bool:
    return any(stream.name == "__properties_version1.0" for stream in storage.streams)


def _signed(mail: OutlookMail, storage: Storage) -> bytes:
    """Write a signed or encrypted mail, which Outlook keeps whole in its one attachment.

    Returns:
        The mail; empty when this is no such mail.
    """
    if not mail.message_class.upper().startswith("IPM.NOTE.SMIME") or len(mail.attachments) != 1:
        return b""
    (one,) = storage.iter_attachment_storages()
    content = _Bag(one, model.ATTACH_HDR_OFFSET).data(pid.PID_ATTACH_DATA_BINARY)
    is_mime = _MIME_HEAD.match(content[:_HEAD_BYTES])
    whole = content.lstrip() if is_mime else leaf(content, "application/pkcs7-mime", name="smime.p7m")
    return as_mail(replace(mail, text="", html=b"", attachments=(whole,)))
