"""Write and read Nieuwe zaak.xlsx: the list in which a person opens a case without a letter.

A row with a mistake comes as it was typed, for the flow to refuse with a reason; there are always
empty rows below. May touch: the one file it is asked to write or read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.edges import files
from pipeline.edges.excel.card import (
    CHOICES,
    GREY,
    MARK,
    RECORDED,
    RED,
    TEXT_FORMAT,
    YELLOW,
    day_of,
    fingerprint,
    hide_last_column,
    offer,
    paragraph,
    sound_rows,
    tidy,
    typed_day,
    typed_text,
)
from pipeline.edges.excel.rows import Row
from pipeline.edges.excel.sheet import DATE_FORMAT, Heading, Preface, add_row, new_sheet, to_bytes
from pipeline.edges.excel.table import Column, Shape, read_content
from pipeline.values import NewCase, is_recorded, is_refusal

SORT, SUBJECT, BEGUN_ON = "soort", "onderwerp", "begonnen op"

_SHEET = "Nieuwe zaak"
_HEADINGS = (
    Heading(name=SORT, width=34),
    Heading(name=SUBJECT, width=50),
    Heading(name=BEGUN_ON, width=15),
    Heading(name=RECORDED, width=45),
    Heading(name=MARK, width=20),
)
_SHAPE = Shape(
    sheet=_SHEET,
    any_sheet=True,
    not_sheets=(CHOICES,),
    columns=(
        Column(name=SORT, required=True),
        Column(name=SUBJECT, required=True),
        Column(name=BEGUN_ON, required=True),
        Column(name=RECORDED, required=True),
        Column(name=MARK),
    ),
)
_EXPLANATION = (
    "Begint er een zaak zonder dat er een brief is binnengekomen? Kies in een gele rij de soort, schrijf het "
    "onderwerp en de dag waarop de zaak begon (zoals 16-11-2026), sla op en sluit Excel. De dienst opent de "
    "zaak en antwoordt in de kolom Vastgelegd."
)
_EMPTY_ROWS = 10
_REMEMBERED = 64
"""Lists that need not be parsed again while their bytes stay the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the list; ``number`` as Excel counts, 0 when it is yet to be written."""

    sort: str = ""
    subject: str = ""
    begun_on: str = ""
    recorded: str = ""
    mark: str = ""
    number: int = field(default=0, compare=False)

    @property
    def is_done(self) -> bool:
        """True when the case was opened."""
        return is_recorded(self.recorded)


# --- writing ---------------------------------------------------------------------------


def write_new_cases(path: Path, rows: tuple[NewCase, ...], sorts: tuple[str, ...]) -> None:
    """Write Nieuwe zaak.xlsx, unless the file there already says the same.

    Args:
        path: The file.
        rows: Everything it has to hold, in this order; where each stood does not matter.
        sorts: Names of the procedures to choose from.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: What lies there cannot be read, so it may hold what she typed.
    """
    content = read_content(path)
    lines = tuple(_lines(rows, fingerprint(_EXPLANATION, *sorts)))
    if content is None or _lines_in(content, path.name) != tuple(map(_tidied, lines)):
        files.write(path, _workbook(lines, sorts))


def _lines(rows: tuple[NewCase, ...], mark: str) -> Iterator[_Line]:
    for row in rows:
        yield _Line(
            sort=row.sort, subject=row.subject, begun_on=row.begun_on, recorded=row.recorded, mark=mark
        )
    for _ in range(_EMPTY_ROWS):
        yield _Line(mark=mark)


def _tidied(line: _Line) -> _Line:
    day = day_of(line.begun_on)
    return _Line(
        sort=tidy(line.sort),
        subject=tidy(line.subject),
        begun_on=f"{day:%d-%m-%Y}" if day else tidy(line.begun_on),
        recorded=tidy(line.recorded),
        mark=line.mark,
    )


def _workbook(lines: tuple[_Line, ...], sorts: tuple[str, ...]) -> bytes:
    preface = (Preface(text="Een nieuwe zaak openen", bold=True), paragraph(_EXPLANATION, _HEADINGS))
    sheet = new_sheet(_SHEET, _HEADINGS, preface)
    hide_last_column(sheet, _HEADINGS)
    cells = [_add_line(sheet, line) for line in lines]
    offer(sheet, [cell for cell, line in zip(cells, lines, strict=True) if not line.is_done], sorts)
    return to_bytes(sheet)


def _add_line(sheet: Worksheet, line: _Line) -> Cell:
    """Add a row, yellow where she can still change it; gives the cell of the sort."""
    begun_on = day_of(line.begun_on) or line.begun_on
    cells = add_row(sheet, (line.sort, line.subject, begun_on, line.recorded, line.mark))
    sort, subject, begun, recorded, mark = cells
    for cell in (sort, subject, begun):
        cell.fill = GREY if line.is_done else YELLOW
    recorded.fill = RED if is_refusal(line.recorded) else GREY
    mark.fill = GREY
    sort.number_format = subject.number_format = TEXT_FORMAT
    begun.number_format = DATE_FORMAT
    return sort


# --- reading ---------------------------------------------------------------------------


def read_new_cases(path: Path) -> tuple[NewCase, ...]:
    """Read Nieuwe zaak.xlsx: every row with a yellow cell filled, those that were recorded included.

    Returns:
        In the order of its rows; a day as ``16-11-2026``, what is no day as it was typed. Without
        that file there are none.

    Raises:
        ListOpenError: It is open in Excel.
        ListUnreadableError: It is no workbook, or its header is gone.
    """
    content = read_content(path)
    lines = () if content is None else _lines_in(content, path.name)
    return tuple(
        NewCase(
            row=line.number,
            sort=line.sort,
            subject=line.subject,
            begun_on=line.begun_on,
            recorded=line.recorded,
        )
        for line in lines
        if line.sort or line.subject or line.begun_on
    )


@lru_cache(maxsize=_REMEMBERED)
def _lines_in(content: bytes, name: str) -> tuple[_Line, ...]:
    return tuple(map(_line_in, sound_rows(content, _SHAPE, name)))


def _line_in(row: Row) -> _Line:
    return _Line(
        sort=typed_text(row, SORT),
        subject=typed_text(row, SUBJECT),
        begun_on=typed_day(row, BEGUN_ON),
        recorded=row.text(RECORDED),
        mark=row.text(MARK),
        number=row.number,
    )
