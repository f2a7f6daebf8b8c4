"""Read documents to plain text: PDF, Word, Excel, web pages and text files.

Never raises over what is in a document: a problem is a Dutch sentence in the reading. Everything is
judged by size before a parser sees it. May touch nothing but the bytes it is given.
"""

import io
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate

import pypdfium2
from docx.opc.exceptions import OpcError
from PIL import Image

from pipeline.edges.reading import webpage
from pipeline.edges.reading.charset import decode
from pipeline.edges.reading.filetype import FileType, sniff
from pipeline.edges.reading.sheet import BROKEN_WORKBOOK, read_sheets
from pipeline.edges.reading.titles import sensible_title
from pipeline.edges.reading.word import read_word
from pipeline.edges.reading.zipped import container_fault
from pipeline.values import Reading

MAX_BYTES = 200 * 1024**2
MAX_PLAIN_BYTES = 20 * 1024**2
MAX_PAGES = 2_000
"""Pages whose text is read; a longer PDF is read as far as that."""
MAX_CHARACTERS = 10_000_000
MAX_SECONDS = 60.0
"""Time for one PDF, looked at between pages."""

TOO_BIG = "Het bestand is te groot om te lezen."
EMPTY = "Het bestand is leeg."
LOCKED = "Het bestand is met een wachtwoord beveiligd."
DAMAGED = "Het bestand is beschadigd of niet volledig."
NO_PAGES = "Het bestand bevat geen enkele pagina."
SCAN = "Het bestand bevat geen leesbare tekst (een scan zonder tekstlaag)."
NO_TEXT = "Het bestand bevat geen tekst."

_BROKEN = (
    *BROKEN_WORKBOOK,
    OpcError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    Image.DecompressionBombError,
)
"""What the parsers raise on files that are not in order."""

_PASSWORD = "password"  # noqa: S105 - a word in an error message
_PDFIUM = threading.Lock()
"""PDFium may be used by one thread at a time."""

_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\n?")
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\xa0": " ",
        "\xad": "",
    }
)
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")


def _tidy(text: str) -> str:
    r"""Bring text to one form: NFC, ``\n`` line ends, no odd marks, at most one empty line in a row."""
    even = unicodedata.normalize("NFC", text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n"))
    clean = _ODD.sub("", even.translate(_LIGATURES))
    lines = "\n".join(line.rstrip() for line in clean.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _page_text(pdf: pypdfium2.PdfDocument, index: int, *, form: bool) -> str:
    page = pdf[index]
    if form:
        # What was filled in becomes part of the page, which must be opened anew to see it.
        page.flatten()
        page.close()
        page = pdf[index]
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    page.close()
    return text


def _page_texts(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    started = time.monotonic()
    form = pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM
    if form:
        pdf.init_forms()
    for index in range(min(len(pdf), MAX_PAGES)):
        if time.monotonic() - started > MAX_SECONDS:
            return
        try:
            yield _page_text(pdf, index, form=form)
        except pypdfium2.PdfiumError:
            # One page that cannot be opened does not make the others unreadable.
            yield ""


def _pdf_reading(pdf: pypdfium2.PdfDocument) -> Reading:
    pages = len(pdf)
    if pages == 0:
        return Reading(text="", problem=NO_PAGES)
    texts, scanned = [], []
    for number, page in enumerate(_page_texts(pdf), start=1):
        texts.append(_tidy(_LINE_END_HYPHEN.sub("", page)))
        if not texts[-1]:
            scanned.append(number)
    text = "\n\n".join(texts)
    starts = tuple(accumulate((len(one) + 2 for one in texts[:-1]), initial=0))
    title = sensible_title(pdf.get_metadata_value("Title"))
    problem = "" if any(mark.isalnum() for mark in text) else SCAN
    return Reading(
        text="" if problem else text,
        pages=pages,
        problem=problem,
        title=title,
        scanned=tuple(scanned),
        page_starts=starts,
    )


def _pdf(content: bytes) -> Reading:
    with _PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            return Reading(text="", problem=LOCKED if _PASSWORD in str(error).lower() else DAMAGED)
        try:
            return _pdf_reading(pdf)
        finally:
            pdf.close()


def _checked(text: str, title: str) -> Reading:
    tidy = _tidy(text)
    return Reading(text=tidy, title=title, problem="" if tidy else NO_TEXT)


def _word(content: bytes) -> Reading:
    if fault := container_fault(io.BytesIO(content)):
        return Reading(text="", problem=fault)
    read_text = read_word(content)
    return _checked(read_text.text, read_text.title)


def _sheets(content: bytes) -> Reading:
    if fault := container_fault(io.BytesIO(content)):
        return Reading(text="", problem=fault)
    return _checked(*read_sheets(content))


def _plain(content: bytes) -> Reading:
    return _checked(decode(content[:MAX_PLAIN_BYTES]), "")


def _page(content: bytes) -> Reading:
    page = decode(content[:MAX_PLAIN_BYTES], webpage.declared_charset(content))
    return _checked(webpage.visible_text(page), sensible_title(webpage.title_of(page)))


def _picture(content: bytes) -> Reading:
    """Count the pages of a picture; their text is for OCR."""
    import pi_heif  # noqa: PLC0415 - photos of one make of telephone

    pi_heif.register_heif_opener()
    with Image.open(io.BytesIO(content)) as picture:
        pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    return Reading(text="", pages=pages, problem=SCAN, scanned=tuple(range(1, pages + 1)))


_READERS: dict[FileType, Callable[[bytes], Reading]] = {
    FileType.PDF: _pdf,
    FileType.DOCX: _word,
    FileType.XLSX: _sheets,
    FileType.TXT: _plain,
    FileType.HTML: _page,
    FileType.JPEG: _picture,
    FileType.PNG: _picture,
    FileType.TIFF: _picture,
    FileType.HEIC: _picture,
}

_PROBLEMS = {
    FileType.EMPTY: EMPTY,
    FileType.LOCKED: LOCKED,
    FileType.EXE: "Het bestand is een programma; het wordt bewaard, maar niet geopend.",
}


def read(content: bytes, name: str, content_type: str = "") -> Reading:
    """Read a document as far as it can be read.

    Args:
        content: The whole document.
        name: Name as given by the sender; may be empty.
        content_type: As declared by the sender; only tells a piece of HTML from plain text.

    Returns:
        Text, number of pages (PDF only, else 0), title, and a problem when there is no text. Kinds
        that are kept but not read (old Word, pictures, presentations) have a problem that says so.
    """
    kind = sniff(content, name)
    if kind is FileType.TXT and content_type == "text/html":
        kind = FileType.HTML
    reader = _READERS.get(kind)
    if reader is None:
        return Reading(text="", problem=_PROBLEMS.get(kind) or _not_read(kind))
    if len(content) > MAX_BYTES:
        return Reading(text="", problem=TOO_BIG)
    try:
        return reader(content)
    except _BROKEN:
        return Reading(text="", problem=DAMAGED)


def _not_read(kind: FileType) -> str:
    return f"Dit is {kind.label}; het wordt bewaard, maar de tekst wordt niet gelezen."
