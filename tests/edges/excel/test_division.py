"""The sheet ``… - verdeling.xlsx``: rows come back as typed, and outside text is never a formula."""

from pathlib import Path

import openpyxl
import pytest

from pipeline.edges import excel
from pipeline.errors import ListOpenError, ListUnreadableError
from pipeline.values import Division, DivisionChoices, Share

CHOICES = DivisionChoices(
    sorts=("Adviesaanvraag", "Instemmingsverzoek"), rights=("formatie (instemming)",), holders=("ouders",)
)
DONE = Share(row=4, sort="Adviesaanvraag", subject="Rooster", recorded="Al opgeborgen als 2026-0001-01.")
WRONG = Share(
    row=5,
    sort="Iets",
    right="formatie (instemming)",
    holder="ouders",
    subject="Formatie",
    answer_by="morgen",
    recorded="Niet vastgelegd: 'morgen' is geen bestaande dag.",
)


def written(folder: Path, *shares: Share, ready: str = "") -> Path:
    path = folder / "Brief.pdf - verdeling.xlsx"
    excel.write_division(path, Division(shares=shares, ready=ready), CHOICES)
    return path


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    read = excel.read_division(written(tmp_path, DONE, WRONG, ready="ja"))
    assert read == Division(shares=(DONE, WRONG), ready="ja")


def test_without_the_file_there_is_no_division(tmp_path: Path) -> None:
    assert excel.read_division(tmp_path / "Brief.pdf - verdeling.xlsx") is None


def test_what_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    path = written(tmp_path, DONE)
    before = path.stat().st_mtime_ns, path.read_bytes()
    written(tmp_path, DONE)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_outside_text_is_never_a_formula(tmp_path: Path) -> None:
    path = written(tmp_path, Share(sort="Adviesaanvraag", subject='=HYPERLINK("https://kwaad.example")'))
    cells = [cell for row in openpyxl.load_workbook(path)["Verdeling"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_each_column_offers_its_own_list(tmp_path: Path) -> None:
    """Soort, recht and voor wie on every yellow row; ja on the first row only."""
    book = openpyxl.load_workbook(written(tmp_path, DONE, WRONG))
    checks = book["Verdeling"].data_validations.dataValidation
    assert [str(check.sqref).split()[0] for check in checks] == ["A5", "B5", "C5", "F4"]
    assert book["Keuzes"].sheet_state == "veryHidden"


def test_an_open_sheet_is_waited_for(tmp_path: Path) -> None:
    path = written(tmp_path, DONE)
    (tmp_path / f"~${path.name}").write_bytes(b"")
    with pytest.raises(ListOpenError):
        excel.read_division(path)


def test_what_is_no_workbook_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "Brief.pdf - verdeling.xlsx"
    path.write_bytes(b"geen werkmap")
    with pytest.raises(ListUnreadableError):
        written(tmp_path, DONE)
    assert path.read_bytes() == b"geen werkmap"
