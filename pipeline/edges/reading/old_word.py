r"""Read the text of an old Word document (.doc, Word 97 to 2003).

Only the main text is read, in its order, by way of the table of pieces; headers, footnotes and text
boxes are not, and a file saved by Word in haste ("fast save") is read as it was last saved. The
container is opened by olefile; what it says of places in the stream is never believed without
checking. Documents of Word 95 and older have another form and are not read.

Source:
    [MS-DOC] Word (.doc) Binary File Format, sections 2.5 (Fib), 2.8.35 (PlcPcd), 2.9.38 (Clx), 2.4.1.
"""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from pipeline.edges.reading.charset import decode
from pipeline.edges.reading.problems import LockedError, TooOldError
from pipeline.edges.reading.tidying import MAX_CHARACTERS
from pipeline.edges.reading.titles import sensible_title

_IDENT = 0xA5EC
_WORD_97 = 0xC1
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_FLAGS_AT, _LENGTH_AT, _CLX_AT = 0x0A, 0x4C, 0x01A2
_PRC, _PCDT = 1, 2
_PIECE_BYTES = 8
_COMPRESSED = 0x40000000
_PROPERTIES, _SECTION_AT, _TITLE = "\x05SummaryInformation", 44, 2
_MOST_PROPERTIES, _LONGEST_TITLE = 100, 500
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_MOST_FIELD_LAYERS = 10
_ROW_END = "\x07\x07"
"""The mark of the last cell and that of the row; an empty cell looks the same."""
_MARKS = str.maketrans(
    {"\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\r": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}
)


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    return bytes(ole.openstream(name).read())


def _pieces_table(clx: bytes) -> bytes:
    """Find the table of pieces behind the formatting that may stand before it."""
    at = 0
    while at + 5 <= len(clx) and clx[at] == _PRC:
        at += 3 + struct.unpack_from("<h", clx, at + 1)[0]
        if at <= 0:
            break
    if at < 0 or at + 5 > len(clx) or clx[at] != _PCDT:
        raise ValueError("no table of pieces")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _pieces(words: bytes, table: bytes, length: int) -> Iterator[str]:
    """Give the pieces of the main text in order; together never more than ``length`` characters."""
    count = (len(table) - 4) // (4 + _PIECE_BYTES)
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        first, last = bounds[number], min(bounds[number + 1], length)
        if first >= last:
            continue
        (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + number * _PIECE_BYTES + 2)
        if where & _COMPRESSED:
            start = (where & ~_COMPRESSED) // 2
            yield words[start : start + last - first].decode("cp1252", "replace")
        else:
            yield words[where : where + 2 * (last - first)].decode("utf-16-le", "replace")


def _without_fields(text: str) -> str:
    """Leave of a field what it shows, not its instruction; fields may stand in each other."""
    for _ in range(_MOST_FIELD_LAYERS):
        shown = _FIELD.sub(lambda found: found[1] or "", text)
        if shown == text:
            break
        text = shown
    return re.sub("[\x13-\x15]", "", text)


def _text(ole: olefile.OleFileIO) -> str:
    words = _stream(ole, "WordDocument")
    ident, version = struct.unpack_from("<HH", words)
    (flags,) = struct.unpack_from("<H", words, _FLAGS_AT)
    if ident != _IDENT or version < _WORD_97:
        raise TooOldError
    if flags & _ENCRYPTED:
        raise LockedError
    (length,) = struct.unpack_from("<I", words, _LENGTH_AT)
    start, size = struct.unpack_from("<II", words, _CLX_AT)
    clx = _stream(ole, "1Table" if flags & _TABLE_ONE else "0Table")[start : start + size]
    return "".join(_pieces(words, _pieces_table(clx), min(length, MAX_CHARACTERS)))


def read_old_word(content: bytes) -> tuple[str, str]:
    """Read an old Word document.

    Args:
        content: The whole .doc.

    Returns:
        Text and title; the title may be empty.

    Raises:
        LockedError: It is behind a password.
        TooOldError: It is of before Word 97.
        Whatever olefile and struct raise on a file that is not in order; the caller (``text.read``)
        turns that into a problem.
    """
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        shown = _without_fields(_text(ole))
        return shown.replace(_ROW_END, "\n").translate(_MARKS), title_in(ole)


def title_in(ole: olefile.OleFileIO) -> str:
    """Give the title in the properties of an old Office document; empty when it says nothing.

    Read here, since olefile reads all properties and believes every count in them.
    """
    if not ole.exists(_PROPERTIES):
        return ""
    data = _stream(ole, _PROPERTIES)
    (start,) = struct.unpack_from("<I", data, _SECTION_AT)
    (count,) = struct.unpack_from("<I", data, start + 4)
    for at in range(start + 8, start + 8 + 8 * min(count, _MOST_PROPERTIES), 8):
        number, place = struct.unpack_from("<II", data, at)
        if number == _TITLE:
            _, size = struct.unpack_from("<II", data, start + place)
            title = data[start + place + 8 :][: min(size, _LONGEST_TITLE)]
            return sensible_title(decode(title.rstrip(b"\0")))
    return ""
