"""Write a mail that Outlook keeps as properties (.msg, winmail.dat) as MIME.

Standard library only; touches nothing. The header block that came with the mail is kept as it is,
without the lines that describe the old MIME tree; what it lacks is made from the properties.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from pipeline.edges.mail.as_mime import header, joined, leaf, text
from pipeline.edges.reading.charset import one_line

_FIELD = re.compile(r"(?m)^([!-9;-~]+):[^\n]*(?:\n[ \t][^\n]*)*\n?")
_OF_THE_TREE = re.compile(r"(?i)content-|mime-version$")
_CHARSETS = {65001: "utf-8", 20127: "us-ascii", 28591: "iso-8859-1", 28605: "iso-8859-15"}
_WINDOWS_CHARSETS = range(1250, 1259)
_REPORTS = (
    ("REPORT.IPM.NOTE.IPN", "disposition-notification"),
    ("REPORT.", "delivery-status"),
)
_MEETINGS = (
    ("IPM.SCHEDULE.MEETING.RESP", "REPLY"),
    ("IPM.SCHEDULE.MEETING.CANCELED", "CANCEL"),
    ("IPM.SCHEDULE.MEETING", "REQUEST"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookMail:
    """What Outlook keeps of a mail.

    Attributes:
        headers: Header block as it came over the internet; empty for mail within one server.
        sender: ``name <address>``, as far as known; ``recipients`` and ``copies`` likewise, with commas.
        delivered: When it was put into the mailbox, aware UTC.
        message_class: Outlook's word for what it is, such as ``IPM.Note``.
        html: With its character set as a number of Windows (0 when unknown) in ``html_codepage``.
        attachments: MIME entities.
    """

    headers: str = ""
    sender: str = ""
    recipients: str = ""
    copies: str = ""
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: str = ""
    sent: datetime | None = None
    delivered: datetime | None = None
    message_class: str = ""
    text: str = ""
    html: bytes = b""
    html_codepage: int = 0
    attachments: tuple[bytes, ...] = ()


def as_mail(mail: OutlookMail) -> bytes:
    """Write the mail as MIME; the same mail always gives the same bytes."""
    return _head(mail) + _content(mail)


def shown_address(name: str, email: str) -> str:
    """Write one address; one of Exchange's own (``/O=…``) is no mail address."""
    clean, spec = one_line(name).replace('"', "'").strip("' "), one_line(email).strip("<>' ")
    if "@" not in spec:
        return f'"{clean}"' if clean else ""
    return f'"{clean}" <{spec}>' if clean and clean != spec else f"<{spec}>"


def _head(mail: OutlookMail) -> bytes:
    block = mail.headers.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    kept = [(found[1].lower(), found[0].rstrip("\n")) for found in _FIELD.finditer(block)]
    kept = [(name, line) for name, line in kept if not _OF_THE_TREE.match(name)]
    names = {name for name, _ in kept}
    lines = [line.encode("utf-8", "replace").replace(b"\n", b"\r\n") + b"\r\n" for _, line in kept]
    made = (header(name, value) for name, value in _made(mail) if name.lower() not in names)
    return b"".join((*lines, *made))


def _made(mail: OutlookMail) -> tuple[tuple[str, str], ...]:
    delivered = format_datetime(mail.delivered) if mail.delivered else ""
    return (
        ("Received", f"by Outlook; {delivered}" if delivered else ""),
        ("From", mail.sender),
        ("To", mail.recipients),
        ("Cc", mail.copies),
        ("Subject", mail.subject),
        ("Date", format_datetime(mail.sent) if mail.sent else delivered),
        ("Message-ID", mail.message_id),
        ("In-Reply-To", mail.in_reply_to),
        ("References", mail.references),
    )


def _content(mail: OutlookMail) -> bytes:
    kind = mail.message_class.upper()
    report = next((report for start, report in _REPORTS if kind.startswith(start)), "")
    meeting = next((method for start, method in _MEETINGS if kind.startswith(start)), "")
    pieces = [*([_body(mail)] if mail.text or mail.html else []), *mail.attachments]
    if meeting:
        pieces.append(_invitation(mail, meeting))
    if report:
        pieces.append(leaf(b"", f"message/{report}"))
        return joined(f"multipart/report; report-type={report}", pieces if len(pieces) > 1 else pieces * 2)
    return joined("multipart/mixed", pieces or [text("")])


def _body(mail: OutlookMail) -> bytes:
    charset = _charset(mail.html_codepage)
    page = leaf(mail.html, f"text/html{f'; charset={charset}' if charset else ''}", place="")
    versions = [*([text(mail.text)] if mail.text else []), *([page] if mail.html else [])]
    return joined("multipart/alternative", versions)


def _charset(codepage: int) -> str:
    return f"windows-{codepage}" if codepage in _WINDOWS_CHARSETS else _CHARSETS.get(codepage, "")


def _invitation(mail: OutlookMail, method: str) -> bytes:
    """Write what Outlook keeps in properties of its own as the calendar part that other programs send."""
    lines = ("BEGIN:VCALENDAR", f"METHOD:{method}", f"X-WR-CALNAME:{one_line(mail.subject)}", "END:VCALENDAR")
    return leaf(
        "\r\n".join((*lines, "")).encode(), f"text/calendar; charset=utf-8; method={method}", place=""
    )
