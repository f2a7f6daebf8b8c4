"""Read a table out of a workbook that a person keeps, and collect everything that is wrong with it.

The header row is found by the names of its columns, in any order; capitals, accents, spaces and
hyphens in them do not matter. Formulas count for the value they last had. Faults are collected, so
that a person is told all of them at once, by row and column as Excel shows them. Rows beyond
``MAX_ROWS`` are not read. May touch: the one file it is asked to read.
"""

import difflib
import io
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

from pipeline.edges.excel.rows import ERROR_RESULT, NO_RESULT, Faults, Row, quoted
from pipeline.edges.reading.charset import one_line
from pipeline.edges.reading.sheet import BROKEN_WORKBOOK
from pipeline.edges.reading.zipped import container_fault
from pipeline.errors import ListOpenError, ListUnreadableError

MAX_ROWS = 20_000
MAX_COLUMNS = 100
_HEADER_WITHIN = 30
"""The header stands in one of the first rows."""
_ALIKE = 0.8
_OLE = b"\xd0\xcf\x11\xe0"


# --- the shape of a table --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: As it is called towards people.
        also: Other names it may have.
        required: True when the table cannot do without.
    """

    name: str
    also: tuple[str, ...] = ()
    required: bool = False

    def is_called(self, key: str) -> bool:
        """Tell whether a header, reduced by ``_key``, names this column."""
        return key in (_key(name) for name in (self.name, *self.also))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where a table stands and what it holds.

    Attributes:
        sheet: Name of its sheet.
        columns: The columns that are read; others are left alone.
        not_sheets: Sheets that are certainly another table; empty = only ``sheet`` will do.
        any_sheet: True when, without such a sheet, the first other one is meant.
    """

    sheet: str
    columns: tuple[Column, ...]
    not_sheets: tuple[str, ...] = ()
    any_sheet: bool = False


def _key(name: object) -> str:
    """Reduce a name to its letters and digits, without capitals and accents."""
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(mark for mark in plain if mark.isalnum())


# --- opening ---------------------------------------------------------------------------


def read_content(path: Path) -> bytes | None:
    """Read a workbook from disk; None when it is not there.

    Raises:
        ListOpenError: It is open in Excel or LibreOffice.
        ListUnreadableError: It cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise ListOpenError(
            f"list is locked errno={fault.errno}",
            wat=f"{path.name} kan niet worden geopend; waarschijnlijk staat het open in Excel.",
        ) from fault
    mark = next((mark for mark in _owner_marks(path) if mark.exists()), None)
    if mark is not None:
        raise ListOpenError(
            "list is open in an office program",
            wat=f"{path.name} staat open in Excel.",
            doe="Sluit het bestand in Excel; daarna gaat het vanzelf verder. Staat het nergens meer open, "
            f"verwijder dan het verborgen bestand {mark.name}.",
        )
    return content


def _owner_marks(path: Path) -> tuple[Path, Path]:
    """Name the files that Excel and LibreOffice put beside a workbook while it is open."""
    return path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")


def table_in(content: bytes, shape: Shape, faults: Faults) -> tuple[Row, ...] | None:
    """Read a table out of a workbook.

    Args:
        content: The whole file.
        shape: Which table.
        faults: Where faults go.

    Returns:
        Its rows, without empty ones; None when the workbook has no such sheet.

    Raises:
        ListUnreadableError: This is not a workbook that can be read.
    """
    _refuse_what_is_no_workbook(content, faults.file_name)
    try:
        grid = _grid(content, shape)
    except BROKEN_WORKBOOK as fault:
        raise ListUnreadableError(
            f"workbook is broken: {type(fault).__name__}",
            wat=f"{faults.file_name} is beschadigd en kan niet worden gelezen.",
        ) from fault
    return None if grid is None else _rows(grid, shape, faults)


def _refuse_what_is_no_workbook(content: bytes, file_name: str) -> None:
    if content.startswith(_OLE):
        wat = f"{file_name} is een oud Excel-bestand (.xls) of heeft een wachtwoord."
        doe = "Sla het in Excel op als Excel-werkmap (.xlsx), zonder wachtwoord."
    elif not content.startswith(b"PK"):
        wat, doe = f"{file_name} is geen Excel-bestand.", ListUnreadableError.doe
    elif container_fault(io.BytesIO(content)):
        wat, doe = f"{file_name} is beschadigd en kan niet worden gelezen.", ListUnreadableError.doe
    else:
        return
    raise ListUnreadableError("not a readable workbook", wat=wat, doe=doe)


_Grid = list[tuple[object, ...]]


def _grid(content: bytes, shape: Shape) -> _Grid | None:
    """Read the cells of the sheet, formulas as the value they last had."""
    with warnings.catch_warnings():
        # openpyxl warns of every extension it leaves out; none of them holds values.
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            name = _sheet_name(values, shape)
            return None if name is None else list(_cells(values, written, name))
        finally:
            values.close()
            written.close()


def _sheet_name(book: Workbook, shape: Shape) -> str | None:
    titles = [sheet.title for sheet in book.worksheets]
    named = [title for title in titles if _key(title) == _key(shape.sheet)]
    others = {_key(name) for name in shape.not_sheets}
    rest = [title for title in titles if _key(title) not in others] if shape.any_sheet else []
    return next(iter(named + rest), None)


def _cells(values: Workbook, written: Workbook, name: str) -> Iterator[tuple[object, ...]]:
    sheets = values[name], written[name]
    for sheet in sheets:
        sheet.reset_dimensions()  # what a sheet claims of itself may be wrong
    rows = (sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS) for sheet in sheets)
    for seen, typed in zip(*rows, strict=True):
        yield tuple(_value(now, formula) for now, formula in zip(seen, typed, strict=True))


def _value(seen: openpyxl.cell.cell.Cell, typed: openpyxl.cell.cell.Cell) -> object:
    if seen.data_type == "e":
        return ERROR_RESULT
    if seen.value is None and typed.data_type == "f":
        return NO_RESULT
    blank = isinstance(seen.value, str) and not one_line(seen.value)
    return None if blank else seen.value


# --- the header, and the rows below it -------------------------------------------------


def _rows(grid: _Grid, shape: Shape, faults: Faults) -> tuple[Row, ...]:
    if not any(value is not None for line in grid for value in line):
        faults.add(f"het blad is leeg. Nodig zijn de kolommen: {_names(shape.columns)}.")
        return ()
    header = max(range(min(len(grid), _HEADER_WITHIN)), key=lambda index: len(_placed(grid[index], shape)))
    placed = _placed(grid[header], shape)
    _check_header(grid[header], placed, shape, faults, header + 1)
    named = [index for index, value in enumerate(grid[header]) if value is not None]
    return tuple(
        Row(
            number=number,
            values={name: line[index] for name, index in placed.items() if index < len(line)},
            faults=faults,
        )
        for number, line in enumerate(grid[header + 1 :], start=header + 2)
        if any(line[index] is not None for index in named if index < len(line))
    )


def _names(columns: tuple[Column, ...]) -> str:
    return ", ".join(column.name for column in columns if column.required)


def _placed(line: tuple[object, ...], shape: Shape) -> dict[str, int]:
    """Find in a row the columns it names: name and 0-based place, the first one counts."""
    keys = [_key(value) if isinstance(value, str) else "" for value in line]
    places = {
        column.name: next((index for index, key in enumerate(keys) if key and column.is_called(key)), -1)
        for column in shape.columns
    }
    return {name: index for name, index in places.items() if index >= 0}


def _check_header(
    line: tuple[object, ...], placed: Mapping[str, int], shape: Shape, faults: Faults, row: int
) -> None:
    """Report columns that are missing, doubled, or named almost like one that is missing."""
    keys = [_key(value) if isinstance(value, str) else "" for value in line]
    for column in shape.columns:
        called = [key for key in keys if key and column.is_called(key)]
        if len(called) > 1:
            faults.add(f"de kolom '{column.name}' komt {len(called)} keer voor. Laat er een staan.", row=row)
        if called:
            continue
        typo = next((index for index, key in enumerate(keys) if _resembles(key, column)), None)
        if typo is not None and typo not in placed.values():
            faults.add(f"de kolom {quoted(line[typo])} is niet bekend. Bedoelde u '{column.name}'?", row=row)
        elif column.required:
            faults.add(f"de kolom '{column.name}' ontbreekt. Zet die naam in de kopregel.")


def _resembles(key: str, column: Column) -> bool:
    names = [_key(name) for name in (column.name, *column.also)]
    return bool(key) and bool(difflib.get_close_matches(key, names, n=1, cutoff=_ALIKE))
