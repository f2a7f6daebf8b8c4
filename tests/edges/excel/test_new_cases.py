"""Nieuwe zaak.xlsx: a person opens a case by filling in a yellow row; a mistake comes as it was typed."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.edges import excel
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.values import NewCase

SORTS = ("Initiatief van de raad", "Overleg, op verzoek", "Verkiezing")
DONE = NewCase(
    row=4,
    sort="Initiatief van de raad",
    subject="Groen plein",
    begun_on="16-11-2026",
    recorded="Vastgelegd: 2026-0021 Groen plein.",
)
REFUSED = NewCase(
    row=5, sort="", subject="Overleg", begun_on="volgende week", recorded="Niet vastgelegd: kies een soort."
)
LAST_EMPTY_ROW = 15
"""With two rows given, in rows 4 and 5, and ten empty ones."""


def written(tmp_path: Path, *rows: NewCase, sorts: tuple[str, ...] = SORTS) -> Path:
    path = tmp_path / "Nieuwe zaak.xlsx"
    excel.write_new_cases(path, rows, sorts)
    return path


def change(path: Path, doing: Callable[[Worksheet], object]) -> None:
    book = openpyxl.load_workbook(path)
    doing(book.worksheets[0])
    book.save(path)


def edit(path: Path, **cells: object) -> None:
    """Type in cells and save, as a person would."""
    change(path, lambda sheet: [sheet.__setitem__(name, value) for name, value in cells.items()])


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def fills(path: Path, row: int) -> list[str]:
    return [cell.fill.fgColor.rgb[2:] for cell in sheet_of(path)[row]][:4]


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    assert excel.read_new_cases(written(tmp_path, DONE, REFUSED)) == (DONE, REFUSED)


def test_without_the_file_there_are_no_new_cases(tmp_path: Path) -> None:
    assert excel.read_new_cases(tmp_path / "Nieuwe zaak.xlsx") == ()


def test_an_empty_list_has_ten_yellow_rows_and_no_cases(tmp_path: Path) -> None:
    path = written(tmp_path)
    sheet = sheet_of(path)
    assert [cell.value for cell in sheet[3]][:4] == ["soort", "onderwerp", "begonnen op", "Vastgelegd"]
    assert sheet.column_dimensions["E"].hidden
    assert sheet.max_row == 13
    for row in range(4, 14):
        assert fills(path, row) == ["FFF2CC", "FFF2CC", "FFF2CC", "F2F2F2"]
    assert excel.read_new_cases(path) == ()


def test_below_the_given_rows_there_are_ten_empty_ones(tmp_path: Path) -> None:
    path = written(tmp_path, DONE, REFUSED)
    assert sheet_of(path).max_row == LAST_EMPTY_ROW
    assert fills(path, 4) == ["F2F2F2"] * 4
    assert fills(path, 5) == ["FFF2CC", "FFF2CC", "FFF2CC", "FFC7CE"]
    assert fills(path, LAST_EMPTY_ROW) == ["FFF2CC", "FFF2CC", "FFF2CC", "F2F2F2"]


def test_a_day_is_a_real_date(tmp_path: Path) -> None:
    cell = sheet_of(written(tmp_path, DONE))["C4"]
    assert (cell.value, cell.number_format) == (datetime(2026, 11, 16), "dd-mm-yyyy")  # noqa: DTZ001


def test_the_sort_is_chosen_from_a_list_where_the_case_is_not_open_yet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, DONE, REFUSED))
    (check,) = book.worksheets[0].data_validations.dataValidation
    assert (check.type, check.showErrorMessage) == ("list", True)
    assert str(check.sqref).split() == [f"A{row}" for row in range(5, LAST_EMPTY_ROW + 1)]
    assert check.formula1 == "Keuzes!$A$1:$A$3"
    assert [cell.value for cell in book["Keuzes"]["A"]] == list(SORTS)
    assert book["Keuzes"].sheet_state == "veryHidden"


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (date(2026, 11, 3), "03-11-2026"),
        (datetime(2026, 11, 3, 14, 30), "03-11-2026"),  # noqa: DTZ001
        (" 3 november 2026", "03-11-2026"),
        ("3-11-2026", "03-11-2026"),
        ("31-11-2026", "31-11-2026"),
        ("gisteren", "gisteren"),
        ("#REF!", "(geen leesbare waarde)"),
        (None, ""),
    ],
)
def test_a_row_that_is_filled_in_is_a_new_case(tmp_path: Path, typed: object, given: str) -> None:
    path = written(tmp_path, DONE)
    edit(path, A7="Verkiezing", B7="  Verkiezing\n2027 ", C7=typed)
    assert excel.read_new_cases(path) == (
        DONE,
        NewCase(row=7, sort="Verkiezing", subject="Verkiezing 2027", begun_on=given),
    )


def test_a_row_below_the_empty_ones_counts_too(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, B40="Ver weg")
    assert excel.read_new_cases(path) == (NewCase(row=40, sort="", subject="Ver weg", begun_on=""),)


def test_a_row_of_which_she_empties_the_cells_is_no_case_any_more(tmp_path: Path) -> None:
    path = written(tmp_path, DONE, REFUSED)
    edit(path, B5=None, C5=None)
    assert excel.read_new_cases(path) == (DONE,)


def test_after_writing_there_are_ten_empty_rows_again(tmp_path: Path) -> None:
    path = written(tmp_path)
    edit(path, **{f"B{row}": f"Zaak {row}" for row in range(4, 14)})
    rows = excel.read_new_cases(path)
    assert len(rows) == 10
    excel.write_new_cases(path, rows, SORTS)
    assert sheet_of(path).max_row == 23
    assert excel.read_new_cases(path) == rows


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(1)", "'x"])
def test_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    case = NewCase(row=4, sort=text, subject=text, begun_on=text, recorded=text)
    path = written(tmp_path, case, sorts=(text,))
    assert excel.read_new_cases(path) == (case,)
    with zipfile.ZipFile(path) as box:
        for part in ("sheet1", "sheet2"):
            assert b"<f>" not in box.read(f"xl/worksheets/{part}.xml")


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert written(tmp_path, DONE).read_bytes() == written(tmp_path / "b", DONE).read_bytes()


def test_a_list_that_was_saved_by_hand_and_says_the_same_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, DONE)
    edit(path, C4="16 november 2026")
    before = path.read_bytes()
    excel.write_new_cases(path, (DONE,), SORTS)
    assert path.read_bytes() == before
    excel.write_new_cases(path, (DONE,), SORTS[:2])
    assert path.read_bytes() != before


@pytest.mark.parametrize("mark", ["~$Nieuwe zaak.xlsx", ".~lock.Nieuwe zaak.xlsx#"])
def test_a_list_that_is_open_is_neither_read_nor_written(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, DONE)
    before = path.read_bytes()
    (tmp_path / mark).touch()
    with pytest.raises(ListOpenError):
        excel.read_new_cases(path)
    with pytest.raises(ListOpenError):
        excel.write_new_cases(path, (), SORTS)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("column", "name"), [(1, "soort"), (2, "onderwerp"), (3, "begonnen op"), (4, "Vastgelegd")]
)
def test_a_list_without_one_of_its_columns_is_told_and_not_written_over(
    tmp_path: Path, column: int, name: str
) -> None:
    """Without the column Vastgelegd, cases that were opened before would be opened again."""
    path = written(tmp_path, DONE)
    change(path, lambda sheet: sheet.delete_cols(column))
    before = path.read_bytes()
    with pytest.raises(ListUnreadableError) as caught:
        excel.read_new_cases(path)
    assert f"de kolom '{name}' ontbreekt" in caught.value.for_secretary()
    with pytest.raises(ListUnreadableError):
        excel.write_new_cases(path, (), SORTS)
    assert path.read_bytes() == before
