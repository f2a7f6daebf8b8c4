"""Find the Message-ID in the head of a mail without parsing the mail; touches nothing.

For lists of a whole mailbox: one pattern on bytes, so that no foreign mail is parsed for it.
"""

import re

from pipeline.edges.reading.charset import one_line

_HEADER = re.compile(rb"(?im)^message-id[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)")
_BRACKETED = re.compile(r"<([^<>\s]+)>")


def message_id_in(head: bytes) -> str:
    """Give the Message-ID without brackets, as reading the whole mail gives it; empty when there is none.

    Args:
        head: Header lines, at most up to the first empty line.
    """
    written = _HEADER.search(head)
    if written is None:
        return ""
    text = one_line(_text(written[1]))
    found = _BRACKETED.search(text)
    return found[1] if found else text.strip("<> ")


def head_of(content: bytes) -> bytes:
    """Give the header lines at the beginning of a mail, or of its first bytes."""
    return re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]


def _text(raw: bytes) -> str:
    """Decode as headers are: UTF-8, else Windows-1252."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
