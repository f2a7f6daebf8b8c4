"""Open what came in: a mail is taken apart, any other file is its own only part."""

import hashlib
import mimetypes

from pipeline.edges.mail import mime
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.ports import Opened, PartContent
from pipeline.values import Disposition, Part


def open_up(content: bytes, name: str) -> Opened:
    """Take a mail apart, or make the one part of a file; what it is, its bytes tell."""
    if sniff(content, name) is FileType.EML:
        mail = mime.parse(content)
        return Opened(message=mail.message, parts=mail.parts)
    part = Part(
        number="0",
        name=name,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        disposition=Disposition.FILE,
        content_id="",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
    )
    return Opened(message=None, parts=(PartContent(part=part, content=content),))
