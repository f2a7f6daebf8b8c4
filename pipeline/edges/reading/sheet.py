"""Read the values in a workbook, sheet by sheet, as lines with tabs.

Formulas are read as the values they last had; hidden sheets are left out, as they are in print. The
container must have been judged by ``zipped`` first. Touches nothing.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from pipeline.edges.reading.titles import sensible_title

MAX_SHEETS = 50
MAX_ROWS = 20_000
"""Rows read per workbook, over all sheets."""
MAX_COLUMNS = 200
MAX_CHARACTERS = 5_000_000

_ONE_DECIMAL = 10

BROKEN_WORKBOOK = (
    ArithmeticError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises on a file that is not in order; it promises nothing narrower (a ``SyntaxError``
is the standard library's word for XML that is not well-formed)."""


def shown(value: object) -> str:
    """Write a value about as Excel shows it to a Dutch reader."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return f"{round(value, _ONE_DECIMAL):.10f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, datetime):
        has_time = value.time() != time()
        return f"{value:%d-%m-%Y %H:%M}" if has_time else f"{value:%d-%m-%Y}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value)


def _rows(sheet: Any, limit: int) -> Iterator[str]:
    """Give a line per row, empty ones too, so that they count."""
    sheet.reset_dimensions()  # what a sheet claims of itself may be wrong
    for row in sheet.iter_rows(max_row=limit, max_col=MAX_COLUMNS, values_only=True):
        yield "\t".join(shown(value) for value in row).rstrip()


def _lines(book: Workbook) -> Iterator[str]:
    """Give the name of each visible sheet that holds something, and its lines."""
    rows_left = MAX_ROWS
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible" or rows_left <= 0:
            continue
        rows = list(_rows(sheet, rows_left))
        rows_left -= len(rows)
        if any(rows):
            yield from (sheet.title, *filter(None, rows), "")


def limited(lines: Iterator[str]) -> str:
    """Join lines as far as ``MAX_CHARACTERS`` goes."""
    kept, length = [], 0
    for line in lines:
        length += len(line) + 1
        if length > MAX_CHARACTERS:
            break
        kept.append(line)
    return "\n".join(kept)


def read_sheets(content: bytes) -> tuple[str, str]:
    """Read a workbook.

    Args:
        content: The whole .xlsx.

    Returns:
        Text and title; the title may be empty.

    Raises:
        Whatever openpyxl and zipfile raise on a file that is not in order; the caller
        (``text.read``) turns that into a problem.
    """
    with warnings.catch_warnings():
        # openpyxl warns of every extension it leaves out; none of them holds values.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            return limited(_lines(book)), sensible_title(book.properties.title or "")
        finally:
            book.close()
