"""Files that a mail only refers to: attachments that lie in OneDrive or SharePoint.

The mail itself has no bytes for them. Each becomes a mail of its own, with the head of the mail that
named it, so that its sender, the proof of that and its day are those of the mail; the mail stays as it
came. What may be fetched lies in it as an attachment; of the rest a shortcut with the link, which a
person opens with her own rights. Limit: Graph v1.0 does not tell the link, so that is asked of its
beta; when that fails too, the text says so, and the link stands in the mail itself.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Any

from pipeline.edges.microsoft.graph import SERVICE, Graph, GraphError

_REFERENCE = "#microsoft.graph.referenceAttachment"
_LONGEST_HEAD = 1 << 18
_LONGEST_NAME = 100
_OF_THE_CONTENT = re.compile(rb"(?i)(content-[a-z-]+|mime-version)[ \t]*:")
_BETA = SERVICE.replace("/v1.0", "/beta")


def linked_files(graph: Graph, message: str, mail: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a key and a mail for every file that a mail only refers to.

    Args:
        graph: Asks Microsoft Graph.
        message: Id of the mail.
        mail: Its bytes, or at least its head.

    Raises:
        GraphError: The mailbox cannot be asked; a file that cannot be fetched is no error.
    """
    url = graph.mailbox_url(f"/messages/{message}/attachments")
    for row in graph.ask("get", url, params={"$select": "id,name"}).json().get("value", ()):
        if row.get("@odata.type") == _REFERENCE:
            yield f"{message}#{row['id']}", _as_mail(graph, message, row, mail)


def too_large(head: bytes, key: str) -> bytes:
    """Make the mail that stands in for one that is too large to be fetched."""
    return _stand_in(
        head, key, _TOO_LARGE, "Te groot bericht.url", shortcut("https://outlook.office.com/mail/")
    )


def share_id(link: str) -> str:
    """Write a link as Graph names what is shared by it."""
    return "u!" + base64.urlsafe_b64encode(link.encode()).rstrip(b"=").decode()


def _as_mail(graph: Graph, message: str, row: Mapping[str, Any], mail: bytes) -> bytes:
    name = re.sub(r'[\x00-\x1f\\/:*?"<>|]', "_", str(row.get("name") or "bijlage"))[:_LONGEST_NAME]
    link = _link_of(graph, message, str(row["id"]))
    content = _fetched(graph, link) if link else None
    key = f"{message}#{row['id']}"
    if content is not None:
        return _stand_in(mail, key, _FETCHED, name, content)
    if link:
        return _stand_in(mail, key, f"{_NOT_FETCHED}\n{link}\n", f"{name}.url", shortcut(link))
    return _stand_in(mail, key, _NO_LINK, f"{name}.url", shortcut("https://outlook.office.com/mail/"))


def _link_of(graph: Graph, message: str, attachment: str) -> str:
    """Ask where a file lies; empty when that is not told, or is no address of the web."""
    url = graph.mailbox_url(f"/messages/{message}/attachments/{attachment}").replace(SERVICE, _BETA, 1)
    try:
        link = str(graph.ask("get", url).json().get("sourceUrl") or "")
    except GraphError as fault:
        if fault.retry_after is not None:
            raise
        return ""
    except ValueError:
        return ""
    return link if re.fullmatch(r"https://[^\s\"<>]+", link) else ""


def _fetched(graph: Graph, link: str) -> bytes | None:
    """Fetch a shared file with our own rights; None when we may not, or it is too large."""
    try:
        fetched = graph.fetch(f"{SERVICE}/shares/{share_id(link)}/driveItem/content")
    except GraphError as fault:
        if fault.retry_after is not None:
            raise
        return None  # a place that is never reached must not stop the post
    return fetched.content if fetched and fetched.whole else None


def _stand_in(mail: bytes, key: str, text: str, name: str, content: bytes) -> bytes:
    """Make a mail with the head of another; the same one every time."""
    made = EmailMessage(policy=SMTP)
    made.set_content(text)
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    made.set_boundary(f"=_{sha256(key.encode()).hexdigest()[:32]}")
    return _head(mail) + made.as_bytes()


def _head(mail: bytes) -> bytes:
    """Give the header lines of a mail, but for those about its content."""
    lines = re.split(rb"\r?\n\r?\n", mail[:_LONGEST_HEAD], maxsplit=1)[0]
    fields = re.findall(rb"[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*", lines)
    return b"".join(one + b"\r\n" for one in fields if not _OF_THE_CONTENT.match(one))


def shortcut(link: str) -> bytes:
    """Write a shortcut to an address of the web, that Windows opens in the browser."""
    return f"[InternetShortcut]\r\nURL={link}\r\n".encode()


_FETCHED = "Deze bijlage was in de mail een koppeling. De dienst heeft het bestand opgehaald.\n"
_NOT_FETCHED = (
    "Deze bijlage is in de mail een koppeling, en de dienst mag het bestand niet ophalen. Open de koppeling, "
    "sla het bestand op en zet het in Inkomend:"
)
_NO_LINK = (
    "Deze bijlage is in de mail een koppeling. Open de mail in Outlook, sla het bestand op en zet het in "
    "Inkomend.\n"
)
_TOO_LARGE = "Dit bericht is te groot om op te halen. Open het in Outlook en zet de bijlagen in Inkomend.\n"
