"""Turn the bytes of a text into characters when nobody says which set they are in; and tame those.

Tried in order: a byte order mark, UTF-16 without one, UTF-8, the set that the sender names, and last
Windows-1252, the one of old Dutch Windows programs. Touches nothing.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_SAMPLE_BYTES = 2_000
_MOSTLY = 0.4


def _guess_utf16(data: bytes) -> str:
    """Recognise UTF-16 of western text: every second byte is zero."""
    sample = data[:_SAMPLE_BYTES]
    half = len(sample) / 2
    if half and sample[1::2].count(0) > half * _MOSTLY * 2 and not sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * _MOSTLY * 2 and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def charset_of(data: bytes, declared: str = "") -> str:
    """Name the set a text is in.

    Args:
        data: The text, whole.
        declared: What the sender says, if anything; believed only after UTF-8 has failed.

    Returns:
        The name of a codec that Python knows.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if guessed := _guess_utf16(data):
        return guessed
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _known(declared) or "cp1252"
    return "utf-8"


def _known(declared: str) -> str:
    """Give the declared set when it is a text codec that exists; western sets are read as Windows'."""
    try:
        name = codecs.lookup(declared.strip()).name
        "".encode(name)
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if name in ("utf-8", "ascii", "iso8859-1") else name


def decode(data: bytes, declared: str = "") -> str:
    r"""Decode a text with ``\n`` line ends; a byte that means nothing becomes a replacement mark."""
    text = data.decode(charset_of(data, declared), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(value: object) -> str:
    """Make any value one line of printable text that can be encoded."""
    flat = _UNPRINTABLE.sub(" ", str(value)).encode("utf-8", "replace").decode("utf-8")
    return " ".join(flat.split())
