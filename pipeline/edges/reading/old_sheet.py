"""Read the values in an old workbook (.xls), sheet by sheet, as lines with tabs.

Formulas are read as the values they last had; hidden sheets are left out, as they are in print.
Touches nothing.
"""

import io
from collections.abc import Iterator
from typing import Any

import olefile

from pipeline.edges.reading.problems import LockedError
from pipeline.edges.reading.sheet import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, limited, shown

_ENCRYPTED = "encrypted"
_ERROR_MARK = "#"


def _value(cell: Any, book: Any) -> str:
    import xlrd  # noqa: PLC0415 - old workbooks are rare

    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return _ERROR_MARK
    return shown(cell.value)


def _lines(book: Any) -> Iterator[str]:
    """Give the name of each visible sheet that holds something, and its lines."""
    rows_left = MAX_ROWS
    for number in range(min(book.nsheets, MAX_SHEETS)):
        sheet = book.sheet_by_index(number)
        if sheet.visibility or rows_left <= 0:
            continue
        count = min(sheet.nrows, rows_left)
        rows = ["\t".join(_value(c, book) for c in sheet.row(n)[:MAX_COLUMNS]).rstrip() for n in range(count)]
        rows_left -= count
        if any(rows):
            yield from (sheet.name, *filter(None, rows), "")


def _records(content: bytes) -> bytes:
    """Take the workbook out of its container with olefile: xlrd follows chains that run in circles."""
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        return bytes(ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read())


def read_old_sheets(content: bytes) -> tuple[str, str]:
    """Read an old workbook.

    Args:
        content: The whole .xls.

    Returns:
        Text, and no title: that stands elsewhere in the file.

    Raises:
        LockedError: It is behind a password.
        Whatever olefile and xlrd raise on a file that is not in order; the caller (``text.read``) turns that
        into a problem.
    """
    import xlrd  # noqa: PLC0415 - old workbooks are rare

    try:
        # It likes to tell of oddities on standard output.
        book = xlrd.open_workbook(
            file_contents=_records(content), logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if _ENCRYPTED in str(error):
            raise LockedError from error
        raise ValueError("not a usable workbook") from error
    try:
        return limited(_lines(book)), ""
    except xlrd.XLRDError as error:
        raise ValueError("not a usable sheet") from error
