"""Build a workbook of one sheet: outside text stays text, and the same content gives the same bytes.

No value is ever a formula, whatever it begins with. Dates are real dates. The sheet prints in
landscape, as wide as the page, with its header on every page. Touches nothing.
"""

import io
import re
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pipeline.edges.reading.charset import one_line

LONGEST_TEXT = 32_767
"""Characters a cell can hold, in UTF-16 units, as Excel counts."""
DATE_FORMAT = "dd-mm-yyyy"

_CUT = " …"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # openpyxl wants it without a zone; it tells nothing
_NOT_XML = re.compile("[\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "'")
_A4 = 9
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER_FILL = PatternFill("solid", fgColor="1F3864")
_HEADER_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
_LINE_POINTS, _HIGHEST_POINTS = 15, 405
_LETTERS_PER_WIDTH = 1.1
"""A column is as wide as so many digits; letters are a little narrower."""

Value = str | int | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column that is written: its name and its width in characters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preface:
    """A line above the table; ``height`` in points, 0 = as Excel likes."""

    text: str
    bold: bool = False
    height: int = 0


def safe_text(text: str) -> str:
    """Make text that a cell can hold and that Excel shows as it is; lines stay lines."""
    lines = [_NOT_XML.sub("", one_line(line)) for line in text.splitlines()]
    return fitting("\n".join(lines))


def fitting(text: str) -> str:
    """Spell what Excel would take for an escape, and cut what a cell cannot hold."""
    spelled = _LOOKS_ESCAPED.sub("_x005F_", text)
    if _units(spelled) <= LONGEST_TEXT:
        return spelled
    while (excess := _units(spelled) + len(_CUT) - LONGEST_TEXT) > 0:
        text = text[: -max(1, excess // 2)]
        spelled = _LOOKS_ESCAPED.sub("_x005F_", text)
    return spelled + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def put(cell: Cell, value: Value) -> None:
    """Put a value in a cell: a text as text and never as a formula, a date as a date."""
    if isinstance(value, str):
        put_text(cell, safe_text(value))
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT


def put_text(cell: Cell, text: str) -> None:
    """Put text that ``safe_text`` or ``fitting`` gave in a cell."""
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_ACTIVE):
        cell.quotePrefix = True


# --- a sheet ---------------------------------------------------------------------------


def new_sheet(title: str, headings: tuple[Heading, ...], preface: tuple[Preface, ...] = ()) -> Worksheet:
    """Start a workbook with one sheet: preface, header row, print set-up.

    Args:
        title: Ours, fit to be the name of a sheet.
        headings: The columns.
        preface: Lines above the header row.
    """
    book = Workbook()
    book.properties.creator = "Stukkenstroom"
    book.properties.title = title
    book.properties.created = book.properties.modified = _MADE
    sheet = book.worksheets[0]
    sheet.title = title
    for row, line in enumerate(preface, start=1):
        _put_preface(sheet, row, line, len(headings))
    header = len(preface) + 1
    for column, heading in enumerate(headings, start=1):
        _put_heading(_cell(sheet, header, column), heading)
        sheet.column_dimensions[get_column_letter(column)].width = heading.width
    fit_height(sheet, tuple(_cell(sheet, header, column) for column in range(1, len(headings) + 1)))
    sheet.freeze_panes = f"A{header + 1}"
    _set_up_print(sheet, header)
    return sheet


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Give a cell; never one that was swallowed by a merge, for only the first of those is used."""
    return cast("Cell", sheet.cell(row, column))


def _put_preface(sheet: Worksheet, row: int, line: Preface, columns: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell = _cell(sheet, row, 1)
    put(cell, line.text)
    cell.font, cell.alignment = body_font(bold=line.bold), _WRAPPED
    if line.height:
        sheet.row_dimensions[row].height = line.height


def _put_heading(cell: Cell, heading: Heading) -> None:
    put(cell, heading.name)
    cell.fill, cell.font, cell.border = _HEADER_FILL, _HEADER_FONT, _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _set_up_print(sheet: Worksheet, header: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    footer = sheet.oddFooter
    if footer is not None:
        footer.left.text, footer.right.text = "&A", "&P van &N"


def add_row(sheet: Worksheet, values: tuple[Value, ...]) -> tuple[Cell, ...]:
    """Add a row at the bottom, wrapped and with a thin border; gives its cells."""
    row = sheet.max_row + 1
    cells = tuple(_add_cell(sheet, row, column, value) for column, value in enumerate(values, start=1))
    fit_height(sheet, cells)
    return cells


def _add_cell(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell = _cell(sheet, row, column)
    put(cell, value)
    cell.alignment, cell.border, cell.font = _WRAPPED, _BOX, body_font()
    return cell


def body_font(*, bold: bool = False) -> Font:
    """Give the font of everything below the header."""
    return Font(name="Calibri", size=11, bold=bold)


def fit_height(sheet: Worksheet, cells: tuple[Cell, ...]) -> None:
    """Make a row high enough for its longest cell: not every program does so when it opens a file."""
    lines = max(_lines(cell, sheet.column_dimensions[cell.column_letter].width) for cell in cells)
    if lines > 1:
        sheet.row_dimensions[cells[0].row].height = min(lines * _LINE_POINTS, _HIGHEST_POINTS)


def _lines(cell: Cell, width: float) -> int:
    text = cell.value if isinstance(cell.value, str) else ""
    return sum(
        max(1, len(textwrap.wrap(line, max(1, int(width * _LETTERS_PER_WIDTH))))) for line in text.split("\n")
    )


def with_filter(sheet: Worksheet) -> Worksheet:
    """Give the table its filter buttons."""
    header = int(str(sheet.print_title_rows).rpartition("$")[2])
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    return sheet


# --- bytes -----------------------------------------------------------------------------


def to_bytes(sheet: Worksheet) -> bytes:
    """Give the workbook as a file; the same content always gives the same bytes."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    # Workbook.save would put in the present moment; its writer does not.
    ExcelWriter(cast("Workbook", sheet.parent), zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED)).save()
    with zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in _members(saved):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return fixed.getvalue()


def _members(saved: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(saved) as source:
        for name in source.namelist():
            yield name, source.read(name)
