"""Give the text of a mail that Outlook kept as compressed RTF only.

May touch nothing but the bytes it is given. Of RTF made from HTML the text comes out, not the layout.
"""

import re
from collections.abc import Callable
from typing import Any

import compressed_rtf
from striprtf.striprtf import rtf_to_text

MAX_COMPRESSED_BYTES = 4 * 1024**2
"""Unpacking is slow (a second for each MB or so); a longer text nobody wrote in a mail."""

_plain: Callable[..., Any] = rtf_to_text
_FROM_HTML = re.compile(r"\\fromhtml1?\b")
_HTMLRTF = re.compile(r"\\htmlrtf([01]?)(?![0-9a-z]) ?")
_LINE_BREAK = re.compile(r"(?i)\{\\\*\\htmltag\d* ?(?:<br|</p|</div|</li|</tr)[^}]{0,200}\}")


def text_of(compressed: bytes) -> str:
    """Unpack a body and take its text out; empty when it is too long.

    Raises:
        ValueError: And other errors of the libraries, when it is damaged.
    """
    if len(compressed) > MAX_COMPRESSED_BYTES:
        return ""
    rtf = compressed_rtf.decompress(compressed).decode("latin-1")
    if _FROM_HTML.search(rtf[:1_000]):
        rtf = _LINE_BREAK.sub(r"\\par ", _without_rtf_only(rtf))
    return str(_plain(rtf, errors="replace")).replace("\x00", "").strip()


def _without_rtf_only(rtf: str) -> str:
    r"""Leave out what stands between ``\htmlrtf`` and ``\htmlrtf0``: it is not in the HTML."""
    pieces = _HTMLRTF.split(rtf)
    kept = [
        pieces[0],
        *(text for switch, text in zip(pieces[1::2], pieces[2::2], strict=True) if switch == "0"),
    ]
    return "".join(kept)
