"""Turn an outgoing mail into the bytes that are sent: the same mail always gives the same bytes.

Reads the attachment from disk; touches nothing else. Names, subject and file names are made one
line before they become headers, so that no outside text can add a header or a recipient; those
of absurd length are cut off. An address or Message-ID that is not clean is refused, never
repaired: a repaired address is another address. All bytes are ASCII, all lines at most 998
characters (RFC 5322, 2.1.1).
"""

import re
from binascii import b2a_base64
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

from pipeline.dispatch.plan import dispatch_of
from pipeline.edges.mail.machine import OWN_MARK
from pipeline.edges.reading.charset import one_line
from pipeline.errors import AddressUnusableError, TransportError
from pipeline.values import Address, OutgoingMail

_MESSAGE_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9.-]+")
_LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 250
_LONGEST_NAME = 120
_LONGEST_ENDING = 10
_LINE = 76
_NOBODY_SHOWN = "To: undisclosed-recipients:;"
"""What stands in a mail to several who do not see each other (RFC 5322, 3.4 and appendix A.1.3)."""
_HERE = b"=_hier komt de bijlage"
"""Where the attachment comes; ``=_`` can stand in neither base64 nor quoted-printable."""
_ATTACHMENT_TYPES = {
    ".pdf": ("application", "pdf"),
    ".ics": ("text", "calendar"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def compose(mail: OutgoingMail) -> bytes:
    """Write a mail: plain text and HTML as alternatives, and the attachment.

    Args:
        mail: What is to be sent.

    Returns:
        The mail with CRLF line ends, ready for SMTP or an ``.eml`` file.

    Raises:
        AddressUnusableError: An address or the Message-ID is not usable.
        TransportError: The attachment cannot be read.
    """
    head = _head(mail)
    message = EmailMessage(policy=SMTP)
    message.set_content(_body(mail.text), cte="quoted-printable")
    message.add_alternative(_body(mail.html), subtype="html", cte="quoted-printable")
    attached = _attach(message, mail)
    _fix_boundaries(message, mail.message_id)
    before, _, after = message.as_bytes().rpartition(_HERE)  # the last: a file may bear that name
    return b"".join((head, before, attached, after))


def envelope(mail: OutgoingMail) -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the bare addresses to deliver to, each once, and whom of several an unusable one leaves out.

    Raises:
        AddressUnusableError: The one recipient has an unusable address, or all have.
    """
    usable: list[str] = []
    left_out: set[str] = set()
    for one in mail.recipients:
        try:
            usable.append(envelope_address(one))
        except AddressUnusableError:
            left_out.add(one.email)
    if not usable:
        raise _unusable(mail.recipients[0])
    return tuple(dict.fromkeys(usable)), frozenset(left_out)


def own_mark(mail: OutgoingMail) -> str:
    """Give the value of our own header: a report is known by it, also when a server renames the mail."""
    return dispatch_of(mail.message_id)


def envelope_address(address: Address) -> str:
    """Give the bare address for the envelope, with an international domain in its ASCII form.

    Raises:
        AddressUnusableError: It is not one clean address.
    """
    local, _, domain = address.email.rpartition("@")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _unusable(address) from error
    email = f"{local}@{ascii_domain}"
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_ADDRESS:
        raise _unusable(address)
    return email


def bracketed_id(mail: OutgoingMail) -> str:
    """Give the Message-ID as it stands in a header.

    Raises:
        AddressUnusableError: It is not a clean one.
    """
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise AddressUnusableError(
            "unusable Message-ID", wat="Het kenmerk van een bericht is niet bruikbaar."
        )
    return f"<{mail.message_id}>"


def subject_line(mail: OutgoingMail) -> str:
    """Give the subject on one line, cut off when it is absurdly long."""
    return one_line(mail.subject)[:LONGEST_SUBJECT]


def _unusable(address: Address) -> AddressUnusableError:
    shown = one_line(address.email) or one_line(address.name)
    return AddressUnusableError(
        "unusable mail address", wat=f"Het e-mailadres {shown!r} kan niet worden gebruikt."
    )


def _head(mail: OutgoingMail) -> bytes:
    """Write the headers of the mail itself; those of its content follow them."""
    lines = (
        f"Message-ID: {bracketed_id(mail)}",
        f"Date: {format_datetime(mail.sent_at)}",
        _address_line("From", mail.sender),
        _address_line("To", mail.to) if mail.to else _NOBODY_SHOWN,
        _address_line("Reply-To", mail.reply_to),
        f"Subject: {_folded('Subject', subject_line(mail))}",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        f"{OWN_MARK}: {own_mark(mail)}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _address_line(header: str, address: Address) -> str:
    email = envelope_address(address)
    name = shown_name(address)
    if not name:
        return f"{header}: {email}"
    if _needs_encoding(name):
        return f"{header}: {_folded(header, name)}\r\n <{email}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{header}: "{quoted}"\r\n <{email}>'


def shown_name(address: Address) -> str:
    """Give the name beside an address on one line, cut off when it is absurdly long; may be empty."""
    return one_line(address.name)[:_LONGEST_NAME].strip()


def _folded(header: str, text: str) -> str:
    """Write a text as the value of a header, encoded when it must be (RFC 2047).

    Not through ``EmailMessage``: that loses spaces where it breaks an encoded text.
    """
    charset = "utf-8" if _needs_encoding(text) else "us-ascii"
    return Header(text, charset, header_name=header).encode(linesep="\r\n")


def _needs_encoding(text: str) -> bool:
    """Tell whether a text is not plain ASCII, or could be mistaken for an encoded one."""
    return not text.isascii() or "=?" in text


def _body(text: str) -> str:
    """Make a text encodable, with one kind of line end."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return clean.encode("utf-8", "replace").decode("utf-8")


def _attach(message: EmailMessage, mail: OutgoingMail) -> bytes:
    """Add the attachment, for now with a mark where its bytes come, and give those: encoded, in lines.

    A bundle takes the standard library half a second, line by line; all at once a tenth of that.
    """
    if not mail.attachment_path:
        return b""
    path = Path(mail.attachment_path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TransportError(f"attachment of {mail.message_id} cannot be read: {error.strerror}") from error
    name = file_name(mail.attachment_name)
    maintype, subtype = attachment_type(name)
    message.add_attachment(b"", maintype=maintype, subtype=subtype, filename=name)
    *_, part = message.iter_attachments()
    part.set_payload(_HERE.decode("ascii"))
    encoded = b2a_base64(content, newline=False)
    lines = range(0, len(encoded), _LINE)
    return b"".join(encoded[start : start + _LINE] + b"\r\n" for start in lines)


def attachment_type(name: str) -> tuple[str, str]:
    """Give the content type of an attachment, by its name, in two parts."""
    return _ATTACHMENT_TYPES.get(Path(name).suffix.lower(), ("application", "octet-stream"))


def file_name(name: str) -> str:
    """Make a name a file name on every system, its ending kept when it is cut off."""
    clean = re.sub(r'[\\/:*?"<>|]', "_", one_line(name)) or "bijlage"
    ending = Path(clean).suffix[:_LONGEST_ENDING]
    return clean if len(clean) <= _LONGEST_NAME else clean[: _LONGEST_NAME - len(ending)] + ending


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Give each multipart a boundary that follows from the Message-ID.

    ``=_`` can stand in neither base64 nor quoted-printable, so no content can hold it.
    """
    for index, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{sha256(f'{message_id} {index}'.encode()).hexdigest()[:32]}")
