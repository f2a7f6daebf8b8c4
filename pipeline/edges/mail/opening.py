"""Open what came in: a mail is taken apart, and so is a file that holds others.

A message file of Outlook goes through the same code as any other mail. Any other file is its own
only part. What something is, its bytes tell. Never raises on content.
"""

import mimetypes

from pipeline.edges.mail import mime
from pipeline.edges.mail.allowance import Allowance
from pipeline.edges.mail.inside import look_inside
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.ports import Opened


def open_up(content: bytes, name: str) -> Opened:
    """Take a mail or a container apart, or make the one part of a file."""
    kind = sniff(content, name)
    if kind in (FileType.EML, FileType.MSG):
        mail = _as_mail(content, name, kind)
        if mail:
            parsed = mime.parse(mail)
            return Opened(message=parsed.message, parts=parsed.parts)
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Opened(message=None, parts=mime.parts_of_file(content, name, content_type))


def _as_mail(content: bytes, name: str, kind: FileType) -> bytes:
    """Give a mail as MIME; empty when it cannot be read as one."""
    if kind is FileType.EML:
        return content
    return look_inside(content, "application/vnd.ms-outlook", name, allowance=Allowance(), boxes=0).mail
