"""Write agenda.xlsx: what the folders of a meeting say, with yellow cells to overrule it.

What the secretary typed is never lost: a row whose item or paper is gone stays at the bottom, with
what its folder said then, until she empties it; it never goes to the item that took over its number.
A file that cannot be read is not written over. May touch: the one file it is asked to write.
"""

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.bundle.plan import paper_numbers
from pipeline.edges import files
from pipeline.edges.excel.read import (
    AGENDA,
    FOLDER_TITLE,
    MINUTES,
    NUMBER,
    OWN_TITLE,
    PRESENTER,
    SOURCE,
    STARTS,
    override_in,
)
from pipeline.edges.excel.rows import Faults
from pipeline.edges.excel.sheet import (
    Heading,
    Preface,
    add_row,
    body_font,
    fit_height,
    fitting,
    new_sheet,
    put_text,
    to_bytes,
)
from pipeline.edges.excel.table import read_content, table_in
from pipeline.edges.reading.charset import one_line
from pipeline.values import AgendaItem, Meeting, Override

_HEADINGS = (
    Heading(name=NUMBER, width=7),
    Heading(name=FOLDER_TITLE, width=44),
    Heading(name=OWN_TITLE, width=44),
    Heading(name=PRESENTER, width=20),
    Heading(name=STARTS, width=10),
    Heading(name=MINUTES, width=10),
    Heading(name=SOURCE, width=52),
)
_EXPLANATION = (
    "Typ alleen in de gele cellen; wat u daar invult gaat vóór de naam van de map. Een lege cel verandert "
    "niets. Aanvang als 19.45, minuten als getal. De andere kolommen vult de dienst; wijzig daarvoor de naam "
    "van de map of het bestand. Sla op en sluit Excel: daarna komt er een nieuw concept."
)
_GONE = "(ligt niet meer in deze vergadermap)"
_YELLOW = PatternFill("solid", fgColor="FFF2CC")
_GREY = PatternFill("solid", fgColor="F2F2F2")
_OWN = slice(2, 6)
_OWN_TITLE_PLACE, _MINUTES_PLACE, _SOURCE_PLACE = 2, 5, 6
_TEXT_FORMAT = "@"
_LONGEST_MINUTES = 999


def write_agenda(path: Path, meeting: Meeting, overrides: tuple[Override, ...]) -> None:
    """Write agenda.xlsx, unless the file there already says the same.

    Args:
        path: The file.
        meeting: The meeting as the folders tell it, read without overrides.
        overrides: What the secretary typed, as ``read_overrides`` gave it.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: What lies there cannot be read, so it may hold what she typed.
    """
    lines = tuple(_lines(meeting, overrides))
    if _lines_in(path) != lines:
        files.write(path, _workbook(meeting, lines))


def _lines(meeting: Meeting, overrides: tuple[Override, ...]) -> Iterator[Override]:
    """Give every row: what the folders say with what she typed for it, then what fits nowhere any more."""
    left = {override.row: _tidy(override) for override in overrides if override.is_filled}
    for item in meeting.items:
        for place in map(_tidy, _rows_of(item)):
            own = left.pop(place.row, place)
            yield replace(own, number=place.number, folder_title=place.folder_title, source=place.source)
    for own in left.values():
        yield replace(own, folder_title=own.folder_title or _GONE)


def _rows_of(item: AgendaItem) -> Iterator[Override]:
    yield Override.empty_for(item)
    for number, paper in zip(paper_numbers(item), item.papers, strict=True):
        yield Override(number=number, folder_title=paper.title, source=paper.path)


def _tidy(override: Override) -> Override:
    return replace(
        override,
        folder_title=one_line(unicodedata.normalize("NFC", override.folder_title)),
        title=one_line(override.title),
        presenter=one_line(override.presenter),
    )


def _lines_in(path: Path) -> tuple[Override, ...] | None:
    """Read the rows that lie there; None when there is no such file."""
    content = read_content(path)
    if content is None:
        return None
    faults = Faults(path.name)
    lines = tuple(override_in(row) for row in table_in(content, AGENDA, faults) or ())
    faults.raise_any()
    return lines


# --- the workbook ----------------------------------------------------------------------


def _workbook(meeting: Meeting, lines: tuple[Override, ...]) -> bytes:
    preface = (Preface(text=f"Agenda {meeting.folder}", bold=True), Preface(text=_EXPLANATION, height=48))
    sheet = new_sheet("Agenda", _HEADINGS, preface)
    check = _minutes_check()
    sheet.add_data_validation(check)
    for own in lines:
        number = int(own.number) if own.number.isdecimal() else own.number
        cells = add_row(
            sheet,
            (number, own.folder_title, own.title, own.presenter, own.starts, own.minutes or None, None),
        )
        put_text(cells[_SOURCE_PLACE], fitting(own.source))
        fit_height(sheet, cells)
        _dress(cells, is_item=not own.source)
        check.add(cells[_MINUTES_PLACE])
    return to_bytes(sheet)


def _dress(cells: tuple[Cell, ...], *, is_item: bool) -> None:
    """Colour the cells that are hers; of a paper only its title can be overruled."""
    own = cells[_OWN] if is_item else (cells[_OWN_TITLE_PLACE],)
    for cell in cells:
        cell.fill = _YELLOW if cell in own else _GREY
        cell.font = body_font(bold=is_item)
    for cell in itertools.islice(cells, _OWN_TITLE_PLACE, _MINUTES_PLACE):
        cell.number_format = _TEXT_FORMAT


def _minutes_check() -> DataValidation:
    return DataValidation(
        type="whole",
        operator="between",
        formula1="1",
        formula2=str(_LONGEST_MINUTES),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Minuten",
        error="Vul een heel aantal minuten in, bijvoorbeeld 15.",
    )
