"""Write a mail that a person has yet to send, as a file that opens in Outlook as an unsent message.

``X-Unsent: 1`` is what Outlook looks for. There is no sender, date or Message-ID: the program that
sends it fills those in. The same draft always gives the same bytes. Touches nothing.
"""

from email.message import EmailMessage
from email.policy import SMTP

from pipeline.edges.mail.compose import LONGEST_SUBJECT, envelope_address
from pipeline.edges.reading.charset import one_line
from pipeline.values import Address

_BOUNDARY = "=_stukkenstroom-concept"


def draft(to: Address, subject: str, text: str, html: str) -> bytes:
    """Write a draft.

    Args:
        to: Who it is meant for.
        subject: Made one line.
        text: Plain text body.
        html: The same as HTML.

    Raises:
        AddressUnusableError: The address is not one clean address.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"] = envelope_address(to)
    message["Subject"] = one_line(subject)[:LONGEST_SUBJECT]
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(_BOUNDARY)
    return message.as_bytes()
