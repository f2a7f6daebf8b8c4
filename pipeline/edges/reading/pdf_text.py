"""Read the text of a PDF, page by page, and tell which pages are only pictures.

A password is tried only when there is one to try: the blank one first, which PDFium does by itself,
then those of the council. Never raises over what is in a document. Touches nothing.
"""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

import pypdfium2

from pipeline.edges.reading.problems import DAMAGED, LOCKED, NO_PAGES, SCAN, unreadable
from pipeline.edges.reading.tidying import tidy
from pipeline.edges.reading.titles import sensible_title
from pipeline.values import Reading

MAX_PAGES = 2_000
"""Pages whose text is read; a longer PDF is read as far as that."""
MAX_SECONDS = 60.0
"""Time for one PDF, looked at between pages."""
FEWEST_LETTERS = 5
"""With fewer, beside a picture of the whole page, a page is a scan with a stray mark or a number on it."""

_WHOLE_PAGE = 0.6
"""Part of the page that a picture must cover: scans leave margins, logos and photos are smaller."""
_OBJECTS_LOOKED_AT = 200
_FORM_DEPTH = 2
_PASSWORD = "password"  # noqa: S105 - a word in an error message
_BETWEEN_PAGES = "\n\n"
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\n?")

PDFIUM = threading.Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What one page holds: its text, and whether it is a picture that only OCR can read."""

    text: str
    is_picture: bool


def _has_letters(text: str, fewest: int = 1) -> bool:
    """Tell whether there are so many letters and digits; what comes after those is not looked at."""
    return sum(1 for _ in islice(_LETTER.finditer(text), fewest)) == fewest


_LETTER = re.compile(r"[^\W_]")


def _covers(picture: pypdfium2.PdfObject, page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    left, bottom, right, top = picture.get_bounds()
    return bool((right - left) * (top - bottom) >= _WHOLE_PAGE * width * height > 0)


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    for seen, one in enumerate(page.get_objects(filter=kinds, max_depth=_FORM_DEPTH)):
        if seen >= _OBJECTS_LOOKED_AT:
            return
        yield one


def _is_picture(page: pypdfium2.PdfPage, text: str) -> bool:
    """Tell whether a page has to be read from its picture; a blank page has nothing to read."""
    if _has_letters(text, FEWEST_LETTERS):
        return False
    if _has_letters(text):
        return any(_covers(one, page) for one in _pictures(page))
    return bool(pypdfium2.raw.FPDFPage_CountObjects(page) > 0)


def _page(pdf: pypdfium2.PdfDocument, index: int, *, form: bool) -> _Page:
    page = pdf[index]
    if form:
        # What was filled in becomes part of the page, which must be opened anew to see it.
        page.flatten()
        page.close()
        page = pdf[index]
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    picture = _is_picture(page, text)
    page.close()
    return _Page(text="" if picture else text, is_picture=picture)


def _pages(pdf: pypdfium2.PdfDocument) -> Iterator[_Page]:
    started = time.monotonic()
    form = pdf.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM
    if form:
        pdf.init_forms()
    for index in range(min(len(pdf), MAX_PAGES)):
        if time.monotonic() - started > MAX_SECONDS:
            return
        try:
            yield _page(pdf, index, form=form)
        except pypdfium2.PdfiumError:
            # One page that cannot be opened does not make the others unreadable.
            yield _Page(text="", is_picture=False)


def _reading(pdf: pypdfium2.PdfDocument) -> Reading:
    count = len(pdf)
    if count == 0:
        return unreadable(NO_PAGES)
    pages = tuple(_pages(pdf))
    texts = [tidy(_LINE_END_HYPHEN.sub("", page.text.replace("\r\n", "\n"))) for page in pages]
    text = _BETWEEN_PAGES.join(texts)
    problem = "" if _has_letters(text) else SCAN
    return Reading(
        text="" if problem else text,
        pages=count,
        problem=problem,
        title=sensible_title(pdf.get_metadata_value("Title")),
        scanned=tuple(number for number, page in enumerate(pages, start=1) if page.is_picture),
        page_starts=tuple(accumulate((len(one) + len(_BETWEEN_PAGES) for one in texts[:-1]), initial=0)),
    )


def open_pdf(content: bytes, passwords: tuple[str, ...]) -> tuple[pypdfium2.PdfDocument | None, str]:
    """Open a document, with the first password that fits.

    Returns:
        The document and the password it took; or None and the problem.
    """
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(content, password=password), password or ""
        except pypdfium2.PdfiumError as error:
            if _PASSWORD not in str(error).lower():
                return None, DAMAGED
    return None, LOCKED


def read_pdf(content: bytes, passwords: tuple[str, ...]) -> tuple[Reading, str]:
    """Read a PDF.

    Args:
        content: The whole document.
        passwords: Tried in this order when the document asks for one.

    Returns:
        The reading, without signatures; and the password that was needed, empty when none was.
    """
    with PDFIUM:
        pdf, told = open_pdf(content, passwords)
        if pdf is None:
            return unreadable(told), ""
        try:
            return _reading(pdf), told
        finally:
            pdf.close()
