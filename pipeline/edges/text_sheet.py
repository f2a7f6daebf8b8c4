"""Read the values in a workbook, sheet by sheet, as lines with tabs.

Formulas are read as the values they last had; hidden sheets are left out, as they are in print. The
container must have been judged by ``zipped`` first. Touches nothing.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.workbook.workbook import Workbook

from pipeline.edges.titles import sensible_title

MAX_SHEETS = 50
MAX_ROWS = 20_000
"""Rows read per workbook, over all sheets."""
MAX_COLUMNS = 200
MAX_CHARACTERS = 5_000_000

_ONE_DECIMAL = 10


def _shown(value: object) -> str:
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


def _lines(book: Workbook) -> Iterator[str]:
    rows_left = MAX_ROWS
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        yield sheet.title
        sheet.reset_dimensions()  # what a sheet claims of itself may be wrong
        for row in sheet.iter_rows(max_row=max(rows_left, 1), max_col=MAX_COLUMNS, values_only=True):
            rows_left -= 1
            line = "\t".join(_shown(value) for value in row).rstrip()
            if line.strip():
                yield line
        yield ""
        if rows_left <= 0:
            return


def _limited(lines: Iterator[str]) -> str:
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
            return _limited(_lines(book)), sensible_title(book.properties.title or "")
        finally:
            book.close()
