"""Read documents to plain text, whatever they are: this module knows all readers and chooses.

Never raises over what is in a document: a problem is a Dutch sentence in the reading. Everything is
judged by size before a parser sees it. May touch nothing but the bytes it is given.
"""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from docx.opc.exceptions import OpcError

from pipeline.edges.reading import webpage
from pipeline.edges.reading.calendar_text import read_calendar
from pipeline.edges.reading.charset import decode
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.edges.reading.locked_office import unlocked
from pipeline.edges.reading.old_sheet import read_old_sheets
from pipeline.edges.reading.old_slides import read_old_slides
from pipeline.edges.reading.old_word import read_old_word
from pipeline.edges.reading.opendocument import read_opendocument
from pipeline.edges.reading.pdf_text import read_pdf
from pipeline.edges.reading.picture import FORMATS, read_picture
from pipeline.edges.reading.problems import (
    DAMAGED,
    EMPTY,
    LOCKED,
    NO_TEXT,
    PROGRAM,
    TOO_BIG,
    TOO_OLD,
    LockedError,
    TooOldError,
    unreadable,
)
from pipeline.edges.reading.rich_text import read_rich_text
from pipeline.edges.reading.sheet import BROKEN_WORKBOOK, read_sheets
from pipeline.edges.reading.signatures import signatures_of
from pipeline.edges.reading.slides import read_slides
from pipeline.edges.reading.tidying import tidy
from pipeline.edges.reading.titles import sensible_title
from pipeline.edges.reading.word import read_word
from pipeline.edges.reading.zipped import container_fault
from pipeline.values import Reading

MAX_BYTES = 200 * 1024**2
MAX_PLAIN_BYTES = 20 * 1024**2

_BROKEN = (*BROKEN_WORKBOOK, OpcError, AssertionError, NotImplementedError, struct.error)
"""What the parsers raise on files that are not in order."""

_Texts = Callable[[bytes], tuple[str, str]]
"""Gives text and title of a document; the title may be empty."""


def _plain(content: bytes) -> tuple[str, str]:
    return decode(content[:MAX_PLAIN_BYTES]), ""


def _page(content: bytes) -> tuple[str, str]:
    page = decode(content[:MAX_PLAIN_BYTES], webpage.declared_charset(content))
    return webpage.visible_text(page), sensible_title(webpage.title_of(page))


def _word(content: bytes) -> tuple[str, str]:
    found = read_word(content)
    return found.text, found.title


_ZIPPED: dict[FileType, _Texts] = {
    FileType.DOCX: _word,
    FileType.XLSX: read_sheets,
    FileType.PPTX: read_slides,
    FileType.ODT: read_opendocument,
    FileType.ODS: read_opendocument,
    FileType.ODP: read_opendocument,
}
"""Readers of what is a zip: its container is judged before they see it."""

_LOOSE: dict[FileType, _Texts] = {
    FileType.DOC: read_old_word,
    FileType.XLS: read_old_sheets,
    FileType.PPT: read_old_slides,
    FileType.RTF: read_rich_text,
    FileType.ICS: read_calendar,
    FileType.TXT: _plain,
    FileType.HTML: _page,
}

_PROBLEMS = {
    FileType.EMPTY: EMPTY,
    FileType.EXE: PROGRAM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads documents with the council's passwords at hand; may be handed to another process.

    Attributes:
        passwords: Tried in order on what is behind a password; never shown.
    """

    passwords: tuple[str, ...] = field(default=(), repr=False)

    def __call__(self, content: bytes, name: str, content_type: str = "") -> Reading:
        """Read a document as far as it can be read.

        Args:
            content: The whole document.
            name: Name as given by the sender; may be empty.
            content_type: As declared by the sender; only tells a piece of HTML from plain text.

        Returns:
            Text, number of pages (PDF and pictures only, else 0), title, and a problem when there is
            no text. Kinds that are kept but not read have a problem that says so.
        """
        kind = sniff(content, name)
        if kind is FileType.TXT and content_type == "text/html":
            kind = FileType.HTML
        if len(content) > MAX_BYTES:
            return unreadable(TOO_BIG)
        try:
            return self._read(content, kind)
        except LockedError:
            return unreadable(LOCKED)
        except TooOldError:
            return unreadable(TOO_OLD)
        except _BROKEN:
            return unreadable(DAMAGED)

    def _read(self, content: bytes, kind: FileType) -> Reading:
        if kind is FileType.PDF:
            reading, password = read_pdf(content, self.passwords)
            return replace(reading, signatures=signatures_of(content, password))
        if kind in FORMATS:
            return read_picture(content, kind)
        try:
            return _text_of(content, kind)
        except LockedError:
            opened = unlocked(content, self.passwords)
            return _text_of(opened, sniff(opened, ""))


def _text_of(content: bytes, kind: FileType) -> Reading:
    """Read what has no pages of its own."""
    if kind is FileType.LOCKED:
        raise LockedError
    if kind in _ZIPPED:
        fault = container_fault(io.BytesIO(content))
        return unreadable(fault) if fault else _checked(*_ZIPPED[kind](content))
    if kind in _LOOSE:
        return _checked(*_LOOSE[kind](content))
    return unreadable(_PROBLEMS.get(kind) or _not_read(kind))


def _checked(text: str, title: str) -> Reading:
    found = tidy(text)
    return Reading(text=found, title=title) if found else replace(unreadable(NO_TEXT), title=title)


def _not_read(kind: FileType) -> str:
    return f"Dit is {kind.label}; het wordt bewaard, maar de tekst wordt niet gelezen."


read = Reader()
"""Reads documents without any password."""
